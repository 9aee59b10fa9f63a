package org.confocal.focus.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionRequest;

/** Inputs as short words. */
final class Inputs {
    private Inputs() {}

    static RoomId room(String name) {
        return new RoomId(name + "@muc.example.org");
    }

    static StanzaRef stanza(String id) {
        return new StanzaRef(new Jid("anna@example.org/1"), new Jid("focus@auth.example.org/focus"), id);
    }

    static ConferenceRequest request(String room, String id) {
        return new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(stanza(id)),
                room(room),
                Optional.of(new Jid("anna@example.org/1")),
                Optional.empty(),
                Optional.empty(),
                Optional.of("a-secret-token"),
                Map.of());
    }

    static ConferenceInput requested(String room, String id) {
        return new ConferenceInput.Requested(request(room, id));
    }

    static ConferenceInput jingle(String id) {
        return new ConferenceInput.JingleReceived(
                stanza(id), new EndpointId("anna"), new JingleRequest.OtherInfo(Optional.empty()));
    }

    static ConferenceInput present(String nick, MemberRole role) {
        return new ConferenceInput.MemberPresent(new MemberPresence(
                new EndpointId(nick),
                Optional.empty(),
                role,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                Set.of()));
    }

    static ConferenceInput left(String nick) {
        return new ConferenceInput.MemberLeft(new EndpointId(nick), ConferenceInput.Departure.LEFT);
    }

    /** A fact with a number in it. */
    static ConferenceInput.OfferAnswered fact(String nick, long number) {
        return new ConferenceInput.OfferAnswered(
                new EndpointId(nick), new SessionId(Long.toString(number)), ConferenceInput.OfferAnswer.ACKNOWLEDGED);
    }

    static long number(ConferenceInput.OfferAnswered fact) {
        return Long.parseLong(fact.session().value());
    }

    static Effect.SelectBridge select(String room, String nick, java.time.Instant at) {
        return new Effect.SelectBridge(
                new RequestId(1),
                new SelectionRequest(
                        room(room),
                        new EndpointId(nick),
                        Optional.empty(),
                        Audience.PARTICIPANT,
                        new ConferenceShape(at, List.of(), JoinRate.NONE, Optional.empty()),
                        at),
                Pace.FREE);
    }
}
