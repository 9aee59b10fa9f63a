package org.confocal.focus.runtime;

import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/** What becomes of an input when the mailbox is full, and who waits for an answer to it. */
sealed interface Admission {

    /** Somebody waits for an answer: refused at the bound. */
    sealed interface Answered extends Admission {}

    /** A conference request; its answer at the bound is {@code ready=false}, after which a client asks again. */
    record Request(ConferenceRequest request, Requester requester) implements Answered {}

    /** An IQ of a member; its answer at the bound is resource-constraint. */
    record Iq(StanzaRef stanza) implements Answered {}

    /** The whole of a member's presence: at the bound a newer one replaces one that waits. */
    record Presence(EndpointId id, MemberPresence presence) implements Admission {}

    /** A member left. Always taken. */
    record Leave(EndpointId id) implements Admission {}

    /** An answer to what the focus asked, or something that happens rarely. Always taken. */
    record Fact() implements Admission {}

    Fact FACT = new Fact();

    static Admission of(ConferenceInput input) {
        return switch (input) {
            case ConferenceInput.Requested i -> new Request(i.request(), i.requester());
            case ConferenceInput.JingleReceived i -> new Iq(i.stanza());
            case ConferenceInput.MuteRequested i -> new Iq(i.stanza());
            case ConferenceInput.MemberPresent i -> new Presence(i.presence().id(), i.presence());
            case ConferenceInput.MemberLeft i -> new Leave(i.id());
            case ConferenceInput.RoomJoined i -> FACT;
            case ConferenceInput.RoomJoinFailed i -> FACT;
            case ConferenceInput.RoomLost i -> FACT;
            case ConferenceInput.Reconnected i -> FACT;
            case ConferenceInput.MetadataReceived i -> FACT;
            case ConferenceInput.FeaturesDiscovered i -> FACT;
            case ConferenceInput.OfferAnswered i -> FACT;
            case ConferenceInput.BridgeSelected i -> FACT;
            case ConferenceInput.SelectionPostponed i -> FACT;
            case ConferenceInput.BridgeAnswered i -> FACT;
            case ConferenceInput.BridgeLost i -> FACT;
            case ConferenceInput.MoveRequested i -> FACT;
            case ConferenceInput.BridgeUsable i -> FACT;
            case ConferenceInput.TakenUp i -> FACT;
            case ConferenceInput.TimerFired i -> FACT;
            case ConferenceInput.Stop i -> FACT;
        };
    }

    /** The answer to a request that nobody could serve. */
    static ConferenceAnswer notReady(RoomId room, Optional<Login> login) {
        return new ConferenceAnswer(room, false, login, Map.of());
    }

    /** Why an IQ is answered by the runtime and not by the conference. */
    enum Cause {
        OVERLOAD(StanzaError.Condition.RESOURCE_CONSTRAINT, "The conference is too busy."),
        GONE(StanzaError.Condition.ITEM_NOT_FOUND, "The conference has ended."),
        BROKEN(StanzaError.Condition.INTERNAL_SERVER_ERROR, "The conference failed and has ended.");

        private final StanzaError.Condition condition;
        private final String text;

        Cause(StanzaError.Condition condition, String text) {
            this.condition = condition;
            this.text = text;
        }

        StanzaError error() {
            return StanzaError.of(condition, text);
        }
    }
}
