package org.confocal.tests.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;

/** Somebody in a room, as the simulated world knows them: the truth, not the focus's belief. */
final class SimPerson {

    /** The three ways in which clients learn of sources (spec/03, sections 3, 4 and 13). */
    enum Kind {
        REWRITING,
        JSON,
        XML;

        Set<Feature> features() {
            return switch (this) {
                case REWRITING ->
                    Set.of(
                            Feature.AUDIO,
                            Feature.VIDEO,
                            Feature.SCTP,
                            Feature.TCC,
                            Feature.RTX,
                            Feature.JSON_SOURCES,
                            Feature.SSRC_REWRITING);
                case JSON ->
                    Set.of(Feature.AUDIO, Feature.VIDEO, Feature.SCTP, Feature.TCC, Feature.RTX, Feature.JSON_SOURCES);
                case XML -> Set.of(Feature.AUDIO, Feature.VIDEO);
            };
        }
    }

    private final EndpointId id;
    private final Jid realJid;
    private final Kind kind;
    private final Optional<Region> region;
    private final Set<SessionId> sessionsSeen = new HashSet<>();
    private Optional<SessionId> session = Optional.empty();
    private Optional<BridgeSessionId> bridgeSession = Optional.empty();
    private boolean accepted;
    private boolean willing = true;
    private boolean inRoom;
    private final Set<Ssrc> unsignalled = new HashSet<>();
    private EndpointSources sources = EndpointSources.EMPTY;
    private int nextSource;

    SimPerson(EndpointId id, Jid realJid, Kind kind, Optional<Region> region) {
        this.id = id;
        this.realJid = realJid;
        this.kind = kind;
        this.region = region;
    }

    EndpointId id() {
        return id;
    }

    Jid realJid() {
        return realJid;
    }

    Kind kind() {
        return kind;
    }

    boolean inRoom() {
        return inRoom;
    }

    void enters() {
        inRoom = true;
    }

    void leaves() {
        inRoom = false;
        session = Optional.empty();
        accepted = false;
    }

    /** Takes an offer; false where this session id was offered before. */
    boolean takesOffer(SessionId offered, BridgeSessionId at) {
        session = Optional.of(offered);
        bridgeSession = Optional.of(at);
        accepted = false;
        return sessionsSeen.add(offered);
    }

    /** Takes another transport for its session; false where it does not have that session. */
    boolean takesTransport(SessionId offered, BridgeSessionId at) {
        if (!session.equals(Optional.of(offered))) {
            return false;
        }
        bridgeSession = Optional.of(at);
        accepted = false;
        return true;
    }

    void losesSession() {
        session = Optional.empty();
        accepted = false;
    }

    Optional<SessionId> session() {
        return session;
    }

    Optional<BridgeSessionId> bridgeSession() {
        return bridgeSession;
    }

    void accepts() {
        accepted = true;
    }

    /** Whether the focus has acknowledged this person's session-accept. */
    boolean hasAccepted() {
        return accepted;
    }

    /** One who refused an offer, or never accepts, is not owed a session. */
    void becomesUnwilling() {
        willing = false;
    }

    boolean willing() {
        return willing;
    }

    EndpointSources sources() {
        return sources;
    }

    void sends(EndpointSources now) {
        sources = now;
    }

    /** The focus was told of these, and did not hear of it. */
    void couldNotSignal(EndpointSources unheard) {
        unheard.sources().forEach(source -> unsignalled.add(source.ssrc()));
    }

    boolean hasSignalled(Source source) {
        return !unsignalled.contains(source.ssrc());
    }

    int nextSource() {
        return nextSource++;
    }

    MemberPresence presence() {
        return new MemberPresence(
                id,
                Optional.of(realJid),
                MemberRole.PARTICIPANT,
                Optional.empty(),
                region,
                Optional.of("stats-" + id.value()),
                !sources.isEmpty(),
                !sources.isEmpty(),
                List.of("vp8"),
                false,
                Set.of());
    }
}
