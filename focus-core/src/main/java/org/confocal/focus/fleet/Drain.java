package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.view.DrainControl.Target;
import org.confocal.strategy.BridgeSnapshot;

/**
 * One drain and its pace. Immutable.
 *
 * @param allowance how many people may be told to move now; below 0 after a conference that moved as a whole
 * @param lookedAt up to when it has been earned
 * @param moved people who were told to move
 */
record Drain(
        String id,
        Target target,
        Instant since,
        Optional<Instant> deadline,
        OptionalInt perMinute,
        double allowance,
        Instant lookedAt,
        int moved) {
    /** How often people are told to move. */
    static final Duration LOOK = Duration.ofSeconds(10);

    private static final double LOOK_SECONDS = LOOK.toSeconds();

    /** Its first look is at once, with what a look earns. */
    static Drain begun(String id, Target target, Instant now, Optional<Instant> deadline, OptionalInt perMinute) {
        return new Drain(id, target, now, deadline, perMinute, 0, now.minus(LOOK), 0);
    }

    boolean covers(BridgeSnapshot bridge) {
        return switch (target) {
            case Target.OneBridge one -> bridge.id().value().equals(one.name());
            case Target.OfRegion in ->
                bridge.region().filter(in.region()::equals).isPresent();
            case Target.OfVersion of ->
                bridge.fullVersion().filter(of.version()::equals).isPresent()
                        || bridge.report()
                                .version()
                                .filter(of.version()::equals)
                                .isPresent();
            case Target.Shard shard -> false;
        };
    }

    /** People a second who are to leave, above 0, given how many are there and on how many bridges. */
    double pace(int people, int bridges, MoveConfig budget, Instant now) {
        double most = Math.min(budget.convenient(), budget.convenientPerBridge() * Math.max(1, bridges));
        double asked = perMinute.isPresent() ? Math.min(most, perMinute.getAsInt() / 60.0) : most;
        if (deadline.isEmpty() || people == 0) {
            return asked;
        }
        double seconds = Duration.between(now, deadline.get()).toMillis() / 1000.0;
        return Math.min(asked, people / Math.max(LOOK_SECONDS, seconds));
    }

    /** With what it earned since the last look; what it did not use is kept for one look. */
    Drain earned(double pace, Instant now) {
        double seconds = Math.max(0, Duration.between(lookedAt, now).toMillis() / 1000.0);
        double most = Math.max(1, 2 * pace * LOOK_SECONDS);
        return with(Math.min(most, allowance + pace * seconds), now, moved);
    }

    Drain spent(double people) {
        return with(allowance - people, lookedAt, moved);
    }

    /** So many were told, where so many had been taken from the allowance. */
    Drain told(int taken, int people) {
        return with(allowance + taken - people, lookedAt, moved + people);
    }

    private Drain with(double nextAllowance, Instant nextLook, int nextMoved) {
        return new Drain(id, target, since, deadline, perMinute, nextAllowance, nextLook, nextMoved);
    }
}
