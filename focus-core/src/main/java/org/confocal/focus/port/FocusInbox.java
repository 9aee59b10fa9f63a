package org.confocal.focus.port;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.RoomId;

/**
 * Where adapters put what happened. Called from any thread; every method only enqueues and returns at once.
 */
public interface FocusInbox {

    /** Somebody asks for the focus. Always answered, if only with {@code ready=false}. */
    void requested(ConferenceRequest request);

    /**
     * Somebody asks where to log in, or logs out.
     *
     * @return false where nobody has to log in here: the caller answers then, as to any IQ that nobody knows
     */
    boolean asked(AuthenticationRequest request);

    /** The MUC service of breakout rooms, as the server says; empty where there is none. Prosody guards these rooms. */
    void breakoutRooms(Optional<String> domain);

    /**
     * Something happened to a conference.
     *
     * @return false where there is no such conference: the caller answers an IQ with item-not-found then
     */
    boolean happened(RoomId room, ConferenceInput input);

    /**
     * A bridge's presence in the brewery, with what could be read of it.
     *
     * @param malformed the names of the fields that were there and could not be read; they are empty in {@code report}
     */
    void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed);

    /** A bridge left the brewery. */
    void bridgeLeft(BridgeId bridge);

    /** The answer to a health check. */
    void bridgeChecked(BridgeId bridge, HealthAnswer answer);

    /** How a bridge answered a health check (spec/05, section 7). */
    enum HealthAnswer {
        HEALTHY,
        /** internal-server-error or service-unavailable: its conferences move. */
        FAILED,
        TIMED_OUT,
        /** Another error: only logged. */
        OTHER_ERROR
    }

    /** Whether the focus is in the brewery; leaving it empties the fleet. */
    void breweryJoined(boolean joined);

    /** The connection that carries rooms went up or down. Up means: authenticated, and streams that were lost are not resumed. */
    void connection(ConnectionState state);

    /** What became of the stream. */
    enum ConnectionState {
        CONNECTED,
        /**
         * The stream of the process before this one goes on, with its rooms. At most once, first of all. A stream that is
         * resumed within the life of a process is none of the core's business.
         */
        RESUMED,
        /** Lost, and not resumed within the time allowed for it: all rooms are gone. */
        DISCONNECTED
    }
}
