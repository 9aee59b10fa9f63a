package org.confocal.health;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.Durations;
import org.confocal.focus.view.Explanations;
import org.confocal.focus.view.FleetCounter;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusMeasures;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.confocal.focus.view.Timing;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;

/** A focus whose every figure a test sets. Not for two writers at once; the server may read at any time. */
final class FocusViewFake implements FocusView, FocusControl {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    volatile Instant at = NOW;
    volatile boolean connected = true;
    volatile Optional<RuntimeException> failure = Optional.empty();
    final AtomicInteger snapshots = new AtomicInteger();
    volatile boolean breweryJoined = true;
    volatile Optional<String> breakoutService = Optional.empty();
    volatile List<FocusSnapshot.Conference> conferences = List.of();
    volatile List<FocusSnapshot.Bridge> bridges = List.of();
    volatile Map<ConferenceCounter, Long> counters = Map.of();
    volatile Map<FleetCounter, Long> fleetCounters = Map.of();
    volatile SortedMap<String, Long> jingleSent = new TreeMap<>();
    volatile SortedMap<String, Long> jingleReceived = new TreeMap<>();
    volatile Function<ConferenceRequest, CompletionStage<ConferenceReply>> answering =
            request -> CompletableFuture.completedStage(new ConferenceAnswer(
                    request.room(), true, Map.of("authentication", "false", "visitors-supported", "false")));
    final List<ConferenceRequest> requests = new CopyOnWriteArrayList<>();

    /** One healthy bridge, and no conference. */
    static FocusViewFake healthy() {
        FocusViewFake focus = new FocusViewFake();
        focus.bridges = List.of(bridge("jvb1", REPORT));
        return focus;
    }

    /** Two bridges, three conferences, and a different number in every counter. */
    static FocusViewFake busy() {
        FocusViewFake focus = new FocusViewFake();
        focus.bridges = List.of(bridge("jvb1", REPORT), bridge("jvb2", leaving(REPORT)));
        focus.conferences =
                List.of(conference("beta", 3, 3, 1), conference("alpha", 4, 4, 0), conference("new", 1, 0, 0));
        Map<ConferenceCounter, Long> counters = new LinkedHashMap<>();
        for (ConferenceCounter counter : ConferenceCounter.values()) {
            counters.put(counter, 100L + counters.size());
        }
        focus.counters = counters;
        Map<FleetCounter, Long> fleet = new LinkedHashMap<>();
        for (FleetCounter counter : FleetCounter.values()) {
            fleet.put(counter, 200L + fleet.size());
        }
        focus.fleetCounters = fleet;
        focus.jingleSent = new TreeMap<>(Map.of("SESSION_INITIATE", 7L, "SOURCEADD", 12L));
        focus.jingleReceived = new TreeMap<>(Map.of("SESSION_ACCEPT", 6L));
        return focus;
    }

    static final BridgeReport REPORT = new BridgeReport(
            OptionalDouble.of(0.25),
            OptionalDouble.of(4_000),
            OptionalDouble.of(8_500),
            OptionalDouble.empty(),
            Optional.of(false),
            Optional.of(false),
            Optional.of(false),
            Optional.of(true),
            Optional.of("2.3"),
            Optional.empty(),
            Optional.of(new Region("eu-west")),
            Optional.of("relay-1"));

    static BridgeReport leaving(BridgeReport report) {
        return new BridgeReport(
                report.stressLevel(),
                report.packetRateDownload(),
                report.packetRateUpload(),
                report.averageParticipantStress(),
                report.drain(),
                Optional.of(true),
                report.shuttingDown(),
                report.healthy(),
                report.version(),
                Optional.of("92"),
                report.region(),
                report.relayId());
    }

    static FocusSnapshot.Bridge bridge(String nick, BridgeReport report) {
        return bridge(nick, report, true);
    }

    static FocusSnapshot.Bridge bridge(String nick, BridgeReport report, boolean operational) {
        BridgeSnapshot snapshot = new BridgeSnapshot(
                new BridgeId("jvbbrewery@internal-muc.example.org/" + nick), NOW, NOW, report, BridgeCondition.GOOD);
        return new FocusSnapshot.Bridge(snapshot, 0.25, 0.31, operational, false, 5, 2, 3, 4, OptionalInt.of(40));
    }

    static FocusSnapshot.Conference conference(String name, int members, int participants, int visitors) {
        return new FocusSnapshot.Conference(
                new RoomId(name + "@muc.example.org"),
                Optional.of(new MeetingId("meeting-" + name)),
                NOW,
                members,
                participants,
                visitors,
                1);
    }

    /** What was asked for, one line each. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    final DrainsFake drains = new DrainsFake();

    @Override
    public DrainControl drains() {
        return drains;
    }

    volatile Moved moved = new Moved.Begun(3, 2);

    @Override
    public Moved moveEndpoint(RoomId conference, EndpointId endpoint, Optional<String> bridge) {
        asked.add("move " + endpoint + " of " + conference + " from " + bridge.orElse("anywhere"));
        return moved;
    }

    @Override
    public Moved moveEndpoints(String bridge, Optional<RoomId> conference, int most) {
        asked.add("move " + most + " of " + conference.map(RoomId::value).orElse("all") + " from " + bridge);
        return moved;
    }

    @Override
    public Moved moveFraction(String bridge, double fraction) {
        asked.add("move " + fraction + " from " + bridge);
        return moved;
    }

    @Override
    public boolean pin(RoomId conference, String version, Duration duration) {
        asked.add("pin " + conference + " to " + version + " for " + duration);
        return true;
    }

    @Override
    public void unpin(RoomId conference) {
        asked.add("unpin " + conference);
    }

    @Override
    public List<Pin> pins() {
        return List.of(new Pin(new RoomId("alpha@muc.example.org"), "2.3-92", NOW));
    }

    @Override
    public FocusSnapshot snapshot() {
        snapshots.incrementAndGet();
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return new FocusSnapshot(
                at,
                connected,
                breweryJoined,
                conferences,
                bridges,
                1,
                21,
                11,
                10,
                1234.5,
                4321.25,
                counters,
                fleetCounters,
                jingleSent,
                jingleReceived,
                2,
                4,
                5,
                3,
                6,
                8,
                9);
    }

    @Override
    public Optional<String> breakoutService() {
        return breakoutService;
    }

    @Override
    public FocusMeasures measures() {
        List<Long> counts = new ArrayList<>(Collections.nCopies(Durations.BOUNDS.size() + 1, 0L));
        counts.set(3, 2L);
        counts.set(Durations.BOUNDS.size(), 1L);
        Durations some = new Durations(counts, 30.08);
        return new FocusMeasures(
                Map.of(
                        Timing.CONFERENCE_REQUEST, some,
                        Timing.JOIN_TO_OFFER, some,
                        Timing.BRIDGE_RESPONSE, some),
                Map.of(Selection.Refusal.NONE_OPERATIONAL, 7L),
                Map.of(StanzaError.Condition.NOT_AUTHORIZED, 4L));
    }

    @Override
    public Optional<Map<String, Object>> conferenceDebug(RoomId room) {
        return conferences.stream()
                .filter(conference -> conference.room().equals(room))
                .findFirst()
                .map(conference -> Map.of("name", room.value(), "participant_count", conference.participants()));
    }

    final ExplanationsFake explanations = new ExplanationsFake();

    @Override
    public Explanations explanations() {
        return explanations;
    }

    @Override
    public CompletionStage<ConferenceReply> request(ConferenceRequest request) {
        requests.add(request);
        return answering.apply(request);
    }
}
