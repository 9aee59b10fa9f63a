package org.confocal.focus.fleet;

import java.time.Instant;
import java.util.List;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.fleet.FleetEvent.Chore;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.FleetSnapshot;

/** What the fleet does as a whole and from time to time. Confined to the fleet's mailbox. */
final class Chores {
    private final RedistributionConfig config;
    private final LoadRedistributor redistributor;
    private final MoveQueue moves;
    private final Timers<Chore> timers;
    private boolean watching;

    Chores(BridgeCareConfig care, MoveQueue moves, Timers<Chore> timers) {
        this.config = care.redistribution();
        this.redistributor = new LoadRedistributor(care.redistribution());
        this.moves = moves;
        this.timers = timers;
    }

    /** Redistribution begins with the first bridge. */
    void joined() {
        if (config.enabled() && !watching) {
            watching = true;
            timers.start(Chore.REDISTRIBUTION, config.interval());
        }
    }

    void left(BridgeId bridge) {
        moves.left(bridge);
    }

    void stop() {
        timers.cancelAll();
    }

    boolean claim(Timers.Due<Chore> due) {
        return timers.claim(due);
    }

    /** Takes in moves. Returns how many there was no room for. */
    int order(List<MoveOrder> orders, Instant now) {
        int taken = moves.add(orders);
        release(now);
        return orders.size() - taken;
    }

    /** Lets those go whose turn it is. */
    void release(Instant now) {
        moves.release(now).ifPresent(after -> timers.start(Chore.MOVES, after));
    }

    /** Which bridges are to be relieved now. */
    List<BridgeId> overloaded(FleetSnapshot fleet, Instant now) {
        timers.start(Chore.REDISTRIBUTION, config.interval());
        return redistributor.overloaded(fleet, now);
    }

    int atATime() {
        return config.endpoints();
    }
}
