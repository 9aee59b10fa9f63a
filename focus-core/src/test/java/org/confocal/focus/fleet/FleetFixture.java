package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.focus.view.FleetCounter;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;

/** A fleet with a strategy, virtual time, and ears. */
abstract class FleetFixture {
    static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    static final RoomId ROOM = new RoomId("standup@muc.example.org");
    static final HealthCheckConfig NO_CHECKS =
            new HealthCheckConfig(false, Duration.ofSeconds(10), Duration.ofSeconds(5), false, Duration.ofSeconds(45));

    RedistributionConfig redistribution = RedistributionConfig.DEFAULTS;

    PlannedMovesConfig planned = PlannedMovesConfig.NONE;
    BridgeSelectionStrategy strategy = new SingleBridgeSelectionStrategy();
    IceFailureConfig iceFailures = IceFailureConfig.DEFAULTS;

    int decisions = 3;

    final VirtualTime time = new VirtualTime();
    final List<String> events = new ArrayList<>();
    final List<BridgeId> checks = new ArrayList<>();

    BridgeFleet twoBridges() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB2, report(0.7), List.of());
        return fleet;
    }

    BridgeId chosen(BridgeFleet fleet, String endpoint) {
        return ((Selection.Chosen) fleet.select(request(endpoint))).bridge();
    }

    static long count(BridgeFleet fleet, FleetCounter counter) {
        return fleet.counters().getOrDefault(counter, -1L);
    }

    static RoomId room(int n) {
        return new RoomId("room" + n + "@muc.example.org");
    }

    BridgeFleet fleet(HealthCheckConfig health) {
        BridgeGateway gateway = new BridgeGateway() {
            @Override
            public void modify(RoomId room, RequestId request, BridgeId bridge, BridgeRequest change) {
                throw new AssertionError("the fleet changes no conference");
            }

            @Override
            public void await(RoomId room, RequestId request, BridgeId bridge) {
                throw new AssertionError("the fleet waits for no conference");
            }

            @Override
            public void check(BridgeId bridge) {
                checks.add(bridge);
            }
        };
        FleetListener listener = new FleetListener() {
            @Override
            public void bridgeLost(BridgeId bridge, BridgeLoss loss) {
                events.add("lost " + bridge.nick() + " " + loss);
            }

            @Override
            public void move(MoveOrder order) {
                events.add("move " + order.who().map(EndpointId::value).orElse("all") + " from "
                        + order.from().nick());
            }

            @Override
            public void relieve(BridgeId bridge, int people) {
                events.add("relieve " + bridge.nick() + " of " + people);
            }

            @Override
            public void plan() {
                events.add("plan");
            }

            @Override
            public void drain(String drain, BridgeId bridge, int people) {
                events.add(drain + " takes " + people + " from " + bridge.nick());
            }

            @Override
            public void bridgeUsable(BridgeId bridge) {
                events.add("usable " + bridge.nick());
            }
        };
        return new BridgeFleet(
                FleetSnapshot.empty(FleetConfig.DEFAULTS),
                new SelectionPipeline(SelectionConfig.DEFAULTS, strategy)::select,
                new BridgeCareConfig(health, MoveConfig.DEFAULTS, redistribution, iceFailures, planned, true),
                10,
                decisions,
                gateway,
                listener,
                time,
                Runnable::run,
                time,
                Journal.NONE,
                new LongAdder());
    }

    /** Lets time pass until the bridge has been asked so often; fails where that does not happen within an interval. */
    void untilChecked(BridgeId bridge, int times) {
        for (int ms = 0; ms < 10_000 && checksOf(bridge) < times; ms += 10) {
            time.advance(Duration.ofMillis(10));
        }
        assertThat(checksOf(bridge)).isEqualTo(times);
    }

    long checksOf(BridgeId bridge) {
        return checks.stream().filter(bridge::equals).count();
    }

    boolean operational(BridgeFleet fleet, BridgeId bridge) {
        return fleet.snapshot().operational(bridge, time.instant());
    }

    SelectionRequest request(String endpoint) {
        return request(ROOM, new EndpointId(endpoint));
    }

    SelectionRequest request(RoomId room, EndpointId endpoint) {
        Instant now = time.instant();
        return new SelectionRequest(
                room,
                endpoint,
                Optional.empty(),
                Audience.PARTICIPANT,
                new ConferenceShape(now, List.of(), JoinRate.NONE, Optional.empty()),
                now);
    }

    static BridgeReport report(double stress) {
        return report(stress, Optional.empty(), Optional.of(true));
    }

    static BridgeReport ofVersion(String version) {
        BridgeReport report = report(0.1);
        return new BridgeReport(
                report.stressLevel(),
                report.packetRateDownload(),
                report.packetRateUpload(),
                report.averageParticipantStress(),
                report.drain(),
                report.gracefulShutdown(),
                report.shuttingDown(),
                report.healthy(),
                Optional.of(version),
                report.release(),
                report.region(),
                report.relayId());
    }

    static BridgeReport shuttingDown() {
        return report(0.1, Optional.of(true), Optional.of(true));
    }

    static BridgeReport healthy(boolean healthy) {
        return report(0.1, Optional.empty(), Optional.of(healthy));
    }

    static BridgeReport report(double stress, Optional<Boolean> shuttingDown, Optional<Boolean> healthy) {
        return new BridgeReport(
                OptionalDouble.of(stress),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                shuttingDown,
                healthy,
                Optional.of("2.3"),
                Optional.empty(),
                Optional.of(new Region("eu")),
                Optional.empty());
    }
}
