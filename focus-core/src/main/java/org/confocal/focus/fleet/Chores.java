package org.confocal.focus.fleet;

import java.time.Duration;
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
    /** How often moves are planned at most; bridges report every 5 s. */
    static final Duration PLANS = Duration.ofSeconds(10);

    private final RedistributionConfig config;
    private final boolean plans;
    private final boolean redistributes;
    private final LoadRedistributor redistributor;
    private final MoveQueue moves;
    private final Timers<Chore> timers;
    private boolean watching;

    Chores(BridgeCareConfig care, MoveQueue moves, Timers<Chore> timers) {
        this.config = care.redistribution();
        this.plans = care.plannedMoves().any();
        this.redistributes = config.enabled() && care.plannedMoves().relief().isEmpty();
        this.redistributor = new LoadRedistributor(care.redistribution());
        this.moves = moves;
        this.timers = timers;
    }

    /** Redistribution and plans begin with the first bridge. */
    void joined() {
        if (!watching) {
            watching = true;
            if (redistributes) {
                timers.start(Chore.REDISTRIBUTION, config.interval());
            }
            if (plans) {
                timers.start(Chore.PLANS, PLANS);
            }
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

    /** Whether moves may be planned now: the plan before is carried out, so that the fleet shows what it did. */
    boolean mayPlan() {
        timers.start(Chore.PLANS, PLANS);
        return moves.planned() == 0;
    }

    /** Has people leave bridges that are being emptied. */
    void drain(Drains drains, FleetListener listener) {
        drains.look(new Drains.Mover() {
                    @Override
                    public boolean busy(BridgeId bridge) {
                        return moves.waits(bridge);
                    }

                    @Override
                    public void drain(String drain, BridgeId bridge, int people) {
                        listener.drain(drain, bridge, people);
                    }
                })
                .ifPresent(after -> timers.start(Chore.DRAINS, after));
    }

    int atATime() {
        return config.endpoints();
    }
}
