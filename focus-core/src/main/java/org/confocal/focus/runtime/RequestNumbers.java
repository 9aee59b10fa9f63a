package org.confocal.focus.runtime;

import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.RequestId;

/**
 * Keeps the answers to one run of a conference apart from those to the next one in the same room. A machine numbers its
 * requests from 1, and an answer names the room only: without this, what a bridge says late about a conference that has ended
 * would be taken for the answer to another question by the conference that was made after it. Outside, a request's number is
 * the run in the upper and the machine's number in the lower 32 bits.
 */
final class RequestNumbers {
    private static final int BITS = 32;
    private static final long MAX = (1L << BITS) - 1;

    private final long run;

    /** The numbers of one run; {@code run} is in 0 to 2^31-1. */
    RequestNumbers(int run) {
        this.run = run;
    }

    /** As the outside knows it. */
    RequestId outward(RequestId request) {
        if (request.value() < 0 || request.value() > MAX) {
            throw new IllegalStateException("a conference does not ask " + request.value() + " questions");
        }
        return new RequestId((run << BITS) | request.value());
    }

    /** As the machine knows it; empty for an answer to another run. */
    Optional<ConferenceInput> inward(ConferenceInput input) {
        return switch (input) {
            case ConferenceInput.FeaturesDiscovered i ->
                own(i.request()).map(id -> new ConferenceInput.FeaturesDiscovered(id, i.id(), i.features()));
            case ConferenceInput.BridgeAnswered i ->
                own(i.request()).map(id -> new ConferenceInput.BridgeAnswered(id, i.answer()));
            // Given by the runtime itself, and never under way.
            case ConferenceInput.BridgeSelected i -> Optional.of(i);
            case ConferenceInput.SelectionPostponed i -> Optional.of(i);
            case ConferenceInput.Requested i -> Optional.of(i);
            case ConferenceInput.RoomJoined i -> Optional.of(i);
            case ConferenceInput.RoomJoinFailed i -> Optional.of(i);
            case ConferenceInput.RoomLost i -> Optional.of(i);
            case ConferenceInput.Reconnected i -> Optional.of(i);
            case ConferenceInput.MemberPresent i -> Optional.of(i);
            case ConferenceInput.MemberLeft i -> Optional.of(i);
            case ConferenceInput.MetadataReceived i -> Optional.of(i);
            case ConferenceInput.JingleReceived i -> Optional.of(i);
            case ConferenceInput.OfferAnswered i -> Optional.of(i);
            case ConferenceInput.MuteRequested i -> Optional.of(i);
            case ConferenceInput.BridgeLost i -> Optional.of(i);
            case ConferenceInput.MoveRequested i -> Optional.of(i);
            case ConferenceInput.BridgeUsable i -> Optional.of(i);
            case ConferenceInput.TakenUp i -> Optional.of(i);
            case ConferenceInput.TimerFired i -> Optional.of(i);
            case ConferenceInput.Stop i -> Optional.of(i);
        };
    }

    private Optional<RequestId> own(RequestId outside) {
        return outside.value() >>> BITS == run ? Optional.of(new RequestId(outside.value() & MAX)) : Optional.empty();
    }
}
