package org.confocal.focus.model;

import java.util.Optional;
import java.util.OptionalInt;

/** What a participant sends in Jingle (spec/03, section 5), already parsed. */
public sealed interface JingleRequest {

    /** The session it is about; empty where the client left it out. */
    Optional<SessionId> session();

    /** session-accept, and transport-accept after a transport-replace. */
    record Accept(
            Optional<SessionId> session,
            EndpointSources sources,
            Optional<IceTransport> transport,
            OptionalInt initialLastN)
            implements JingleRequest {}

    /** source-add, or the historic addsource. */
    record SourceAdd(Optional<SessionId> session, EndpointSources sources) implements JingleRequest {}

    /** source-remove, or the historic removesource. */
    record SourceRemove(Optional<SessionId> session, EndpointSources sources) implements JingleRequest {}

    record TransportInfo(Optional<SessionId> session, Optional<IceTransport> transport) implements JingleRequest {}

    /** session-info that asks for an in-place ICE restart. */
    record IceRestart(Optional<SessionId> session, Optional<BridgeSessionId> bridgeSession) implements JingleRequest {}

    /** session-info that reports a failed ICE connection. */
    record IceFailed(Optional<SessionId> session, Optional<BridgeSessionId> bridgeSession) implements JingleRequest {}

    /** session-info with nothing in it that matters. */
    record OtherInfo(Optional<SessionId> session) implements JingleRequest {}

    /**
     * session-terminate.
     *
     * @param restart whether {@code <bridge-session restart='true'/>} asks for a new session
     */
    record Terminate(
            Optional<SessionId> session,
            Optional<String> reason,
            Optional<String> text,
            Optional<BridgeSessionId> bridgeSession,
            boolean restart)
            implements JingleRequest {}

    /** An answer to transport-replace that refuses it. */
    record TransportReject(Optional<SessionId> session) implements JingleRequest {}

    /** An action the focus does not serve, such as content-add. */
    record Unsupported(Optional<SessionId> session, String action) implements JingleRequest {}

    /**
     * Something that is not Jingle.
     *
     * @param problem a sentence for the sender, as in {@code Missing 'action'}
     */
    record Malformed(Optional<SessionId> session, String problem) implements JingleRequest {}
}
