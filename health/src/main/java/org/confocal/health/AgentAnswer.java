package org.confocal.health;

import java.util.OptionalInt;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeReport;

/** What HAProxy's agent check is told of this shard (HAProxy configuration manual, "agent-check"). Pure. */
final class AgentAnswer {
    /** No rooms at all: those that are there go elsewhere. */
    static final String DOWN = "down";

    /** No new rooms. */
    static final String DRAIN = "up drain";

    /** Where no bridge says how loaded it is, nobody knows: neither idle nor full. */
    private static final int UNKNOWN = 50;

    private AgentAnswer() {}

    /** One line without its end: {@code down}, {@code up drain}, or as {@code up ready 75%}: the free part of its capacity. */
    static String of(FocusSnapshot focus, DrainControl drains) {
        if (!(HealthCheck.of(focus) instanceof HealthAnswer.Healthy)) {
            return DOWN;
        }
        // "ready" ends an earlier drain, which "up" and a weight alone would not.
        return drains.shardDrains() ? DRAIN : "up ready " + percent(focus) + "%";
    }

    /** Free participants of all that there could be; 1 at least, because 0 would be a drain. */
    private static int percent(FocusSnapshot focus) {
        long free = 0;
        long all = 0;
        for (FocusSnapshot.Bridge bridge : focus.bridges()) {
            OptionalInt known = bridge.freeParticipants();
            if (HealthCheck.usable(bridge) && !draining(bridge.bridge().report()) && known.isPresent()) {
                free += known.getAsInt();
                all += known.getAsInt() + (long) bridge.endpoints();
            }
        }
        return all == 0 ? UNKNOWN : Math.toIntExact(Math.max(1, Math.round(100.0 * free / all)));
    }

    private static boolean draining(BridgeReport report) {
        return report.drain().orElse(false);
    }
}
