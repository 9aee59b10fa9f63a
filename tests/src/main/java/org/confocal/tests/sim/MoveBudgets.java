package org.confocal.tests.sim;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.confocal.focus.config.MoveConfig;
import org.confocal.strategy.BridgeId;

/**
 * Whether people are moved as slowly as the focus is told to move them ({@link MoveConfig}), counted by what conferences are
 * told. Whoever had to wait for its turn is left out: that is granted for later, and taken when the conference gets to it.
 */
final class MoveBudgets {
    private final MoveConfig config;
    private final Budget urgent;
    private final Budget convenient;
    private final Map<BridgeId, Budget> urgentTo = new HashMap<>();
    private final Map<BridgeId, Budget> convenientFrom = new HashMap<>();

    MoveBudgets(MoveConfig config) {
        this.config = config;
        this.urgent = new Budget(config.urgent());
        this.convenient = new Budget(config.convenient());
    }

    /** Somebody who lost their session has a bridge without having waited for a turn. */
    void urgent(BridgeId to, Instant now) {
        require(urgent.take(now), "people without media are placed", to);
        require(
                urgentTo.computeIfAbsent(to, id -> new Budget(config.urgentPerBridge()))
                        .take(now),
                "people without media are placed",
                to);
    }

    /** Somebody, or a whole conference, is to leave a bridge. */
    void convenient(BridgeId from, Instant now) {
        require(convenient.take(now), "people are moved", from);
        require(
                convenientFrom
                        .computeIfAbsent(from, id -> new Budget(config.convenientPerBridge()))
                        .take(now),
                "people are moved",
                from);
    }

    /** A bridge that comes back begins anew. */
    void left(BridgeId bridge) {
        urgentTo.remove(bridge);
        convenientFrom.remove(bridge);
    }

    /** The brewery was left, and every bridge with it. */
    void allLeft() {
        urgentTo.clear();
        convenientFrom.clear();
    }

    private void require(boolean within, String what, BridgeId bridge) {
        if (!within) {
            throw new Violation("%s faster than they may, %s: %s".formatted(what, bridge.nick(), config));
        }
    }
}
