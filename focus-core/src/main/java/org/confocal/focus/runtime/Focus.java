package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.authentication.AuthenticationMachine.Place;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.state.Randomness;
import org.confocal.focus.fleet.BridgeFleet;
import org.confocal.focus.fleet.FleetListener;
import org.confocal.focus.fleet.GuardedPolicy;
import org.confocal.focus.fleet.MoveOrder;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Requester;
import org.confocal.focus.port.FocusInbox;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.serial.Cell;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.Explanations;
import org.confocal.focus.view.FocusControl;
import org.confocal.focus.view.FocusMeasures;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionPipeline;

/**
 * A focus: its conferences and its fleet, between the adapters that tell it what happened and the ports that carry out what it
 * wants. Called from any thread; everything but {@link #stop} returns at once.
 *
 * <p>Life: make the ports (adapters, not connected yet), make the focus with them, hand it to the adapters as their inbox, let
 * them connect. In the end {@link #stop} the focus, then close the adapters, then the threads. There may be several in one
 * process.
 */
public final class Focus implements FocusInbox, FocusView, FocusControl {
    private final FocusEnvironment environment;
    private final FocusCounters counters;
    private final HttpRequests http;
    private final BridgeFleet fleet;
    private final ConferenceEdge edge;
    private final ConferenceRegistry conferences;
    private final Optional<AuthenticationAuthority> authority;
    private final Cell<Optional<String>> breakoutRooms = new Cell<>(Optional.empty());
    private final Moves moves;
    private final Explanations explanations;
    private final MovePlanner planner;
    private final Restoration<?> restoration;
    private final Pins pins;
    private final AtomicBoolean connected = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();

    /**
     * A focus without conferences and bridges, not connected.
     *
     * @param model the kind of conferences it runs
     */
    public <S> Focus(FocusConfig config, ConferenceModel<S> model, FocusPorts ports, FocusEnvironment environment) {
        this.environment = environment;
        this.pins = new Pins(environment.journal());
        this.counters = new FocusCounters(environment.clock().instant());
        Map<String, String> properties = AuthenticationAuthority.properties(config.authentication());
        this.http = new HttpRequests(environment, config.limits(), properties);
        SelectionPipeline pipeline = new SelectionPipeline(
                config.selection(), config.strategy(), new GuardedPolicy(config.policy(), counters.policyFailures));
        this.fleet = new BridgeFleet(
                FleetSnapshot.empty(config.fleet()),
                pipeline::select,
                config.bridges(),
                config.limits().bridges(),
                config.limits().decisions(),
                ports.bridges(),
                new ToConferences(),
                environment.clock(),
                environment.workers(),
                environment.scheduler(),
                environment.journal(),
                counters.inputsDropped);
        this.edge = new ConferenceEdge(
                ports, fleet, new MeetingClaims(), http, properties, counters, environment, config.limits());
        Seeds seeds = new Seeds(environment.seeds().nextLong());
        RunNumbers runs = new RunNumbers(seeds.next());
        this.conferences = new ConferenceRegistry(
                edge,
                (room, listener) -> ConferenceActor.fresh(
                        room,
                        model,
                        seeds.next(),
                        new ConferenceJournal.Run(
                                runs.next(),
                                pins.version(room, environment.clock().instant())),
                        edge,
                        listener),
                this::conferenceEnded);
        this.restoration = new Restoration<>(model, seeds::next, edge, conferences);
        this.authority =
                config.authentication().map(there -> new AuthenticationAuthority(there, edge, conferences::requested));
        boolean cascades = config.selection().octoEnabled()
                && config.strategy().reach() == BridgeSelectionStrategy.Reach.MANY_BRIDGES;
        this.explanations = new FocusExplanations(fleet, conferences, environment.clock());
        this.moves = new Moves(
                conferences,
                fleet,
                environment.clock(),
                cascades,
                config.selection().allowMixedVersions());
        this.planner = new MovePlanner(
                config.bridges().plannedMoves(),
                conferences,
                fleet,
                pipeline,
                environment.clock(),
                environment.workers());
    }

    /** A focus with real conferences. */
    public static Focus of(FocusConfig config, FocusPorts ports, FocusEnvironment environment) {
        return new Focus(config, new ConferenceMachineModel(config.conference()), ports, environment);
    }

    /** Seeds for conferences: drawn from any thread, which the generator that a focus is given need not stand. */
    private static final class Seeds {
        /** 2^64 divided by the golden ratio, odd: consecutive multiples are as far apart as can be (SplitMix64's step). */
        private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

        private final AtomicLong last;

        Seeds(long first) {
            last = new AtomicLong(first);
        }

        long next() {
            // Not the bare multiples: conferences draw by the same step, so each would draw what the one before it
            // draws
            // next, and their ids would be the same.
            return new Randomness(last.getAndAdd(STEP)).value();
        }
    }

    private final class ToConferences implements FleetListener {
        @Override
        public void bridgeLost(BridgeId bridge, BridgeLoss loss) {
            conferences.tellAll(new ConferenceInput.BridgeLost(bridge, loss));
        }

        @Override
        public void move(MoveOrder order) {
            conferences.tell(
                    order.room(),
                    new ConferenceInput.MoveRequested(order.from(), order.who(), order.to(), order.cause()));
        }

        @Override
        public void relieve(BridgeId bridge, int people) {
            // It looks at every conference: too long for the mailbox that hears of every bridge.
            environment.workers().execute(() -> moves.relieve(bridge, people));
        }

        @Override
        public void plan() {
            planner.plan();
        }

        @Override
        public void drain(String drain, BridgeId bridge, int people) {
            environment.workers().execute(() -> fleet.drains().told(drain, people, moves.drain(bridge, people)));
        }

        @Override
        public void bridgeUsable(BridgeId bridge) {
            conferences.tellAll(new ConferenceInput.BridgeUsable(bridge));
        }
    }

    /**
     * Takes up the bridges and conferences that the process before this one left in the journal. Once, before the adapters
     * connect; the adapters know of the rooms and requests then. Where nothing was left nothing happens.
     */
    public Restored restore() {
        List<BridgeId> bridges = fleet.restore();
        Restored restored = restoration.restore(bridges);
        if (restored.conferences() > 0 || !bridges.isEmpty()) {
            connected.set(true);
        }
        return restored;
    }

    /** The connections are this process' now: what had been asked and not answered is asked. Once, after {@link #restore}. */
    public void goOn(Farewell farewell) {
        restoration.goOn(farewell);
    }

    /** How the process before this one ended. */
    public enum Farewell {
        /** It handed over: bridges had no time to lose anything unnoticed. */
        HANDED_OVER,
        /** It died: each bridge is asked whether it still has its conferences. */
        DIED
    }

    /**
     * What was taken up.
     *
     * @param lost conferences whose records could not be read: their rooms are left, and joined again for new ones
     */
    public record Restored(int conferences, int lost, List<BridgeId> bridges) {
        public Restored {
            bridges = List.copyOf(bridges);
        }
    }

    /**
     * Ends all conferences: bridges expire them, rooms are left. Requests that come meanwhile are answered {@code ready=false}.
     * Waits, so it is not called on a worker. Safe to call twice.
     *
     * @param patience how long to wait
     * @return how many conferences had not ended by then; 0 is the rule
     */
    public int stop(Duration patience) throws InterruptedException {
        stopped.set(true);
        fleet.stop();
        try {
            conferences.stopAll().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return conferences.all().size();
        } catch (ExecutionException e) {
            throw new IllegalStateException("ending conferences cannot fail as a whole", e);
        }
        return 0;
    }

    @Override
    public void requested(ConferenceRequest request) {
        counters.conferenceRequests.increment();
        // Jicofo starts the conference even while it is not connected; we do not, because it could not join the room,
        // and the
        // client asks again anyway.
        if (!connected.get() || stopped.get()) {
            edge.answerNotReady(request, Optional.empty());
        } else if (authority.isPresent()) {
            boolean breakout =
                    breakoutRooms.get().filter(request.room().domain()::equals).isPresent();
            authority.get().requested(request, breakout ? Place.BREAKOUT_ROOM : Place.ROOM);
        } else {
            conferences.requested(request, new Requester.Anybody());
        }
    }

    @Override
    public boolean asked(AuthenticationRequest request) {
        authority.ifPresent(there -> there.asked(request));
        return authority.isPresent();
    }

    @Override
    public void breakoutRooms(Optional<String> domain) {
        breakoutRooms.set(domain);
    }

    private void conferenceEnded(RoomId room) {
        authority.ifPresent(there -> there.ended(room));
    }

    @Override
    public boolean happened(RoomId room, ConferenceInput input) {
        return conferences.tell(room, input);
    }

    @Override
    public void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed) {
        fleet.bridgeReported(bridge, report, malformed);
    }

    @Override
    public void bridgeLeft(BridgeId bridge) {
        fleet.bridgeLeft(bridge);
    }

    @Override
    public void bridgeChecked(BridgeId bridge, HealthAnswer answer) {
        fleet.bridgeChecked(bridge, answer);
    }

    @Override
    public void breweryJoined(boolean joined) {
        fleet.breweryJoined(joined);
    }

    @Override
    public void connection(ConnectionState state) {
        switch (state) {
            case CONNECTED -> {
                // A fresh stream without a word about the old one: its rooms are gone all the same.
                disconnected();
                connected.set(true);
                conferences.tellAll(new ConferenceInput.Reconnected());
                restoration.connected();
            }
            case RESUMED -> {
                connected.set(true);
                // Only who heard of a loss and not of the return does something with it.
                conferences.tellAll(new ConferenceInput.Reconnected());
                restoration.connected();
            }
            case DISCONNECTED -> disconnected();
        }
    }

    private void disconnected() {
        if (connected.getAndSet(false)) {
            counters.xmppDisconnects.increment();
            conferences.tellAll(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        }
    }

    @Override
    public CompletionStage<ConferenceReply> request(ConferenceRequest request) {
        return http.ask(request, this::requested);
    }

    @Override
    public Moved moveEndpoint(RoomId conference, EndpointId endpoint, Optional<String> bridge) {
        return moves.endpoint(conference, endpoint, bridge);
    }

    @Override
    public Moved moveEndpoints(String bridge, Optional<RoomId> conference, int most) {
        return moves.endpoints(bridge, conference, most);
    }

    @Override
    public Moved moveFraction(String bridge, double fraction) {
        return moves.fraction(bridge, fraction);
    }

    @Override
    public boolean pin(RoomId conference, String version, Duration duration) {
        return pins.add(conference, version, duration, environment.clock().instant());
    }

    @Override
    public void unpin(RoomId conference) {
        pins.remove(conference);
    }

    @Override
    public List<Pin> pins() {
        return pins.all(environment.clock().instant());
    }

    @Override
    public DrainControl drains() {
        return fleet.drains();
    }

    @Override
    public Optional<Map<String, Object>> conferenceDebug(RoomId room) {
        return conferences.find(room).map(ConferenceActor::debug);
    }

    @Override
    public Explanations explanations() {
        return explanations;
    }

    @Override
    public FocusSnapshot snapshot() {
        Instant now = environment.clock().instant();
        return new FocusSnapshot(
                now,
                connected.get(),
                fleet.isBreweryJoined(),
                conferences.all().stream()
                        .<FocusSnapshot.Conference>map(ConferenceActor::summary)
                        .toList(),
                fleet.view(),
                fleet.lostBridges(),
                counters.conferenceRequests.sum(),
                counters.conferenceRequestsNew.sum(),
                counters.conferencesCreated.sum(),
                counters.conferences.seconds(now),
                counters.endpoints.seconds(now),
                counters.byCounter(),
                fleet.counters(),
                counters.jingle(Effect.Direction.SENT),
                counters.jingle(Effect.Direction.RECEIVED),
                counters.xmppDisconnects.sum(),
                fleet.malformedStats(),
                counters.inputsDropped.sum(),
                counters.policyFailures.sum(),
                conferences.all().stream().mapToInt(ConferenceActor::queued).sum(),
                sum(counters.timers),
                fleet.snapshot().reservations());
    }

    @Override
    public Optional<String> breakoutService() {
        return breakoutRooms.get();
    }

    @Override
    public FocusMeasures measures() {
        return counters.measures();
    }

    private static int sum(LongAdder gauge) {
        return Math.toIntExact(gauge.sum());
    }
}
