package org.confocal.focus.conference.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;

/**
 * Whose turn it is to be invited.
 *
 * @param gate whether there were ever enough members
 * @param ready these are taken one after the other: each selection sees the ones before it
 * @param paced these wait for the timer {@code Reinvite}, in batches
 * @param selecting the one whose bridge is being chosen
 * @param failures how often in a row a bridge failed this conference; the more, the longer the next attempt waits
 * @param avoided where nobody, or somebody, is to be placed for a while; at most {@value #MAX_AVOIDED}, the newest
 */
public record InviteQueue(
        Gate gate,
        List<EndpointId> ready,
        List<EndpointId> paced,
        Optional<SelectingFor> selecting,
        int failures,
        List<Avoidance> avoided) {
    public static final int MAX_AVOIDED = 1_000;

    public static final InviteQueue EMPTY =
            new InviteQueue(Gate.CLOSED, List.of(), List.of(), Optional.empty(), 0, List.of());

    public InviteQueue {
        ready = List.copyOf(ready);
        paced = List.copyOf(paced);
        avoided = List.copyOf(avoided);
    }

    /** Whether the minimum of members was reached at least once. */
    public enum Gate {
        CLOSED,
        OPENED
    }

    /** A question to the fleet. */
    public record SelectingFor(RequestId request, EndpointId id) {}

    public InviteQueue opened() {
        return gate == Gate.OPENED ? this : new InviteQueue(Gate.OPENED, ready, paced, selecting, failures, avoided);
    }

    public InviteQueue withReady(List<EndpointId> next) {
        return new InviteQueue(gate, next, paced, selecting, failures, avoided);
    }

    public InviteQueue withPaced(List<EndpointId> next) {
        return new InviteQueue(gate, ready, next, selecting, failures, avoided);
    }

    public InviteQueue with(Optional<SelectingFor> next) {
        return new InviteQueue(gate, ready, paced, next, failures, avoided);
    }

    public InviteQueue withFailures(int next) {
        return new InviteQueue(gate, ready, paced, selecting, next, avoided);
    }

    /** One more to avoid; what is over is forgotten. */
    public InviteQueue avoiding(Avoidance one, Instant now) {
        List<Avoidance> next = new ArrayList<>();
        for (Avoidance each : avoided) {
            boolean same = each.bridge().equals(one.bridge()) && each.who().equals(one.who());
            if (each.until().isAfter(now) && !same) {
                next.add(each);
            }
        }
        next.add(one);
        return new InviteQueue(
                gate,
                ready,
                paced,
                selecting,
                failures,
                next.subList(Math.max(0, next.size() - MAX_AVOIDED), next.size()));
    }

    /** Where somebody is not to be placed now. */
    public Set<BridgeId> avoidedBy(EndpointId id, Instant now) {
        Set<BridgeId> bridges = new HashSet<>();
        for (Avoidance each : avoided) {
            if (each.until().isAfter(now) && each.who().map(id::equals).orElse(true)) {
                bridges.add(each.bridge());
            }
        }
        return bridges;
    }
}
