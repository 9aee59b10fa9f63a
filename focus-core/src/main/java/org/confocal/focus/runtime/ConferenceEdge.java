package org.confocal.focus.runtime;

import java.util.Map;
import java.util.Optional;
import org.confocal.focus.fleet.BridgeSelector;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.port.FocusPorts;

/**
 * Everything that the conferences of one focus share.
 *
 * @param properties in the answer to every conference request
 */
record ConferenceEdge(
        FocusPorts ports,
        BridgeSelector fleet,
        MeetingClaims claims,
        HttpRequests http,
        Map<String, String> properties,
        FocusCounters counters,
        FocusEnvironment environment,
        FocusLimits limits) {

    /** Sends the answer to a conference request where it came from. */
    void answer(ConferenceRequest.Origin origin, ConferenceAnswer answer) {
        ConferenceAnswer whole = answer.with(properties);
        switch (origin) {
            case ConferenceRequest.Origin.Stanza iq -> ports.answers().answer(iq.stanza(), whole);
            case ConferenceRequest.Origin.Http waiting -> http.answer(waiting.exchange(), whole);
        }
    }

    /** Tells a client to ask again later. */
    void answerNotReady(ConferenceRequest request, Optional<Login> login) {
        answer(request.origin(), Admission.notReady(request.room(), login));
    }

    /** Tells a client that it may not have what it asked for, before it has authenticated as it should. */
    void refuse(ConferenceRequest request, StanzaError error) {
        counters.requestRefused(error.condition());
        switch (request.origin()) {
            case ConferenceRequest.Origin.Stanza iq -> ports.answers().refuse(iq.stanza(), error);
            case ConferenceRequest.Origin.Http waiting ->
                http.answer(waiting.exchange(), new ConferenceReply.Refused(error));
        }
    }
}
