package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.EndpointId;

/**
 * Takes Jingle requests of participants (spec/03, section 5): finds the session, hands the request on, and answers it
 * exactly once, after everything that follows from it.
 */
final class JingleMachine {
    private final SourceRequests sources;
    private final RestartMachine restarts;

    JingleMachine(SourceRequests sources, RestartMachine restarts) {
        this.sources = sources;
        this.restarts = restarts;
    }

    void received(Draft d, ConferenceInput.JingleReceived input) {
        action(d.members.get(input.from()), input.request())
                .ifPresent(action -> d.emit(new Effect.CountJingle(Effect.Direction.RECEIVED, action)));
        Optional<StanzaError> error = handle(d, input.from(), input.request());
        answer(d, input.stanza(), error);
    }

    static void answer(Draft d, StanzaRef stanza, Optional<StanzaError> error) {
        d.emit(error.<Effect>map(why -> new Effect.Refuse(stanza, why))
                .orElseGet(() -> new Effect.Acknowledge(stanza)));
    }

    /** The error to answer with; empty where all is well. */
    private Optional<StanzaError> handle(Draft d, EndpointId from, JingleRequest request) {
        Optional<Member> sender = d.members.get(from);
        Optional<SessionId> id = request.session();
        // Jicofo looks sessions up by sid alone; we compare the sender too, because a sid is no secret.
        if (sender.isEmpty() || id.isEmpty()) {
            return error(Condition.BAD_REQUEST, "");
        }
        Member member = sender.get();
        Optional<SessionId> current = member.jingle();
        boolean isCurrent = current.equals(id);
        boolean isPast = member.pastSessions().contains(id.get());
        if (!isCurrent && !isPast) {
            return error(Condition.BAD_REQUEST, "");
        }
        if (request instanceof JingleRequest.Malformed malformed) {
            return error(Condition.BAD_REQUEST, malformed.problem());
        }
        if (isPast && current.isEmpty()) {
            return error(Condition.GONE, "session ended");
        }
        if (request instanceof JingleRequest.Unsupported) {
            return error(Condition.FEATURE_NOT_IMPLEMENTED, "Unsupported 'action'");
        }
        if (!isCurrent && !exemptFromStaleness(member, request)) {
            return request instanceof JingleRequest.Accept
                    ? error(Condition.GONE, "session has been replaced")
                    : error(Condition.ITEM_NOT_FOUND, "jingle session no longer active");
        }
        return current(d, member, request);
    }

    private Optional<StanzaError> current(Draft d, Member member, JingleRequest request) {
        return switch (request) {
            case JingleRequest.Accept accept -> sources.accept(d, member, accept);
            case JingleRequest.SourceAdd add -> sources.add(d, member, add.sources());
            case JingleRequest.SourceRemove remove -> sources.remove(d, member, remove.sources());
            case JingleRequest.TransportInfo info -> sources.transport(d, member, info.transport());
            case JingleRequest.IceRestart restart -> restarts.iceRestart(d, member, restart.bridgeSession());
            case JingleRequest.IceFailed failed -> restarts.iceFailed(d, member, failed.bridgeSession());
            case JingleRequest.OtherInfo nothing -> Optional.empty();
            case JingleRequest.Terminate terminate -> restarts.terminate(d, member, terminate);
            case JingleRequest.TransportReject reject -> {
                restarts.transportRejected(d, member);
                yield Optional.empty();
            }
            case JingleRequest.Unsupported unsupported ->
                throw new IllegalStateException("refused before: " + unsupported);
            case JingleRequest.Malformed malformed -> throw new IllegalStateException("refused before: " + malformed);
        };
    }

    /** Telephone gateways send candidates late; for everybody else a stale transport is dropped (spec/03, section 15). */
    private static boolean exemptFromStaleness(Member member, JingleRequest request) {
        return request instanceof JingleRequest.TransportInfo && member.claims().contains(Claim.JIGASI);
    }

    static Optional<StanzaError> error(Condition condition, String text) {
        return Optional.of(StanzaError.of(condition, text));
    }

    /** Jicofo's name of what came, for the counters; none for what is no action that can be served. */
    private static Optional<String> action(Optional<Member> sender, JingleRequest request) {
        return switch (request) {
            case JingleRequest.Accept accept ->
                // What is accepted within a session that was kept is a transport.
                Optional.of(sender.flatMap(Member::held).isPresent() ? "TRANSPORT_ACCEPT" : "SESSION_ACCEPT");
            case JingleRequest.SourceAdd add -> Optional.of("SOURCEADD");
            case JingleRequest.SourceRemove remove -> Optional.of("SOURCEREMOVE");
            case JingleRequest.TransportInfo info -> Optional.of("TRANSPORT_INFO");
            case JingleRequest.IceRestart restart -> Optional.of("SESSION_INFO");
            case JingleRequest.IceFailed failed -> Optional.of("SESSION_INFO");
            case JingleRequest.OtherInfo info -> Optional.of("SESSION_INFO");
            case JingleRequest.Terminate terminate -> Optional.of("SESSION_TERMINATE");
            case JingleRequest.TransportReject reject -> Optional.of("TRANSPORT_REJECT");
            case JingleRequest.Unsupported unsupported -> Optional.empty();
            case JingleRequest.Malformed malformed -> Optional.empty();
        };
    }
}
