package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.model.JingleRequest;

/** Requests of participants about the session they were last offered. */
final class Jingle {
    private Jingle() {}

    static JingleRequest add(ConferenceScript s, String id, long... ssrcs) {
        return new JingleRequest.SourceAdd(Optional.of(s.sid(id)), ConferenceScript.sources(id, ssrcs));
    }

    static JingleRequest remove(ConferenceScript s, String id, long... ssrcs) {
        return new JingleRequest.SourceRemove(Optional.of(s.sid(id)), ConferenceScript.sources(id, ssrcs));
    }

    static JingleRequest terminate(ConferenceScript s, String id) {
        return new JingleRequest.Terminate(
                Optional.of(s.sid(id)), Optional.of("success"), Optional.empty(), Optional.empty(), false);
    }

    /** Asks for a new session, naming the bridge session it has. */
    static JingleRequest restart(ConferenceScript s, String id) {
        return new JingleRequest.Terminate(
                Optional.of(s.sid(id)),
                Optional.of("connectivity-error"),
                Optional.of("ICE FAILED"),
                Optional.of(s.bridgeSession(id)),
                true);
    }

    static JingleRequest iceRestart(ConferenceScript s, String id) {
        return new JingleRequest.IceRestart(Optional.of(s.sid(id)), Optional.of(s.bridgeSession(id)));
    }

    static JingleRequest iceFailed(ConferenceScript s, String id) {
        return new JingleRequest.IceFailed(Optional.of(s.sid(id)), Optional.of(s.bridgeSession(id)));
    }
}
