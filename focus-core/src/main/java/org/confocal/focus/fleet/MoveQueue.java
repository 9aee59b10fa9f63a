package org.confocal.focus.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Consumer;
import org.confocal.focus.config.MoveConfig;
import org.confocal.strategy.BridgeId;

/**
 * Convenient moves, which wait here for their turn: so many a second in all, so many away from one bridge, bridges in turn,
 * and none while urgent moves wait for theirs. At most {@value #MAX_PEOPLE} people wait. Confined to the fleet's mailbox.
 */
final class MoveQueue {
    static final int MAX_PEOPLE = 100_000;

    /** How long convenient moves rest when urgent ones wait. */
    static final Duration REST = Duration.ofSeconds(1);

    private final MoveConfig config;
    private final UrgentMoves urgent;
    private final Consumer<MoveOrder> out;
    private final Map<BridgeId, Queue<MoveOrder>> waiting = new LinkedHashMap<>();
    private final Map<BridgeId, TokenBucket> sources = new HashMap<>();
    private TokenBucket focus;
    private int people;
    private int planned;

    /** @param out carries a move out; must not block */
    MoveQueue(MoveConfig config, UrgentMoves urgent, Consumer<MoveOrder> out) {
        this.config = config;
        this.urgent = urgent;
        this.out = out;
        this.focus = TokenBucket.of(config.convenient());
    }

    /** How many of them found room. */
    int add(List<MoveOrder> orders) {
        int taken = 0;
        for (MoveOrder order : orders) {
            if (people + order.people() <= MAX_PEOPLE) {
                waiting.computeIfAbsent(order.from(), bridge -> new ArrayDeque<>())
                        .add(order);
                people += order.people();
                planned += order.to().isPresent() ? 1 : 0;
                taken++;
            }
        }
        return taken;
    }

    /** How many of those who wait have a bridge planned for them. */
    int planned() {
        return planned;
    }

    /** Whether somebody waits to leave this bridge. */
    boolean waits(BridgeId bridge) {
        return waiting.containsKey(bridge);
    }

    /** The bridge is gone: so are those who were on it. */
    void left(BridgeId bridge) {
        Queue<MoveOrder> orders = waiting.remove(bridge);
        if (orders != null) {
            orders.forEach(this::gone);
        }
        sources.remove(bridge);
    }

    /** Lets go whose turn it is. Returns when to call again; empty when nobody waits. */
    Optional<Duration> release(Instant now) {
        if (waiting.isEmpty()) {
            return Optional.empty();
        }
        if (urgent.busy(now)) {
            return Optional.of(REST);
        }
        boolean any = true;
        while (any && focus.waiting(now).isZero()) {
            any = false;
            for (BridgeId bridge : List.copyOf(waiting.keySet())) {
                any |= release(bridge, now);
            }
        }
        return waiting.isEmpty() ? Optional.empty() : Optional.of(next(now));
    }

    private boolean release(BridgeId bridge, Instant now) {
        Queue<MoveOrder> orders = waiting.get(bridge);
        TokenBucket source = source(bridge);
        if (orders == null
                || !focus.waiting(now).isZero()
                || !source.waiting(now).isZero()) {
            return false;
        }
        MoveOrder order = orders.remove();
        if (orders.isEmpty()) {
            waiting.remove(bridge);
        }
        gone(order);
        focus = focus.taken(order.people(), now);
        sources.put(bridge, source.taken(order.people(), now));
        out.accept(order);
        return true;
    }

    private void gone(MoveOrder order) {
        people -= order.people();
        planned -= order.to().isPresent() ? 1 : 0;
    }

    private Duration next(Instant now) {
        Duration soonest = TokenBucket.FURTHEST;
        for (BridgeId bridge : waiting.keySet()) {
            Duration wait = source(bridge).waiting(now);
            soonest = wait.compareTo(soonest) < 0 ? wait : soonest;
        }
        Duration all = focus.waiting(now);
        return all.compareTo(soonest) > 0 ? all : soonest;
    }

    private TokenBucket source(BridgeId bridge) {
        TokenBucket known = sources.get(bridge);
        return known == null ? TokenBucket.of(config.convenientPerBridge()) : known;
    }
}
