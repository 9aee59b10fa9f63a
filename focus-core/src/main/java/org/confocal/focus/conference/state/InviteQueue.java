package org.confocal.focus.conference.state;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.EndpointId;

/**
 * Whose turn it is to be invited.
 *
 * @param gate whether there were ever enough members
 * @param ready these are taken one after the other: each selection sees the ones before it
 * @param paced these wait for the timer {@code Reinvite}, in batches
 * @param selecting the one whose bridge is being chosen
 * @param failures how often in a row a bridge failed this conference; the more, the longer the next attempt waits
 */
public record InviteQueue(
        Gate gate, List<EndpointId> ready, List<EndpointId> paced, Optional<SelectingFor> selecting, int failures) {
    public static final InviteQueue EMPTY = new InviteQueue(Gate.CLOSED, List.of(), List.of(), Optional.empty(), 0);

    public InviteQueue {
        ready = List.copyOf(ready);
        paced = List.copyOf(paced);
    }

    /** Whether the minimum of members was reached at least once. */
    public enum Gate {
        CLOSED,
        OPENED
    }

    /** A question to the fleet. */
    public record SelectingFor(RequestId request, EndpointId id) {}

    public InviteQueue opened() {
        return new InviteQueue(Gate.OPENED, ready, paced, selecting, failures);
    }

    public InviteQueue withReady(List<EndpointId> next) {
        return new InviteQueue(gate, next, paced, selecting, failures);
    }

    public InviteQueue withPaced(List<EndpointId> next) {
        return new InviteQueue(gate, ready, next, selecting, failures);
    }

    public InviteQueue with(Optional<SelectingFor> next) {
        return new InviteQueue(gate, ready, paced, next, failures);
    }

    public InviteQueue withFailures(int next) {
        return new InviteQueue(gate, ready, paced, selecting, next);
    }
}
