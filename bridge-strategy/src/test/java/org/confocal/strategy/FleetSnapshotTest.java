package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.bridge;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.stress;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FleetSnapshotTest {
    private static final Offset<Double> EXACTLY = within(1e-12);

    @Test
    void bridgesAreListedInTheOrderTheyJoined() {
        FleetSnapshot fleet = fleet(usable(), usable(), usable())
                .left(id("jvb1"))
                .reported(id("jvb3"), usable(), later(5))
                .reported(id("jvb1"), usable(), later(6));

        assertThat(fleet.bridges()).extracting(bridge -> bridge.id().nick()).containsExactly("jvb2", "jvb3", "jvb1");
        assertThat(bridge(fleet, "jvb3").joinedAt()).isEqualTo(NOW);
        assertThat(bridge(fleet, "jvb3").reportedAt()).isEqualTo(later(5));
    }

    @Test
    void anEventLeavesTheEarlierSnapshotAsItWas() {
        FleetSnapshot before = fleet(usable("stress_level", "0.1"));
        FleetSnapshot after = before.reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reported(id("jvb1"), report("stress_level", "0.7"), NOW)
                .left(id("jvb1"));

        assertThat(after.bridges()).isEmpty();
        assertThat(stress(before, "jvb1", NOW)).isEqualTo(0.1);
        assertThat(before.reservations()).isZero();
    }

    @Test
    void aBridgeDrainsUntilItSaysOtherwise() {
        FleetSnapshot silent = fleet(report("stress_level", "0.1"));
        assertThat(bridge(silent, "jvb1").draining()).isTrue();

        FleetSnapshot told = silent.reported(id("jvb1"), report("drain", "false"), NOW);
        assertThat(bridge(told, "jvb1").draining()).isFalse();

        FleetSnapshot silentAgain = told.reported(id("jvb1"), report("stress_level", "0.2"), NOW);
        assertThat(bridge(silentAgain, "jvb1").draining()).isFalse();

        FleetSnapshot drained = silentAgain.reported(id("jvb1"), report("drain", "true"), NOW);
        assertThat(bridge(drained, "jvb1").draining()).isTrue();
    }

    @Test
    void fieldsThatAReportLeavesOutKeepTheirLastValue() {
        BridgeReport all = report(
                "stress_level", "0.5",
                "packet_rate_download", "100",
                "packet_rate_upload", "200",
                "average_participant_stress", "0.02",
                "drain", "false",
                "graceful_shutdown", "false",
                "shutting_down", "false",
                "healthy", "false",
                "version", "2.3",
                "release", "r1",
                "region", "eu",
                "relay_id", "relay1");
        FleetSnapshot fleet = fleet(all).reported(id("jvb1"), BridgeReport.EMPTY, later(5));

        assertThat(bridge(fleet, "jvb1").report()).isEqualTo(all);
    }

    @Test
    void everyFieldThatAReportHasReplacesTheLastValue() {
        BridgeReport next = report(
                "stress_level", "0.6",
                "packet_rate_download", "101",
                "packet_rate_upload", "201",
                "average_participant_stress", "0.03",
                "drain", "true",
                "graceful_shutdown", "true",
                "shutting_down", "true",
                "healthy", "true",
                "version", "2.4",
                "release", "r2",
                "region", "us",
                "relay_id", "relay2");
        FleetSnapshot fleet = fleet(report(
                        "stress_level", "0.5",
                        "packet_rate_download", "100",
                        "packet_rate_upload", "200",
                        "average_participant_stress", "0.02",
                        "drain", "false",
                        "graceful_shutdown", "false",
                        "shutting_down", "false",
                        "healthy", "false",
                        "version", "2.3",
                        "release", "r1",
                        "region", "eu",
                        "relay_id", "relay1"))
                .reported(id("jvb1"), next, later(5));

        assertThat(bridge(fleet, "jvb1").report()).isEqualTo(next);
    }

    @ParameterizedTest
    @CsvSource({"graceful_shutdown", "shutting_down"})
    void shuttingDownCannotBeTakenBackWithoutLeaving(String flag) {
        FleetSnapshot fleet = fleet(usable(flag, "true")).reported(id("jvb1"), report(flag, "false"), later(5));
        BridgeSnapshot told = bridge(fleet, "jvb1");
        assertThat(told.inGracefulShutdown() || told.shuttingDown()).isTrue();

        FleetSnapshot back = fleet.left(id("jvb1")).reported(id("jvb1"), usable(), later(10));
        BridgeSnapshot fresh = bridge(back, "jvb1");
        assertThat(fresh.inGracefulShutdown() || fresh.shuttingDown()).isFalse();
    }

    @Test
    void gracefulShutdownLearntFromAnAnswerOutlivesTheNextPresence() {
        FleetSnapshot fleet = fleet(usable())
                .gracefulShutdown(id("jvb1"))
                .reported(id("jvb1"), report("graceful_shutdown", "false"), NOW);

        assertThat(bridge(fleet, "jvb1").inGracefulShutdown()).isTrue();
    }

    @Test
    void aBridgeThatComesBackRemembersNothing() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.5", "region", "eu"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .failed(id("jvb1"), NOW)
                .left(id("jvb1"))
                .reported(id("jvb1"), usable(), later(1));

        assertThat(bridge(fleet, "jvb1"))
                .isEqualTo(new BridgeSnapshot(id("jvb1"), later(1), later(1), usable(), BridgeCondition.GOOD));
        assertThat(stress(fleet, "jvb1", later(1))).isZero();
        assertThat(fleet.endpoints(id("jvb1"))).isZero();
    }

    @Test
    void aReleaseFromAnEarlierStayOfABridgeDoesNotTouchTheNewOne() {
        FleetSnapshot fleet = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("old"), NOW)
                .left(id("jvb1"))
                .reported(id("jvb1"), usable(), later(1))
                .reserved(id("jvb1"), ROOM, endpoint("new"), later(1));
        assertThat(fleet.reservations()).isEqualTo(2);

        FleetSnapshot released = fleet.released(id("jvb1"), ROOM, endpoint("old"), later(30));

        assertThat(released.reservations()).isEqualTo(1);
        assertThat(released.endpoints(id("jvb1"))).isEqualTo(1);
        assertThat(stress(released, "jvb1", later(1))).isEqualTo(0.01);
    }

    @ParameterizedTest
    @CsvSource({
        // source, stress_level, in, out, expected at 50,000 packets per second
        "PACKET_RATE, 0.9, 10000, 15000, 0.5",
        "PACKET_RATE, 0.9, ,      ,      0.9",
        "PACKET_RATE, 0.9, 10000, ,      0.9",
        "PACKET_RATE, 0.9, ,      15000, 0.9",
        "PACKET_RATE, ,    10000, 15000, 0.5",
        "PACKET_RATE, ,    ,      ,      0",
        "REPORTED,    0.2, 10000, 15000, 0.2",
        "REPORTED,    ,    10000, 15000, 0.5",
        "REPORTED,    ,    ,      ,      0",
        "MAX,         0.2, 10000, 15000, 0.5",
        "MAX,         0.9, 10000, 15000, 0.9",
        "MAX,         0.9, ,      ,      0.9",
        "MAX,         ,    10000, 15000, 0.5",
        "MAX,         ,    ,      ,      0",
        "MAX,         1.5, 60000, 60000, 2.4",
    })
    void reportedStressFollowsTheConfiguredSource(
            StressSource source, @Nullable Double level, @Nullable Double in, @Nullable Double out, double expected) {
        BridgeReport report = new BridgeReport(
                optional(level),
                optional(in),
                optional(out),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        FleetSnapshot fleet = FleetSnapshot.empty(config(source, List.of())).reported(id("jvb1"), report, NOW);

        assertThat(fleet.reportedStress(bridge(fleet, "jvb1"))).isEqualTo(expected, EXACTLY);
        assertThat(stress(fleet, "jvb1", NOW)).isEqualTo(expected, EXACTLY);
    }

    @ParameterizedTest
    @CsvSource({
        "big-1,   eu, 200000",
        "big-1,   ,   200000",
        "small-1, eu, 10000",
        "small-1, us, 50000",
        "small-1, ,   50000",
        "tiny,    ap, 50000",
        "not-big, us, 50000",
    })
    void theFirstClassThatMatchesSaysHowManyPacketsABridgeTakes(String nick, @Nullable String region, double expected) {
        FleetConfig config = config(
                StressSource.MAX,
                List.of(
                        new BridgeClass("big", Optional.empty(), pattern(".*/big-.*"), OptionalDouble.of(200_000)),
                        new BridgeClass("eu", region("eu"), Optional.empty(), OptionalDouble.of(10_000)),
                        new BridgeClass("tiny in ap", region("ap"), pattern(".*/tiny"), OptionalDouble.empty()),
                        new BridgeClass("never", region("ap"), Optional.empty(), OptionalDouble.of(1))));
        BridgeReport report = region == null ? usable() : usable("region", region);
        FleetSnapshot fleet = FleetSnapshot.empty(config).reported(id(nick), report, NOW);

        assertThat(fleet.maxPacketRate(bridge(fleet, nick))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // seconds since the reservation, share of 0.01 that counts
        "0,    1",
        "2,    1",
        "5,    1",
        "8,    0.8",
        "12.5, 0.5",
        "18.5, 0.1",
        "20,   0",
        "3600, 0",
        // The clock was set back.
        "-10,  1",
        "-20,  0",
    })
    void aReservationCountsInFullFirstAndThenAgesOut(double seconds, double share) {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.25")).reserved(id("jvb1"), ROOM, endpoint("a"), NOW);

        assertThat(stress(fleet, "jvb1", later(seconds))).isEqualTo(0.25 + 0.01 * share, EXACTLY);
        assertThat(fleet.countingReservations(id("jvb1"), later(seconds))).isEqualTo(share > 0 ? 1 : 0);
        assertThat(fleet.endpoints(id("jvb1"))).isEqualTo(1);
    }

    @Test
    void aBridgeSaysItselfWhatAParticipantCosts() {
        FleetSnapshot fleet = fleet(usable("average_participant_stress", "0.004"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reported(id("jvb1"), report("average_participant_stress", "0.5"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("b"), NOW);

        assertThat(stress(fleet, "jvb1", NOW)).isEqualTo(0.504, EXACTLY);
        assertThat(stress(fleet.released(id("jvb1"), ROOM, endpoint("a"), NOW), "jvb1", NOW))
                .isEqualTo(0.5, EXACTLY);
    }

    @ParameterizedTest
    @CsvSource({
        // stayed s, seconds after leaving, what is left of the cost of one: given back at first, then credited
        "0,    0,    0",
        "3,    0,    0",
        "3,    10,   0",
        "12.5, 0,    -0.5",
        "12.5, 5,    -0.5",
        "12.5, 12.5, -0.25",
        "12.5, 20,   0",
        "60,   0,    -1",
        "60,   5,    -1",
        "60,   12.5, -0.5",
        "60,   20,   0",
    })
    void aLeaveGivesBackWhatReportsDoNotShowAndCreditsWhatTheyDo(double stayed, double after, double share) {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.25"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .released(id("jvb1"), ROOM, endpoint("a"), later(stayed));

        assertThat(stress(fleet, "jvb1", later(stayed + after))).isEqualTo(0.25 + 0.01 * share, EXACTLY);
        assertThat(fleet.endpoints(id("jvb1"))).isZero();
        assertThat(fleet.countingReservations(id("jvb1"), later(stayed))).isZero();
        assertThat(fleet.reservations()).isZero();
    }

    @Test
    void creditsNeverMakeStressNegative() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.005"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .released(id("jvb1"), ROOM, endpoint("a"), later(60));

        assertThat(stress(fleet, "jvb1", later(60))).isZero();
    }

    @Test
    void reservingAgainMovesTheEndpoint() {
        FleetSnapshot fleet = fleet(usable(), usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb2"), ROOM, endpoint("a"), later(1));

        assertThat(fleet.endpoints(id("jvb1"))).isZero();
        assertThat(fleet.endpoints(id("jvb2"))).isEqualTo(1);
        assertThat(stress(fleet, "jvb1", later(1))).isZero();
        assertThat(stress(fleet, "jvb2", later(1))).isEqualTo(0.01);
        assertThat(fleet.reservations()).isEqualTo(1);
    }

    @Test
    void reservingAgainOnTheSameBridgeDoesNotCountTwice() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.5"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("a"), later(60));

        assertThat(fleet.endpoints(id("jvb1"))).isEqualTo(1);
        assertThat(stress(fleet, "jvb1", later(60))).isEqualTo(0.5, EXACTLY);
    }

    @Test
    void aLateReleaseFromTheOldBridgeKeepsTheNewSeat() {
        FleetSnapshot moved = fleet(usable(), usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb2"), ROOM, endpoint("a"), later(1));

        assertThat(moved.released(id("jvb1"), ROOM, endpoint("a"), later(2))).isSameAs(moved);
    }

    @Test
    void theSameEndpointIdInAnotherRoomIsSomebodyElse() {
        RoomId other = new RoomId("retro@muc.example.org");
        FleetSnapshot fleet = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb1"), other, endpoint("a"), NOW);
        assertThat(fleet.endpoints(id("jvb1"))).isEqualTo(2);

        assertThat(fleet.released(id("jvb1"), other, endpoint("a"), NOW).endpoints(id("jvb1")))
                .isEqualTo(1);
    }

    @Test
    void releasingTwiceCountsOnce() {
        FleetSnapshot once = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .released(id("jvb1"), ROOM, endpoint("a"), NOW);

        assertThat(once.released(id("jvb1"), ROOM, endpoint("a"), NOW)).isSameAs(once);
    }

    @Test
    void aBridgeThatIsNotThereTakesNobody() {
        FleetSnapshot fleet = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("gone"), ROOM, endpoint("a"), NOW);

        assertThat(fleet.reservations()).isZero();
        assertThat(fleet.endpoints(id("jvb1"))).isZero();
        assertThat(fleet.endpoints(id("gone"))).isZero();
        assertThat(fleet.countingReservations(id("gone"), NOW)).isZero();
    }

    @Test
    void eventsOfBridgesThatAreNotThereChangeNothing() {
        FleetSnapshot fleet = fleet(usable());

        assertThat(fleet.left(id("gone"))).isSameAs(fleet);
        assertThat(fleet.failed(id("gone"), NOW)).isSameAs(fleet);
        assertThat(fleet.unhealthy(id("gone"), NOW)).isSameAs(fleet);
        assertThat(fleet.recovered(id("gone"))).isSameAs(fleet);
        assertThat(fleet.gracefulShutdown(id("gone"))).isSameAs(fleet);
        assertThat(fleet.operational(id("gone"), NOW)).isFalse();
    }

    @Test
    void aSuccessOfAGoodBridgeChangesNothing() {
        FleetSnapshot fleet = fleet(usable());

        assertThat(fleet.recovered(id("jvb1"))).isSameAs(fleet);
    }

    @Test
    void overloadBeginsAtTheThresholdAndCountsReservations() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.79"));
        assertThat(fleet.overloaded(bridge(fleet, "jvb1"), NOW)).isFalse();

        FleetSnapshot fuller = fleet.reserved(id("jvb1"), ROOM, endpoint("a"), NOW);
        assertThat(fuller.overloaded(bridge(fuller, "jvb1"), NOW)).isTrue();
        assertThat(fuller.overloaded(bridge(fuller, "jvb1"), later(20))).isFalse();
    }

    @Test
    void aBridgeWhoseIceFailsIsOverloadedUntilItDoesNot() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.1"), usable("stress_level", "0.7"));
        FleetSnapshot failing = fleet.iceFailing(id("jvb1"), true);

        assertThat(failing.overloaded(bridge(failing, "jvb1"), NOW)).isTrue();
        assertThat(failing.stress(bridge(failing, "jvb1"), NOW)).isEqualTo(0.81);
        assertThat(failing.reportedStress(bridge(failing, "jvb1"))).isEqualTo(0.1);
        assertThat(failing.byStress(NOW).next().id()).isEqualTo(id("jvb2"));
        assertThat(failing.iceFailing(id("jvb1"), false).byStress(NOW).next().id())
                .isEqualTo(id("jvb1"));
    }

    @Test
    void aFailureKeepsABridgeOutForItsTimeAndNoLonger() {
        FleetSnapshot fleet = fleet(usable()).failed(id("jvb1"), NOW).failed(id("jvb1"), later(30));

        assertThat(fleet.operational(id("jvb1"), later(30))).isFalse();
        assertThat(fleet.operational(id("jvb1"), later(89.9))).isFalse();
        assertThat(fleet.operational(id("jvb1"), later(90))).isTrue();
    }

    @Test
    void aSuccessDoesNotShortenTheTimeOfAFailure() {
        FleetSnapshot fleet = fleet(usable()).failed(id("jvb1"), NOW).recovered(id("jvb1"));

        assertThat(fleet.operational(id("jvb1"), later(59))).isFalse();
        assertThat(fleet.operational(id("jvb1"), later(60))).isTrue();
    }

    @Test
    void aBridgeThatCallsItselfUnhealthyIsNotOperational() {
        FleetSnapshot fleet = fleet(usable("healthy", "false"));
        assertThat(fleet.operational(id("jvb1"), NOW)).isFalse();

        assertThat(fleet.reported(id("jvb1"), report("healthy", "true"), NOW).operational(id("jvb1"), NOW))
                .isTrue();
    }

    @Test
    void aBridgeIsToleratedUntilItFailsThreeTimesInARow() {
        FleetSnapshot fleet = fleet(usable());
        for (int failures = 1; failures <= 4; failures++) {
            fleet = fleet.failed(id("jvb1"), NOW);
            assertThat(fleet.tolerable(bridge(fleet, "jvb1"), NOW))
                    .as("%s failures", failures)
                    .isEqualTo(failures < 3);
        }

        FleetSnapshot succeeded = fleet.recovered(id("jvb1"));
        assertThat(succeeded.tolerable(bridge(succeeded, "jvb1"), NOW)).isTrue();
        assertThat(succeeded.operational(id("jvb1"), NOW)).isFalse();
        FleetSnapshot oneMore = succeeded.failed(id("jvb1"), later(1));
        assertThat(oneMore.tolerable(bridge(oneMore, "jvb1"), later(1))).isTrue();
    }

    @Test
    void aBridgeThatIsBrokenOrShuttingDownIsNotTolerated() {
        FleetSnapshot broken = fleet(usable()).unhealthy(id("jvb1"), NOW);
        FleetSnapshot complaining = fleet(usable("healthy", "false"));
        FleetSnapshot closing = fleet(usable("shutting_down", "true"));

        assertThat(broken.tolerable(bridge(broken, "jvb1"), NOW)).isFalse();
        assertThat(broken.tolerable(bridge(broken, "jvb1"), later(60))).isTrue();
        assertThat(complaining.tolerable(bridge(complaining, "jvb1"), NOW)).isFalse();
        assertThat(closing.tolerable(bridge(closing, "jvb1"), NOW)).isFalse();
    }

    @Test
    void withoutRampupNothingIsReserved() {
        FleetConfig config =
                new FleetConfig(StressSource.MAX, 50_000, List.of(), 0.01, Duration.ZERO, 0.8, Duration.ofMinutes(1));
        FleetSnapshot fleet = FleetSnapshot.empty(config)
                .reported(id("jvb1"), usable("stress_level", "0.5"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW);

        assertThat(stress(fleet, "jvb1", NOW)).isEqualTo(0.5);
        assertThat(fleet.endpoints(id("jvb1"))).isEqualTo(1);
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Optional<Region> region(String name) {
        return Optional.of(new Region(name));
    }

    private static Optional<Pattern> pattern(String regex) {
        return Optional.of(Pattern.compile(regex));
    }

    private static FleetConfig config(StressSource source, List<BridgeClass> classes) {
        return new FleetConfig(source, 50_000, classes, 0.01, Duration.ofSeconds(20), 0.8, Duration.ofMinutes(1));
    }
}
