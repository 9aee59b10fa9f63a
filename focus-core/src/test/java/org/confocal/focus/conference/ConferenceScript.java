package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.state.Features;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.conference.state.RunningTimer;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeAnswer.EndpointAnswer;
import org.confocal.focus.model.BridgeAnswer.RelayAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeRequest.EndpointRequest;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.focus.model.BridgeRequest.Transport;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.JingleRequest;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * Drives one conference machine by hand. Every input goes to two machines: one that keeps its state, and a fresh one that
 * reads the state as it was written out; they must answer the same. After every step the invariants hold, timers are
 * those in the state, nothing is sent to who has left, and a request that was received is answered once.
 */
final class ConferenceScript {
    static final RoomId ROOM = new RoomId("standup@muc.example.org");
    static final BridgeId JVB1 = new BridgeId("jvbbrewery@internal.example.org/jvb1");
    static final BridgeId JVB2 = new BridgeId("jvbbrewery@internal.example.org/jvb2");
    static final BridgeId JVB3 = new BridgeId("jvbbrewery@internal.example.org/jvb3");
    static final EndpointSources FEEDBACK = new EndpointSources(
            List.of(new Source(
                    new Ssrc(1),
                    MediaType.AUDIO,
                    Optional.of("jvb-a0"),
                    Optional.of("mixedmslabel mixedlabelaudio0"),
                    VideoType.CAMERA)),
            List.of());
    /** SSRC rewriting left out, so that sources can be seen to travel. */
    static final Set<Feature> MODERN = Set.copyOf(EnumSet.of(
            Feature.AUDIO,
            Feature.VIDEO,
            Feature.RTX,
            Feature.TCC,
            Feature.JSON_SOURCES,
            Feature.START_MUTED_ROOM_METADATA));

    private static final Instant BEGIN = Instant.parse("2026-03-01T09:00:00Z");

    private final ConferenceConfig config;
    private final CascadeConfig cascades;
    private final ConferenceMachine machine;
    private final Map<RequestId, Effect.ModifyConference> unanswered = new LinkedHashMap<>();
    private final Map<EndpointId, Offer> offers = new HashMap<>();
    private final Map<EndpointId, Effect.DiscoverFeatures> discoveries = new HashMap<>();
    private final Set<TimerKey> timers = new HashSet<>();
    private final Deque<Selection> selections = new ArrayDeque<>();
    private final Deque<Duration> postponements = new ArrayDeque<>();
    private final Set<String> reserved = new HashSet<>();
    private final List<Effect> last = new ArrayList<>();
    private final List<Effect> all = new ArrayList<>();

    private ConferenceState state;
    private final RecordMap kept = new RecordMap();
    private ConferenceRecords records = new ConferenceRecords();
    private Instant now = BEGIN;
    private Optional<MeetingId> claimed = Optional.empty();
    private int nextStanza = 1;

    ConferenceScript() {
        this(ConferenceConfig.DEFAULTS);
    }

    ConferenceScript(ConferenceConfig config) {
        this(config, CascadeConfig.FULL_MESH);
    }

    ConferenceScript(ConferenceConfig config, CascadeConfig cascades) {
        this.config = config;
        this.cascades = cascades;
        machine = new ConferenceMachine(config, cascades);
        state = ConferenceState.initial(ROOM, 7, now);
    }

    // What happens.

    /** One input, and the answers of the fleet that follow at once. Returns what the conference does about it. */
    List<String> input(ConferenceInput input) {
        last.clear();
        step(input);
        return lines();
    }

    List<String> requested() {
        return requested(Map.of());
    }

    List<String> requested(Map<String, String> properties) {
        return input(new ConferenceInput.Requested(new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(stanza()),
                ROOM,
                Optional.of(new Jid("someone@example.org/x")),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                properties)));
    }

    /** Requested and joined, nobody there yet. */
    ConferenceScript inRoom() {
        return inRoom(Map.of());
    }

    ConferenceScript inRoom(Map<String, String> properties) {
        requested(properties);
        input(new ConferenceInput.RoomJoined(form(), List.of()));
        return this;
    }

    static RoomForm form() {
        return new RoomForm(Optional.of(new MeetingId("meeting-1")), false, Optional.empty(), false);
    }

    List<String> joins(String id) {
        return joins(presence(id), MODERN);
    }

    List<String> joins(MemberPresence presence, Set<Feature> features) {
        List<String> lines = new ArrayList<>(input(new ConferenceInput.MemberPresent(presence)));
        lines.addAll(discovered(presence.id().value(), features));
        return lines;
    }

    List<String> discovered(String id, Set<Feature> features) {
        Effect.DiscoverFeatures asked = Optional.ofNullable(discoveries.get(endpoint(id)))
                .orElseThrow(() -> new AssertionError("nobody asked for the features of " + id));
        return input(new ConferenceInput.FeaturesDiscovered(asked.request(), endpoint(id), features));
    }

    List<String> leaves(String id) {
        return leaves(id, Departure.LEFT);
    }

    List<String> leaves(String id, Departure departure) {
        return input(new ConferenceInput.MemberLeft(endpoint(id), departure));
    }

    /** The bridge does what the oldest unanswered request for that endpoint says. */
    List<String> bridgeDoes(String id) {
        return bridgeAnswers(id, modified(request(id)));
    }

    List<String> bridgeAnswers(String id, BridgeAnswer answer) {
        return bridgeAnswers(request(id).request(), answer);
    }

    List<String> bridgeAnswers(RequestId request, BridgeAnswer answer) {
        unanswered.remove(request);
        return input(new ConferenceInput.BridgeAnswered(request, answer));
    }

    /** Every request that is open is done; what follows is not. */
    void bridgesDo() {
        for (Effect.ModifyConference request : List.copyOf(unanswered.values())) {
            bridgeAnswers(request.request(), modified(request));
        }
    }

    List<String> jingle(String from, JingleRequest request) {
        return input(new ConferenceInput.JingleReceived(stanza(), endpoint(from), request));
    }

    List<String> accepts(String id, long... ssrcs) {
        return jingle(
                id,
                new JingleRequest.Accept(
                        Optional.of(sid(id)), sources(id, ssrcs), Optional.of(transport(0)), OptionalInt.of(20)));
    }

    /** Joined, invited, on the bridge, and accepted. */
    ConferenceScript active(String id, long... ssrcs) {
        joins(id);
        bridgesDo();
        accepts(id, ssrcs);
        bridgesDo();
        return this;
    }

    /** A whole conference of two that talk, {@code a} sending 11 and {@code b} sending 21. */
    ConferenceScript twoTalk() {
        inRoom();
        joins("a");
        joins("b");
        bridgesDo();
        accepts("a", 11);
        accepts("b", 21);
        bridgesDo();
        return this;
    }

    /** Time passes; timers fire when they are due. Returns what the conference does about it all. */
    List<String> pass(Duration time) {
        Instant until = now.plus(time);
        List<String> lines = new ArrayList<>();
        Optional<RunningTimer> next = due(until);
        while (next.isPresent()) {
            RunningTimer timer = next.get();
            now = timer.due().isAfter(now) ? timer.due() : now;
            timers.remove(timer.key());
            lines.addAll(input(new ConferenceInput.TimerFired(timer.key())));
            next = due(until);
        }
        now = until;
        return lines;
    }

    /** The fleet's next answers, in this order; then it is jvb1 again. */
    ConferenceScript fleetSays(Selection... answers) {
        selections.addAll(List.of(answers));
        return this;
    }

    /** The fleet has no time for the next urgent ones before so long. */
    ConferenceScript fleetPostpones(Duration... waits) {
        postponements.addAll(List.of(waits));
        return this;
    }

    static Selection chosen(BridgeId bridge) {
        return new Selection.Chosen(
                bridge,
                Optional.of(new Region("us-east")),
                Optional.of(bridge.nick()),
                new Selection.Explanation("fake", "first", List.of(), List.of()));
    }

    static Selection none() {
        return new Selection.None(
                Selection.Refusal.NO_BRIDGES, new Selection.Explanation("fake", "none", List.of(), List.of()));
    }

    // What is seen.

    /** What the last input led to. */
    List<String> lines() {
        return EffectLines.of(last);
    }

    <E extends Effect> List<E> effects(Class<E> kind) {
        return last.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** All effects of that kind since the beginning. */
    <E extends Effect> List<E> allEffects(Class<E> kind) {
        return all.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** How often something was counted since the beginning. */
    long counted(ConferenceCounter counter) {
        return all.stream().filter(new Effect.Count(counter)::equals).count();
    }

    /** How often a Jingle action was counted since the beginning. */
    long counted(Effect.Direction direction, String action) {
        return all.stream()
                .filter(new Effect.CountJingle(direction, action)::equals)
                .count();
    }

    /** At which pace the fleet was asked, by endpoint, since the beginning. */
    List<String> paces() {
        return allEffects(Effect.SelectBridge.class).stream()
                .map(select -> select.selection().endpoint() + " " + select.pace())
                .toList();
    }

    /** What the fleet was asked last. */
    SelectionRequest lastSelection() {
        return allEffects(Effect.SelectBridge.class).getLast().selection();
    }

    ConferenceState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    Member member(String id) {
        return state.members().get(endpoint(id)).orElseThrow(() -> new AssertionError(id + " is not there"));
    }

    String phase(String id) {
        return member(id).invite().phase().name();
    }

    /** The session that was last offered. */
    SessionId sid(String id) {
        return offer(id).session();
    }

    BridgeSessionId bridgeSession(String id) {
        return offer(id).bridgeSession();
    }

    Offer offer(String id) {
        return Optional.ofNullable(offers.get(endpoint(id))).orElseThrow(() -> new AssertionError("no offer to " + id));
    }

    /** The oldest unanswered request to a bridge about its relay to another. */
    Effect.ModifyConference relayRequest(BridgeId at, BridgeId peer) {
        return unanswered.values().stream()
                .filter(request -> request.bridge().equals(at))
                .filter(request -> request.change()
                        .relay()
                        .filter(relay -> relay.id().equals(peer.nick()))
                        .isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("no request to " + at + " about " + peer));
    }

    /** The oldest unanswered request about that endpoint. */
    Effect.ModifyConference request(String id) {
        return unanswered.values().stream()
                .filter(request -> request.change().endpoints().stream()
                        .anyMatch(each -> each.id().equals(endpoint(id))))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no request about " + id));
    }

    /** What was offered to somebody last, if anything ever was. */
    Optional<Offer> offered(String id) {
        return Optional.ofNullable(offers.get(endpoint(id)));
    }

    /** Requests to bridges that wait for an answer, oldest first. */
    List<Effect.ModifyConference> open() {
        return List.copyOf(unanswered.values());
    }

    /** Questions about features that were asked and not answered. */
    List<Effect.DiscoverFeatures> undiscovered() {
        return discoveries.values().stream()
                .filter(asked -> state.members()
                        .get(asked.id())
                        .filter(member -> member.features().equals(new Features.Asked(asked.request())))
                        .isPresent())
                .toList();
    }

    /** The fleet has nothing to say but jvb1 from now on. */
    void fleetRecovers() {
        selections.clear();
    }

    /** What was reserved and not given back, as {@code endpoint at bridge}. */
    Set<String> holding() {
        return reserved;
    }

    int unansweredRequests() {
        return unanswered.size();
    }

    // Values.

    static EndpointId endpoint(String id) {
        return new EndpointId(id);
    }

    static MemberPresence presence(String id) {
        return presence(id, MemberRole.PARTICIPANT);
    }

    static MemberPresence presence(String id, MemberRole role) {
        return new MemberPresence(
                endpoint(id),
                Optional.of(new Jid(id + "@example.org/web")),
                role,
                Optional.of(new Caps("https://jitsi.org/jitsi-meet", "v1")),
                Optional.of(new Region("us-east")),
                Optional.of("Stats-" + id),
                false,
                false,
                List.of("vp8"),
                false,
                Set.of());
    }

    static MemberPresence unmuted(String id, MediaType media) {
        MemberPresence p = presence(id);
        return new MemberPresence(
                p.id(),
                p.realJid(),
                p.role(),
                p.caps(),
                p.region(),
                p.statsId(),
                media == MediaType.AUDIO,
                media == MediaType.VIDEO,
                p.codecs(),
                p.diarize(),
                p.claims());
    }

    /** Audio sources, one name and msid each. */
    static EndpointSources sources(String owner, long... ssrcs) {
        List<Source> sources = new ArrayList<>();
        for (long ssrc : ssrcs) {
            sources.add(source(owner, MediaType.AUDIO, ssrc));
        }
        return new EndpointSources(sources, List.of());
    }

    static Source source(String owner, MediaType media, long ssrc) {
        return new Source(
                new Ssrc(ssrc),
                media,
                Optional.of(owner + "-a" + ssrc),
                Optional.of(owner + "-stream-" + ssrc + " track-" + ssrc),
                VideoType.CAMERA);
    }

    static IceTransport transport(int generation) {
        return new IceTransport(
                Optional.of("ufrag"),
                Optional.of("pwd"),
                true,
                List.of(),
                List.of(),
                List.of("wss://jvb1.example.org/x"),
                generation == 0 ? OptionalInt.empty() : OptionalInt.of(generation));
    }

    static BridgeAnswer.Refused refused(String condition, String reason) {
        return new BridgeAnswer.Refused(
                condition, reason.isEmpty() ? Optional.empty() : Optional.of(reason), Optional.empty(), "");
    }

    static BridgeAnswer.Refused unknownEndpoint(String id) {
        return new BridgeAnswer.Refused(
                "item-not-found", Optional.of("unknown_endpoint"), Optional.of(endpoint(id)), "");
    }

    /** What a bridge answers that does as it is told. */
    static BridgeAnswer modified(Effect.ModifyConference request) {
        List<EndpointAnswer> answers = new ArrayList<>();
        EndpointSources feedback = EndpointSources.EMPTY;
        for (EndpointRequest endpoint : request.change().endpoints()) {
            boolean create = endpoint.lifecycle() == Lifecycle.CREATE;
            boolean sctp = endpoint.transport().equals(Optional.of(new Transport.Allocate(true)));
            answers.add(new EndpointAnswer(
                    endpoint.id(),
                    create ? Optional.of(transport(0)) : Optional.empty(),
                    sctp ? OptionalInt.of(5000) : OptionalInt.empty()));
            if (create) {
                feedback = FEEDBACK;
            }
        }
        List<RelayAnswer> relays = request.change().relay().stream()
                .map(relay -> new RelayAnswer(
                        relay.id(),
                        relay.create().map(create -> relayTransport(request.bridge(), relay.id(), "actpass"))))
                .toList();
        return new BridgeAnswer.Modified(answers, relays, feedback);
    }

    /** The transport of a bridge's end of a link to a peer. */
    static IceTransport relayTransport(BridgeId at, String peer, String setup) {
        return new IceTransport(
                Optional.of("ufrag-" + at.nick() + "-" + peer),
                Optional.of("pwd"),
                true,
                List.of(new IceTransport.Fingerprint("sha-256", Optional.of(setup), false, false, "AB:CD")),
                List.of(),
                List.of("wss://" + at.nick() + ".example.org/" + peer),
                OptionalInt.empty());
    }

    StanzaRef stanza() {
        return new StanzaRef(
                new Jid("standup@muc.example.org/x"), new Jid("focus@auth.example.org/focus"), "iq" + nextStanza++);
    }

    /** Every second time the next writer is one that has read what this one wrote. */
    private ConferenceState keptAndRead() {
        records.write(state, kept);
        ConferenceRecords reader = new ConferenceRecords();
        ConferenceState read = reader.read(kept);
        assertThat(read).as("the state read back").isEqualTo(state);
        if (all.size() % 2 == 0) {
            records = reader;
        }
        return read;
    }

    // One step, and what must be true of every step.

    private void step(ConferenceInput input) {
        Step<ConferenceState> fresh = new ConferenceMachine(config, cascades).step(keptAndRead(), input, now);
        Step<ConferenceState> step = machine.step(state, input, now);
        assertThat(fresh.effects()).as("effects after reading the state back").isEqualTo(step.effects());
        assertThat(fresh.state()).as("state after reading the state back").isEqualTo(step.state());
        state = step.state();
        last.addAll(step.effects());
        all.addAll(step.effects());
        step.effects().forEach(this::carryOut);
        assertThat(ConferenceInvariants.check(state)).as("after %s", input).isEmpty();
        assertThat(timers).as("timers after %s", input).isEqualTo(state.timers().keys());
        checkAnsweredOnce(input, step.effects());
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.SelectBridge select
                    && select.pace() == Pace.URGENT
                    && !postponements.isEmpty()) {
                step(new ConferenceInput.SelectionPostponed(select.request(), postponements.remove(), Pace.FREE));
            } else if (effect instanceof Effect.SelectBridge select) {
                Selection answer = Optional.ofNullable(selections.poll()).orElseGet(() -> chosen(JVB1));
                if (answer instanceof Selection.Chosen choice) {
                    String place = select.selection().endpoint() + " at " + choice.bridge();
                    assertThat(reserved.add(place)).as("%s is new", place).isTrue();
                }
                step(new ConferenceInput.BridgeSelected(select.request(), answer));
            }
        }
    }

    private void carryOut(Effect effect) {
        if (effect instanceof Effect.ReleaseEndpoint release) {
            assertThat(reserved.remove(release.id() + " at " + release.bridge()))
                    .as("%s was reserved", release)
                    .isTrue();
        } else if (effect instanceof Effect.ClaimMeetingId claim) {
            claimed = Optional.of(claim.id());
        } else if (effect instanceof Effect.StartTimer start) {
            timers.add(start.key());
        } else if (effect instanceof Effect.CancelTimer cancel) {
            assertThat(timers.remove(cancel.key())).as("%s runs", cancel.key()).isTrue();
        } else if (effect instanceof Effect.ModifyConference modify) {
            BridgeRequest change = modify.change();
            assertThat(change.meeting()).isEqualTo(claimed.orElseThrow());
            if (!change.expire()) {
                unanswered.put(modify.request(), modify);
            }
        } else if (effect instanceof Effect.SendOffer offer) {
            assertPresent(offer.id());
            offers.put(offer.id(), offer.offer());
        } else if (effect instanceof Effect.DiscoverFeatures discover) {
            assertPresent(discover.id());
            discoveries.put(discover.id(), discover);
        } else if (effect instanceof Effect.SendSourceAdd add) {
            assertPresent(add.id());
        } else if (effect instanceof Effect.SendSourceRemove remove) {
            assertPresent(remove.id());
        } else if (effect instanceof Effect.SendTerminate terminate) {
            assertPresent(terminate.id());
        }
    }

    private void assertPresent(EndpointId id) {
        assertThat(state.members().contains(id)).as("%s is in the room", id).isTrue();
    }

    private static void checkAnsweredOnce(ConferenceInput input, List<Effect> effects) {
        Optional<StanzaRef> received = Optional.empty();
        if (input instanceof ConferenceInput.JingleReceived jingle) {
            received = Optional.of(jingle.stanza());
        } else if (input instanceof ConferenceInput.MuteRequested mute) {
            received = Optional.of(mute.stanza());
        }
        List<StanzaRef> answered = new ArrayList<>();
        for (Effect effect : effects) {
            if (effect instanceof Effect.Acknowledge ok) {
                answered.add(ok.stanza());
            } else if (effect instanceof Effect.Refuse refuse) {
                answered.add(refuse.stanza());
            }
        }
        assertThat(answered).isEqualTo(received.stream().toList());
    }

    private Optional<RunningTimer> due(Instant until) {
        Optional<RunningTimer> first = Optional.empty();
        for (RunningTimer timer : state.timers()) {
            boolean earlier =
                    first.isEmpty() || timer.due().isBefore(first.get().due());
            if (!timer.due().isAfter(until) && earlier) {
                first = Optional.of(timer);
            }
        }
        return first;
    }
}
