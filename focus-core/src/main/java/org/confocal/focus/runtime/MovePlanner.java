package org.confocal.focus.runtime;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.PlannedMovesConfig.Relief;
import org.confocal.focus.config.PlannedMovesConfig.SecondLook;
import org.confocal.focus.fleet.BridgeFleet;
import org.confocal.focus.serial.OneLine;
import org.confocal.focus.serial.SerialMailbox;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.choice.LoadRelief.Departure;
import org.confocal.strategy.choice.LoadRelief.Share;
import org.confocal.strategy.choice.Move;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plans moves that know where to: people away from hot bridges, and a second look at each conference that has settled
 * (docs/placement.md). What is planned becomes orders, which the fleet paces. Asked from any thread; plans one at a time on a
 * worker, from the fleet and the conferences as they are at that moment.
 *
 * <p>Bounds of one plan: {@value #MAX_LOOKS} second looks, those that are due longest first; {@value #MAX_HOT} hot bridges, the
 * hottest first, and {@value #MAX_SHARES} conferences of each. The rest have their turn with the next plan.
 */
final class MovePlanner {
    static final int MAX_LOOKS = 100;
    static final int MAX_HOT = 20;
    static final int MAX_SHARES = 500;

    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.fleet");
    private static final int MAX_TEXT = 256;
    /** One works, one waits: more would find nothing new. */
    private static final int MAX_WAITING = 1;

    private final PlannedMovesConfig config;
    private final ConferenceRegistry conferences;
    private final BridgeFleet fleet;
    private final SelectionPipeline pipeline;
    private final InstantSource clock;
    private final SerialMailbox<Request> mailbox;
    /** When each live conference is looked at again; {@link Instant#MAX}: that was done. */
    private Map<ConferenceActor<?>, Instant> due = new HashMap<>();

    private Instant relieved = Instant.MIN;

    private enum Request {
        PLAN
    }

    /** @param pipeline the one by which {@code fleet} chooses */
    MovePlanner(
            PlannedMovesConfig config,
            ConferenceRegistry conferences,
            BridgeFleet fleet,
            SelectionPipeline pipeline,
            InstantSource clock,
            Executor workers) {
        this.config = config;
        this.conferences = conferences;
        this.fleet = fleet;
        this.pipeline = pipeline;
        this.clock = clock;
        this.mailbox = new SerialMailbox<>(workers, MAX_WAITING, MAX_WAITING, request -> planNow());
    }

    /** Plans soon, unless that is about to happen anyway. */
    void plan() {
        mailbox.offer(Request.PLAN);
    }

    private void planNow() {
        Projection projection = new Projection(pipeline, fleet.snapshot(), clock.instant());
        config.relief()
                .filter(relief -> !relieved.plus(relief.interval()).isAfter(projection.now()))
                .ifPresent(relief -> relieve(relief, projection));
        config.secondLook().ifPresent(look -> lookAgain(look, projection));
        fleet.order(projection.orders());
    }

    private void relieve(Relief config, Projection projection) {
        relieved = projection.now();
        FleetSnapshot seen = projection.fleet();
        List<BridgeSnapshot> hot = seen.bridges().stream()
                .filter(bridge ->
                        bridge.relayId().isPresent() && config.relief().isHot(bridge, seen, projection.now()))
                .sorted(Comparator.comparingDouble(bridge -> -seen.stress(bridge, projection.now())))
                .limit(MAX_HOT)
                .toList();
        if (hot.isEmpty()) {
            return;
        }
        Map<BridgeId, Map<RoomId, ConferenceActor<?>>> there =
                on(hot.stream().map(BridgeSnapshot::id).collect(Collectors.toSet()));
        for (BridgeSnapshot bridge : hot) {
            relieve(config, bridge, there.getOrDefault(bridge.id(), Map.of()), projection);
        }
    }

    private Map<BridgeId, Map<RoomId, ConferenceActor<?>>> on(Set<BridgeId> bridges) {
        Map<BridgeId, Map<RoomId, ConferenceActor<?>>> there = new HashMap<>();
        for (ConferenceActor<?> conference : conferences.all()) {
            for (BridgeId bridge : conference.bridges()) {
                if (bridges.contains(bridge)) {
                    Map<RoomId, ConferenceActor<?>> some = there.computeIfAbsent(bridge, first -> new HashMap<>());
                    if (some.size() < MAX_SHARES) {
                        some.put(conference.room(), conference);
                    }
                }
            }
        }
        return there;
    }

    private void relieve(
            Relief config, BridgeSnapshot hot, Map<RoomId, ConferenceActor<?>> there, Projection projection) {
        double stress = projection.fleet().stress(hot, projection.now());
        List<Share> shares = new ArrayList<>();
        there.forEach((room, conference) -> {
            // One that gives people to this plan already does not look any more as it does now.
            if (!projection.concerns(room)) {
                shares.add(new Share(room, projection.shape(conference)));
            }
        });
        FleetView targets = projection.targets(hot.fullVersion());
        int people = 0;
        Set<RoomId> rooms = new HashSet<>();
        for (Departure departure : config.relief().relieve(hot, shares, targets, projection.now())) {
            ConferenceActor<?> conference = there.get(departure.room());
            int moved = conference == null ? 0 : projection.add(conference, departure.move(), MoveCause.REDISTRIBUTION);
            people += moved;
            if (moved > 0) {
                rooms.add(departure.room());
            }
        }
        if (people > 0) {
            fleet.count(FleetCounter.BRIDGES_RELIEVED);
            LOG.info(
                    "Bridge {} carries too much (stress {}): {} people of {} conferences move to others of its region",
                    OneLine.of(hot.id().value(), MAX_TEXT),
                    String.format(Locale.ROOT, "%.2f", stress),
                    people,
                    rooms.size());
        }
    }

    /** A conference that is old enough to be looked at. */
    private record Ripe(ConferenceActor<?> conference, Instant since) {}

    private void lookAgain(SecondLook config, Projection projection) {
        Map<ConferenceActor<?>, Instant> live = new HashMap<>();
        List<Ripe> ripe = new ArrayList<>();
        for (ConferenceActor<?> conference : conferences.all()) {
            Instant at = due.getOrDefault(conference, conference.startedAt().plus(config.after()));
            live.put(conference, at);
            if (!at.isAfter(projection.now())) {
                ripe.add(new Ripe(conference, at));
            }
        }
        due = live;
        ripe.sort(Comparator.comparing(Ripe::since));
        for (Ripe one : ripe.subList(0, Math.min(MAX_LOOKS, ripe.size()))) {
            due.put(
                    one.conference,
                    switch (lookAgain(config, one.conference, projection)) {
                        case DONE -> Instant.MAX;
                        case NOT_SETTLED -> projection.now().plus(config.after());
                    });
        }
    }

    private enum Look {
        DONE,
        /** Nobody to speak of is there, somebody waits for a bridge, or one of its bridges is being emptied. */
        NOT_SETTLED
    }

    private Look lookAgain(SecondLook config, ConferenceActor<?> conference, Projection projection) {
        ConferenceShape shape = projection.shape(conference);
        if (shape.size() < 2 || shape.waiting() > 0 || projection.concerns(conference.room())) {
            return Look.NOT_SETTLED;
        }
        Optional<String> version =
                projection.fleet().bridge(shape.bridges().getFirst().bridge()).flatMap(BridgeSnapshot::fullVersion);
        FleetView targets = projection.targets(version);
        for (BridgeUse use : shape.bridges()) {
            if (targets.bridge(use.bridge()).isEmpty()) {
                return Look.NOT_SETTLED;
            }
        }
        fleet.count(FleetCounter.SECOND_LOOKS);
        int people = 0;
        List<String> moves = new ArrayList<>();
        for (Move move : config.replanner().replan(shape, targets, projection.now())) {
            int moved = projection.add(conference, move, MoveCause.SECOND_LOOK);
            people += moved;
            if (moved > 0) {
                moves.add(moved + " from " + move.from().nick() + " to "
                        + move.to().nick());
            }
        }
        if (people > 0) {
            LOG.info(
                    "{} has settled, and {} of its {} people are better off elsewhere: {}",
                    OneLine.of(conference.room().value(), MAX_TEXT),
                    people,
                    shape.size(),
                    OneLine.of(String.join(", ", moves), MAX_TEXT));
        }
        return Look.DONE;
    }
}
