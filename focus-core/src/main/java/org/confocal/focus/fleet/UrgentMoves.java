package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.serial.Cell;
import org.confocal.strategy.BridgeId;

/**
 * How fast those who lost their media get a new session: so many a second in all, so many on one bridge. When a bridge dies
 * its conferences are all asked at once who takes them, and without this the least loaded bridge would be asked for hundreds
 * of endpoints in one instant. Called from any thread; nothing waits here.
 */
final class UrgentMoves {
    /** Who would have to wait longer has no turn yet, and asks again. */
    static final Duration LONGEST = Duration.ofSeconds(10);

    private final MoveConfig config;
    private final Cell<TokenBucket> focus;
    private final ConcurrentMap<BridgeId, Cell<TokenBucket>> targets = new ConcurrentHashMap<>();

    UrgentMoves(MoveConfig config) {
        this.config = config;
        this.focus = new Cell<>(TokenBucket.of(config.urgent()));
    }

    /** Takes a turn on that bridge; empty where it is now, else how long it is until then. */
    Optional<BridgeSelector.Answer.Later> turn(BridgeId target, Instant now) {
        Cell<TokenBucket> bridge =
                targets.computeIfAbsent(target, id -> new Cell<>(TokenBucket.of(config.urgentPerBridge())));
        if (longer(focus.get().waiting(now), bridge.get().waiting(now)).compareTo(LONGEST) > 0) {
            return Optional.of(new BridgeSelector.Answer.Later(LONGEST, BridgeSelector.Turn.ASK_AGAIN));
        }
        Duration wait = longer(taken(focus, now), taken(bridge, now));
        return wait.isZero()
                ? Optional.empty()
                : Optional.of(new BridgeSelector.Answer.Later(wait, BridgeSelector.Turn.GRANTED));
    }

    /** Whether somebody waits for a turn. */
    boolean busy(Instant now) {
        return focus.get().waiting(now).isPositive();
    }

    void left(BridgeId bridge) {
        targets.remove(bridge);
    }

    void allLeft() {
        targets.clear();
    }

    private static Duration taken(Cell<TokenBucket> bucket, Instant now) {
        // The bucket as it was says when this turn is.
        return bucket.update(seen -> seen.taken(1, now)).waiting(now);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
