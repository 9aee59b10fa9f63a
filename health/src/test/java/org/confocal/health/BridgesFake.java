package org.confocal.health;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.Region;

/** A bridge as a test wants it: usable, idle, and with room for 100 people if nothing else is said. */
record BridgesFake(String region, String nick, double stress, int endpoints, OptionalInt room, boolean drain) {

    static BridgesFake in(String region, String nick) {
        return new BridgesFake(region, nick, 0, 0, OptionalInt.of(100), false);
    }

    BridgesFake stressed(double other) {
        return new BridgesFake(region, nick, other, endpoints, room, drain);
    }

    BridgesFake people(int other) {
        return new BridgesFake(region, nick, stress, other, room, drain);
    }

    BridgesFake free(int other) {
        return new BridgesFake(region, nick, stress, endpoints, OptionalInt.of(other), drain);
    }

    BridgesFake unknown() {
        return new BridgesFake(region, nick, stress, endpoints, OptionalInt.empty(), drain);
    }

    BridgesFake draining() {
        return new BridgesFake(region, nick, stress, endpoints, room, true);
    }

    /** As reported at that time. */
    FocusSnapshot.Bridge at(Instant reported) {
        BridgeReport report = new BridgeReport(
                OptionalDouble.of(stress),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(drain),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true),
                Optional.of("2.3"),
                Optional.empty(),
                Optional.of(new Region(region)),
                Optional.empty());
        BridgeSnapshot snapshot = new BridgeSnapshot(
                new BridgeId("brewery@internal.example.org/" + nick), reported, reported, report, BridgeCondition.GOOD);
        return new FocusSnapshot.Bridge(snapshot, stress, stress, true, false, endpoints, 0, 0, 0, room);
    }
}
