package org.confocal.focus.conference;

import java.util.Optional;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Closing;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.focus.source.SourceChange;
import org.confocal.focus.source.SourceLimits;

/**
 * What participants send: session-accept, source-add, source-remove, transport-info (spec/03, sections 5.1 to 5.3). Each
 * method returns the error to answer with, or nothing where all is well.
 */
final class SourceRequests {
    private final ConferenceConfig config;
    private final SourceLimits limits;
    private final BridgeRequests bridges;
    private final SignalingMachine signaling;
    private final MoveMachine moves;

    SourceRequests(ConferenceConfig config, BridgeRequests bridges, SignalingMachine signaling, MoveMachine moves) {
        this.config = config;
        this.limits = new SourceLimits(config.maxSsrcsPerUser(), config.maxSsrcGroupsPerUser());
        this.bridges = bridges;
        this.signaling = signaling;
        this.moves = moves;
    }

    Optional<StanzaError> accept(Draft d, Member member, JingleRequest.Accept accept) {
        if (!(member.invite() instanceof Invite.Offered offered)) {
            // Jicofo validates a second accept against the first and ends the session; we refuse it and keep the
            // session.
            return JingleMachine.error(
                    Condition.UNEXPECTED_REQUEST,
                    member.held().isPresent() ? "nothing was offered" : "session is already active");
        }
        if (member.visitor() && !accept.sources().isEmpty()) {
            moves.close(d, member, Trigger.BAD_ACCEPT, Closing.ACCEPT_REFUSED);
            return JingleMachine.error(Condition.FORBIDDEN, "sources not allowed for visitors");
        }
        EndpointSources before = d.sources.of(member.id());
        // A transport-accept that names sources names all of them; most name none.
        ConferenceSources base = accept.sources().isEmpty() ? d.sources : d.sources.without(member.id());
        return switch (base.add(member.id(), accept.sources(), limits)) {
            case SourceChange.Rejected rejected -> {
                moves.close(d, member, Trigger.BAD_ACCEPT, Closing.ACCEPT_REFUSED);
                yield JingleMachine.error(Condition.BAD_REQUEST, rejected.text());
            }
            case SourceChange.Accepted accepted -> {
                d.sources = accepted.next();
                EndpointSources after = d.sources.of(member.id());
                Member active = d.move(
                        accepted(d, member), Trigger.ACCEPT, new Invite.Active(offered.where(), offered.jingle()));
                bridges.accepted(d, active, accept.transport(), after, accept.initialLastN());
                signaling.propagate(d, member.id(), before, after);
                signaling.flush(d, member.id());
                yield Optional.empty();
            }
        };
    }

    private static Member accepted(Draft d, Member member) {
        Member accepted = member.withKept(EndpointSources.EMPTY);
        if (member.held().isEmpty()) {
            return accepted;
        }
        d.cancelTimer(new TimerKey.Replace(member.id()));
        return accepted.with(new Replacement.Possible());
    }

    Optional<StanzaError> add(Draft d, Member member, EndpointSources offered) {
        if (offered.isEmpty()) {
            return Optional.empty();
        }
        if (member.visitor()) {
            return JingleMachine.error(Condition.FORBIDDEN, "add-source not allowed for visitors");
        }
        String exceeded = exceeded(d, offered, MediaType.AUDIO) + exceeded(d, offered, MediaType.VIDEO);
        if (!exceeded.isEmpty()) {
            return JingleMachine.error(Condition.RESOURCE_CONSTRAINT, "Sender count exceeded for: " + exceeded);
        }
        return change(d, member, d.sources.add(member.id(), offered, limits));
    }

    Optional<StanzaError> remove(Draft d, Member member, EndpointSources named) {
        return named.isEmpty() ? Optional.empty() : change(d, member, d.sources.remove(member.id(), named));
    }

    Optional<StanzaError> transport(Draft d, Member member, Optional<IceTransport> transport) {
        if (transport.isEmpty()) {
            return JingleMachine.error(Condition.BAD_REQUEST, "missing transport");
        }
        if (member.held().isEmpty()) {
            bridges.transport(d, member, transport.get());
        }
        // Otherwise it is late: it belongs to the endpoint that the member has left.
        return Optional.empty();
    }

    private Optional<StanzaError> change(Draft d, Member member, SourceChange change) {
        return switch (change) {
            case SourceChange.Rejected rejected -> JingleMachine.error(Condition.BAD_REQUEST, rejected.text());
            case SourceChange.Accepted accepted -> {
                EndpointSources before = d.sources.of(member.id());
                d.sources = accepted.next();
                EndpointSources after = d.sources.of(member.id());
                if (!before.equals(after)) {
                    if (member.invite().allocation().isPresent()) {
                        bridges.sources(d, member, after);
                    }
                    signaling.propagate(d, member.id(), before, after);
                }
                yield Optional.empty();
            }
        };
    }

    /** The medium's name and a space where too many have it on; the text is Jicofo's, trailing space included. */
    private String exceeded(Draft d, EndpointSources offered, MediaType media) {
        boolean offers = offered.sources().stream().anyMatch(source -> source.media() == media);
        return switch (media) {
            case AUDIO -> offers && FocusPresenceMachine.audioSenders(d) >= config.maxAudioSenders() ? "audio " : "";
            case VIDEO -> offers && FocusPresenceMachine.videoSenders(d) >= config.maxVideoSenders() ? "video " : "";
        };
    }
}
