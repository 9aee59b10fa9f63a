package org.confocal.focus.runtime;

import org.confocal.focus.fleet.BridgeSelector;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.port.FocusPorts;

/** Everything that the conferences of one focus share. */
record ConferenceEdge(
        FocusPorts ports,
        BridgeSelector fleet,
        MeetingClaims claims,
        HttpRequests http,
        FocusCounters counters,
        FocusEnvironment environment,
        FocusLimits limits) {

    /** Sends the answer to a conference request where it came from. */
    void answer(ConferenceRequest.Origin origin, ConferenceAnswer answer) {
        switch (origin) {
            case ConferenceRequest.Origin.Stanza iq -> ports.answers().answer(iq.stanza(), answer);
            case ConferenceRequest.Origin.Http waiting -> http.answer(waiting.exchange(), answer);
        }
    }

    /** Tells a client to ask again later. */
    void answerNotReady(ConferenceRequest request) {
        answer(request.origin(), Admission.notReady(request.room()));
    }
}
