package org.confocal.health;

import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeReport;

/** Decides from a snapshot how the focus is. Pure; asks nobody and creates nothing. */
final class HealthCheck {

    private HealthCheck() {}

    /**
     * The first of these that holds: XMPP is down, soft; the brewery is not joined, soft; there is no usable bridge,
     * hard; else healthy (spec/06, section 10).
     */
    static HealthAnswer of(FocusSnapshot focus) {
        // Jicofo creates a room every 10 s and asks for bridges first; we look at what is known and name the cause
        // first: without XMPP there are no bridges either, and that is a matter of waiting, not of a restart.
        if (!focus.connected()) {
            return new HealthAnswer.Soft("XMPP is not connected.");
        }
        if (!focus.breweryJoined()) {
            return new HealthAnswer.Soft("The bridges' brewery is not joined.");
        }
        if (focus.bridges().stream().noneMatch(HealthCheck::usable)) {
            return new HealthAnswer.Hard("No operational bridges available (total bridge count: "
                    + focus.bridges().size() + ")");
        }
        return new HealthAnswer.Healthy();
    }

    static boolean usable(FocusSnapshot.Bridge bridge) {
        return bridge.operational() && !leaving(bridge.bridge().report());
    }

    /** Whether a bridge says that it will not stay. */
    static boolean leaving(BridgeReport report) {
        return report.gracefulShutdown().orElse(false) || report.shuttingDown().orElse(false);
    }
}
