package org.confocal.focus.conference;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Allocation;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Member.Encounter;
import org.confocal.focus.conference.state.Replacement;
import org.confocal.focus.conference.state.Session;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.offer.OfferFactory;
import org.confocal.focus.source.SourceQueue;

/** Offers sessions to participants and hands them what the bridge says later (spec/03, sections 2, 6 and 10). */
final class OfferMachine {
    /**
     * So long a transport-replace may stay without its accept, in which time nobody is heard: as long as lib-jitsi-meet
     * waits for the answer to an accept of its own (spec/07, section 4). Jicofo waits for ever.
     */
    static final Duration ACCEPT_TIMEOUT = Duration.ofSeconds(10);

    private final ConferenceConfig config;

    OfferMachine(ConferenceConfig config) {
        this.config = config;
    }

    /**
     * session-initiate, or transport-replace for one that keeps its session, with the endpoint that the bridge made. Its
     * transport must be there.
     */
    void send(Draft d, Member member, BridgeSession session, EndpointAnswer endpoint) {
        Set<Feature> features = SignalingMachine.features(member);
        Optional<SessionId> held = member.held().map(Replacement.Held::session);
        SessionId id = held.orElseGet(d::newSession);
        Offer offer = new Offer(
                held.isPresent() ? Offer.Kind.REPLACE : Offer.Kind.INITIATE,
                id,
                OfferFactory.media(config.codecs(), features),
                endpoint.transport().orElseThrow(() -> new IllegalStateException("no transport for " + member.id())),
                OfferFactory.dataChannel(features, config) ? endpoint.sctpPort() : OptionalInt.empty(),
                session.id(),
                session.region(),
                OfferFactory.sources(
                        member.id(),
                        features,
                        config,
                        d.sources,
                        session.feedback().orElse(EndpointSources.EMPTY)),
                OfferFactory.encoding(features, config),
                held.isPresent() ? Optional.empty() : startMuted(d, member));
        d.move(
                member.with(Encounter.AGAIN),
                Trigger.ALLOCATED,
                new Invite.Offered(
                        new Allocation(session.bridge(), session.id()), new Session(id, 0, SourceQueue.EMPTY)));
        switch (offer.kind()) {
            case INITIATE -> d.emitJingle("SESSION_INITIATE", new Effect.SendOffer(member.id(), offer));
            case REPLACE -> {
                d.emitJingle("TRANSPORT_REPLACE", new Effect.SendOffer(member.id(), offer));
                d.startTimer(new TimerKey.Replace(member.id()), ACCEPT_TIMEOUT);
            }
        }
    }

    /** What the bridge answered to an ICE restart. A generation that the participant knows already is dropped. */
    void relayRestart(Draft d, Member member, IceTransport transport) {
        Session session =
                member.invite().session().orElseThrow(() -> new IllegalStateException(member.id() + " has no session"));
        if (transport.iceGeneration().isEmpty()) {
            d.count(ConferenceCounter.ICE_RESTARTS_NOT_NEEDED);
            return;
        }
        int generation = transport.iceGeneration().getAsInt();
        if (generation <= session.iceGeneration()) {
            return;
        }
        Session next = session.withIceGeneration(generation);
        Invite invite = member.invite() instanceof Invite.Active active
                ? new Invite.Active(active.where(), next)
                : new Invite.Offered(
                        member.invite()
                                .allocation()
                                .orElseThrow(() -> new IllegalStateException(member.id() + " has no endpoint")),
                        next);
        d.members.put(member.id(), member.with(invite));
        d.count(ConferenceCounter.ICE_RESTARTS_RELAYED);
        d.emitJingle("TRANSPORT_INFO", new Effect.SendTransportInfo(member.id(), session.id(), transport));
    }

    private Optional<Offer.StartMuted> startMuted(Draft d, Member member) {
        boolean justJoined = member.encounter() == Encounter.FIRST;
        boolean audio = (justJoined && d.life.metadata().startAudioMuted().orElse(false))
                || d.members.size()
                        > limit(config.maxAudioSenders(), d.life.settings().startAudioMuted());
        boolean video = (justJoined && d.life.metadata().startVideoMuted().orElse(false))
                || d.members.size()
                        > limit(config.maxVideoSenders(), d.life.settings().startVideoMuted());
        return audio || video ? Optional.of(new Offer.StartMuted(audio, video)) : Optional.empty();
    }

    private static int limit(int senders, OptionalInt wish) {
        return wish.isPresent() ? Math.min(senders, wish.getAsInt()) : senders;
    }
}
