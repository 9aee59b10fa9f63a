package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.JVB2;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.chosen;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.form;
import static org.confocal.focus.conference.ConferenceScript.none;
import static org.confocal.focus.conference.ConferenceScript.presence;
import static org.confocal.focus.conference.ConferenceScript.refused;
import static org.confocal.focus.conference.ConferenceScript.sources;
import static org.confocal.focus.conference.ConferenceScript.transport;
import static org.confocal.focus.conference.ConferenceScript.unknownEndpoint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.strategy.BridgeId;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Inputs in any order, possible or not: the invariants hold after each, every request is answered once, and when all have
 * left, everything has been given back. The script checks; this only makes things happen.
 */
class AnyOrderTest {
    private static final int STEPS = 120;
    private static final List<String> NICKS = List.of("a", "b", "c", "d", "e");

    static Stream<Arguments> seeds() {
        return LongStream.range(0, 100)
                .boxed()
                .flatMap(seed -> Stream.of(
                        Arguments.of(seed, Named.of("a new session for who moves", Configs.DEFAULTS)),
                        Arguments.of(seed, Named.of("a new transport for who moves", Configs.REPLACING))));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensInWhateverOrderNothingBreaksAndNothingStays(long seed, Configs.Variation configs) {
        SplittableRandom random = new SplittableRandom(seed);
        ConferenceScript s = new ConferenceScript(
                random.nextBoolean() ? configs.withDelays(Map.of(0, Duration.ofMillis(300))) : configs.withBatch(2));
        s.inRoom();
        for (int i = 0; i < STEPS && !s.state().ended(); i++) {
            happen(s, random, seed % 4 == 0 ? Weather.STORM : Weather.CALM);
        }
        if (!s.state().ended()) {
            finish(s);
        }
        assertThat(s.state().ended()).isTrue();
        assertThat(s.holding()).isEmpty();
    }

    private static void happen(ConferenceScript s, SplittableRandom random, Weather weather) {
        String nick = NICKS.get(random.nextInt(NICKS.size()));
        int what = random.nextInt(16);
        boolean spared = weather == Weather.CALM && random.nextInt(8) > 0;
        if (spared && what >= 11) {
            talk(s, nick, random);
            return;
        }
        switch (what) {
            case 0, 1 -> s.input(new ConferenceInput.MemberPresent(someone(nick, random)));
            case 2 -> leave(s, nick, random);
            case 3, 4 -> discover(s, random);
            case 5, 6, 7 -> bridge(s, random);
            case 8, 9 -> s.jingle(nick, accept(s, nick, random));
            case 10 -> s.jingle(nick, request(s, nick, random));
            case 11 -> s.pass(Duration.ofMillis(random.nextInt(12_000)));
            case 12 -> fleet(s, random);
            case 13 ->
                s.input(new ConferenceInput.OfferAnswered(
                        endpoint(nick),
                        sid(s, nick, random).orElse(new SessionId("none")),
                        any(List.of(OfferAnswer.values()), random)));
            case 14 -> room(s, random);
            default -> rare(s, nick, random);
        }
    }

    /** What people do who have nothing to complain about. */
    private static void talk(ConferenceScript s, String nick, SplittableRandom random) {
        s.bridgesDo();
        Optional<SessionId> sid = s.offered(nick).map(Offer::session);
        switch (random.nextInt(5)) {
            case 0 -> s.jingle(nick, new JingleRequest.SourceRemove(sid, sources(nick, ssrc(nick, random))));
            case 1 -> s.jingle(nick, new JingleRequest.SourceAdd(sid, sources(nick, ssrc(nick, random))));
            case 2 -> iceRestart(s, nick, random);
            default ->
                s.jingle(
                        nick,
                        new JingleRequest.Accept(
                                sid, sources(nick, ssrc(nick, random)), Optional.empty(), OptionalInt.empty()));
        }
    }

    private static void iceRestart(ConferenceScript s, String nick, SplittableRandom random) {
        s.jingle(
                nick,
                new JingleRequest.IceRestart(
                        s.offered(nick).map(Offer::session), s.offered(nick).map(Offer::bridgeSession)));
        for (Effect.ModifyConference request : s.open()) {
            s.bridgeAnswers(
                    request.request(),
                    new BridgeAnswer.Modified(
                            List.of(new BridgeAnswer.EndpointAnswer(
                                    request.change().endpoints().get(0).id(),
                                    Optional.of(transport(random.nextInt(3))),
                                    OptionalInt.empty())),
                            EndpointSources.EMPTY));
        }
    }

    /** How bad a seed is. */
    private enum Weather {
        CALM,
        STORM
    }

    private static MemberPresence someone(String nick, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> ConferenceScript.unmuted(nick, MediaType.AUDIO);
            case 1 -> presence(nick, MemberRole.OWNER);
            case 2 -> presence(nick, MemberRole.VISITOR);
            default -> presence(nick);
        };
    }

    private static void leave(ConferenceScript s, String nick, SplittableRandom random) {
        boolean last = s.state().members().size() == 1;
        Departure departure = last ? Departure.SWITCHED_ROOM : any(List.of(Departure.values()), random);
        s.leaves(nick, departure);
    }

    private static void discover(ConferenceScript s, SplittableRandom random) {
        Set<Feature> rewriting = EnumSet.copyOf(MODERN);
        rewriting.add(Feature.SSRC_REWRITING);
        List<Set<Feature>> kinds = List.of(MODERN, Feature.DEFAULTS, rewriting);
        for (Effect.DiscoverFeatures asked : s.undiscovered()) {
            s.discovered(asked.id().value(), kinds.get(random.nextInt(kinds.size())));
        }
    }

    private static void bridge(ConferenceScript s, SplittableRandom random) {
        List<Effect.ModifyConference> open = new ArrayList<>(s.open());
        if (open.isEmpty()) {
            s.input(new ConferenceInput.BridgeAnswered(new RequestId(random.nextInt(50)), new BridgeAnswer.TimedOut()));
            return;
        }
        Effect.ModifyConference request = open.get(random.nextInt(3) == 0 ? random.nextInt(open.size()) : 0);
        String id = request.change().endpoints().get(0).id().value();
        BridgeAnswer answer = switch (random.nextInt(14)) {
            case 0 -> new BridgeAnswer.TimedOut();
            case 1 -> new BridgeAnswer.NotSent();
            case 2 -> new BridgeAnswer.Unusable("garbage");
            case 3 -> refused("conflict", "");
            case 4 -> unknownEndpoint(id);
            case 5 -> refused("item-not-found", random.nextBoolean() ? "" : "conference_not_found");
            case 6 -> refused("bad-request", "");
            default -> ConferenceScript.modified(request);
        };
        s.bridgeAnswers(request.request(), answer);
        if (random.nextInt(8) == 0) {
            s.input(new ConferenceInput.BridgeAnswered(request.request(), answer));
        }
    }

    private static JingleRequest accept(ConferenceScript s, String nick, SplittableRandom random) {
        return new JingleRequest.Accept(
                sid(s, nick, random),
                sources(nick, ssrc(nick, random)),
                Optional.of(transport(0)),
                OptionalInt.empty());
    }

    private static JingleRequest request(ConferenceScript s, String nick, SplittableRandom random) {
        Optional<SessionId> sid = sid(s, nick, random);
        Optional<BridgeSessionId> bridgeSession = s.offered(nick).map(Offer::bridgeSession);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new JingleRequest.SourceAdd(sid, sources(nick, ssrc(nick, random)));
            case 2 -> new JingleRequest.SourceRemove(sid, sources(nick, ssrc(nick, random)));
            case 3 -> new JingleRequest.IceRestart(sid, bridgeSession);
            case 4 -> new JingleRequest.IceFailed(sid, bridgeSession);
            case 5 ->
                new JingleRequest.Terminate(
                        sid, Optional.empty(), Optional.empty(), bridgeSession, random.nextInt(4) > 0);
            case 6 -> new JingleRequest.TransportInfo(sid, Optional.of(transport(1)));
            case 7 -> new JingleRequest.Malformed(sid, "nonsense");
            case 8 -> new JingleRequest.TransportReject(sid);
            default -> new JingleRequest.Unsupported(sid, "content-add");
        };
    }

    /** Mostly its own, sometimes somebody else's, sometimes none. */
    private static long ssrc(String nick, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> 1L << 33;
            case 1 -> 10;
            default -> 10L * (1 + NICKS.indexOf(nick)) + random.nextInt(4);
        };
    }

    private static Optional<SessionId> sid(ConferenceScript s, String nick, SplittableRandom random) {
        return random.nextInt(12) == 0
                ? Optional.of(new SessionId("wrong"))
                : s.offered(nick).map(Offer::session);
    }

    private static void fleet(ConferenceScript s, SplittableRandom random) {
        BridgeId bridge = random.nextBoolean() ? JVB1 : JVB2;
        switch (random.nextInt(6)) {
            case 0 -> s.input(new ConferenceInput.BridgeLost(bridge, BridgeLoss.REMOVED));
            case 1 -> s.input(new ConferenceInput.BridgeUsable(bridge));
            case 2 -> s.fleetSays(none());
            case 3 -> s.input(new ConferenceInput.MoveRequested(bridge, Optional.empty(), MoveCause.REQUESTED));
            case 4 ->
                s.input(new ConferenceInput.MoveRequested(
                        bridge, Optional.of(endpoint(any(NICKS, random))), MoveCause.REQUESTED));
            default -> s.fleetSays(chosen(bridge));
        }
    }

    private static void room(ConferenceScript s, SplittableRandom random) {
        if (random.nextInt(3) > 0) {
            s.requested();
            return;
        }
        if (random.nextInt(3) == 0) {
            s.input(new ConferenceInput.RoomLost(random.nextBoolean() ? RoomLoss.KICKED : RoomLoss.NOT_OWNER));
            s.pass(Duration.ofMillis(random.nextInt(5_000)));
            return;
        }
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        if (random.nextBoolean()) {
            s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        }
        s.pass(Duration.ofMillis(random.nextInt(5_000)));
        if (s.state().ended()) {
            return;
        }
        s.input(new ConferenceInput.Reconnected());
        List<MemberPresence> there = new ArrayList<>();
        for (Member member : s.state().members()) {
            if (random.nextInt(3) > 0) {
                there.add(member.presence());
            }
        }
        s.input(new ConferenceInput.RoomJoined(form(), there));
    }

    private static void rare(ConferenceScript s, String nick, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 ->
                s.input(new ConferenceInput.MuteRequested(
                        s.stanza(), endpoint(nick), Optional.of(endpoint("a")), MutedMedia.VIDEO, Optional.of(true)));
            case 1 -> s.input(new ConferenceInput.RoomJoinFailed("late"));
            case 2 -> s.input(new ConferenceInput.TimerFired(new TimerKey.SourceSignaling(endpoint(nick))));
            default -> s.input(new ConferenceInput.Reconnected());
        }
    }

    private static <T> T any(List<T> things, SplittableRandom random) {
        return things.get(random.nextInt(things.size()));
    }

    /** The faults are over: everybody who can be gets a session, then everybody leaves. */
    private static void finish(ConferenceScript s) {
        if (s.state().life().phase() == RoomPhase.DISCONNECTED) {
            s.input(new ConferenceInput.Reconnected());
        }
        if (s.state().life().phase() == RoomPhase.OUTSIDE) {
            s.pass(Duration.ofSeconds(5));
        }
        if (s.state().life().phase() == RoomPhase.REJOINING) {
            List<MemberPresence> there = new ArrayList<>();
            s.state().members().forEach(member -> there.add(member.presence()));
            s.input(new ConferenceInput.RoomJoined(form(), there));
        }
        s.fleetRecovers();
        s.input(new ConferenceInput.MemberPresent(presence("y")));
        s.input(new ConferenceInput.MemberPresent(presence("z")));
        discover(s, new SplittableRandom(1));
        s.input(new ConferenceInput.BridgeUsable(JVB1));
        for (int i = 0; i < 60 && !s.state().ended(); i++) {
            s.bridgesDo();
            s.pass(Duration.ofSeconds(1));
        }
        for (Member member : s.state().members()) {
            assertThat(member.invite().phase().name())
                    .as("%s in the end", member.id())
                    .isIn(member.visitor() ? List.of("WAITING") : List.of("OFFERED", "ACTIVE", "CLOSED"));
        }
        for (Member member : s.state().members()) {
            s.leaves(member.id().value());
        }
    }
}
