package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.LoadLearning.Expected;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadLearningTest {
    private static final FleetConfig CONFIG = FleetConfig.DEFAULTS.with(LoadConfig.EXPECTED);
    private static final LoadModel MODEL = LoadModel.DEFAULTS;

    @ParameterizedTest
    @CsvSource({
        // what participants and relays really cost, as a multiple of the model
        "1,   1",
        "2,   1",
        "0.5, 1",
        "1,   2",
        "1.5, 0.5",
        "10,  10",
        "0.1, 0.1",
    })
    void theFactorsFindWhatThingsCost(double participants, double relays) {
        FleetSnapshot fleet = threeBridges();

        fleet = reporting(fleet, 24 * 3600, participants, relays, 0);

        assertThat(fleet.learned().participants()).isEqualTo(clamped(participants), within(0.1));
        assertThat(fleet.learned().relays()).isEqualTo(clamped(relays), within(0.2));
        assertThat(fleet.loadModel().packetRate(10, new Crowd(20, 10, 20), 2))
                .isEqualTo(
                        fleet.learned().participants() * MODEL.participants(10, new Crowd(20, 10, 20))
                                + fleet.learned().relays() * MODEL.relays(10, new Crowd(20, 10, 20), 2),
                        within(1e-6));
    }

    private static double clamped(double factor) {
        return Math.max(LoadLearning.MIN, Math.min(LoadLearning.MAX, factor));
    }

    @Test
    void theyMoveSlowly() {
        FleetSnapshot fleet = reporting(threeBridges(), 60, 100, 100, 0);

        assertThat(fleet.learned().participants()).isBetween(1.03, Math.pow(1.005, 12) + 1e-9);
    }

    @Test
    void oneBridgeOfThreeThatOthersUseDoesNotLeadThemFarAstray() {
        FleetSnapshot fleet = reporting(threeBridges(), 4 * 3600, 1, 1, 30_000);

        assertThat(fleet.learned().participants()).isBetween(0.95, 1.35);
    }

    @Test
    void nothingIsLearntWhereItIsSwitchedOff() {
        LoadConfig off = new LoadConfig(LoadConfig.Reserve.EXPECTED, MODEL, LoadConfig.Learn.OFF);
        FleetSnapshot fleet = seated(FleetSnapshot.empty(FleetConfig.DEFAULTS.with(off)));

        assertThat(reporting(fleet, 3600, 2, 2, 0).learned()).isEqualTo(LoadLearning.NONE);
        assertThat(fleet.loadModel()).isEqualTo(MODEL);
    }

    @Test
    void aReportTeachesNothingWhenItIsOfAnEmptyBridgeOrBeforeThePeopleShowOrWithoutRates() {
        FleetSnapshot idle = FleetSnapshot.empty(CONFIG).reported(id("jvb0"), usable(), NOW);
        FleetSnapshot young = threeBridges();
        FleetSnapshot old = threeBridges();

        assertThat(idle.reported(id("jvb0"), rates(40_000), later(60)).learned())
                .isEqualTo(LoadLearning.NONE);
        assertThat(young.reported(id("jvb0"), rates(40_000), later(5)).learned())
                .isEqualTo(LoadLearning.NONE);
        assertThat(old.reported(id("jvb0"), report("stress_level", "0.9"), later(60))
                        .learned())
                .isEqualTo(LoadLearning.NONE);
        // The same instant again: a presence that was read twice.
        assertThat(old.reported(id("jvb0"), rates(40_000), NOW).learned()).isEqualTo(LoadLearning.NONE);
        assertThat(old.reported(id("jvb0"), rates(40_000), later(60)).learned().reports())
                .isEqualTo(1);
    }

    @Property(tries = 500)
    void noReportMovesAFactorFarOrOutOfBounds(
            @ForAll @Size(max = 50) List<@DoubleRange(max = 2e9) Double> reported,
            @ForAll @LongRange(max = 1_000_000_000) long participants,
            @ForAll @LongRange(max = 1_000_000_000) long relays,
            @ForAll @DoubleRange(min = -1e6, max = 1e6) double seconds) {
        LoadLearning learning = LoadLearning.NONE;
        for (double rate : reported) {
            LoadLearning next = learning.after(rate, new Expected(participants, relays), seconds, 1);

            assertThat(next.participants() / learning.participants()).isBetween(0.995 - 1e-4, 1.005 + 1e-4);
            assertThat(next.relays() / learning.relays()).isBetween(0.995 - 1e-4, 1.005 + 1e-4);
            learning = next;
        }
    }

    @Test
    void factorsOutOfBoundsAreRefused() {
        assertThatThrownBy(() -> new LoadLearning(5, 1, 1)).hasMessageStartingWith("participants must ");
        assertThatThrownBy(() -> new LoadLearning(1, Double.NaN, 1)).hasMessageStartingWith("relays must ");
    }

    /** Somebody of one of three conferences comes, goes, or moves; bridges leave and come back. */
    record Event(int person, int bridge, int what) {}

    @Property(tries = 300)
    void whatIsExpectedOnABridgeIsTheSumOfItsConferencesAndNothingLeaks(
            @ForAll @Size(max = 60) List<@IntRange(max = 12 * 3 * 4 - 1) Integer> events) {
        FleetSnapshot fleet = FleetSnapshot.empty(CONFIG);
        Map<Integer, Integer> seats = new HashMap<>();
        Map<Integer, Integer> gone = new HashMap<>();
        for (int bridge = 0; bridge < 3; bridge++) {
            fleet = fleet.reported(id("jvb" + bridge), usable(), NOW);
        }
        for (int code : events) {
            Event event = new Event(code % 12, code / 12 % 3, code / 36);
            BridgeId bridge = id("jvb" + event.bridge);
            if (event.what < 2) {
                fleet = fleet.reserved(request(event.person, shape(seats, event.person)), bridge);
                seats.put(event.person, event.bridge);
                gone.remove(event.person);
            } else if (event.what == 2) {
                fleet = fleet.released(bridge, room(event.person), person(event.person), NOW);
                if (seats.getOrDefault(event.person, -1) == event.bridge) {
                    seats.remove(event.person);
                }
                if (gone.getOrDefault(event.person, -1) == event.bridge) {
                    gone.remove(event.person);
                }
            } else {
                fleet = fleet.left(bridge).reported(bridge, usable(), NOW);
                seats.forEach((person, where) -> {
                    if (where == event.bridge) {
                        gone.put(person, where);
                    }
                });
                seats.values().removeIf(where -> where == event.bridge);
            }
            if (gone.isEmpty()) {
                compare(fleet, seats);
            }
        }
        for (int person = 0; person < 12; person++) {
            for (int bridge = 0; bridge < 3; bridge++) {
                fleet = fleet.released(id("jvb" + bridge), room(person), person(person), NOW);
            }
        }
        compare(fleet, Map.of());
        assertThat(fleet.reservations()).isZero();
    }

    private static void compare(FleetSnapshot fleet, Map<Integer, Integer> seats) {
        for (int bridge = 0; bridge < 3; bridge++) {
            double participants = 0;
            double relays = 0;
            for (int room = 0; room < 3; room++) {
                int[] people = new int[3];
                for (Map.Entry<Integer, Integer> seat : seats.entrySet()) {
                    people[seat.getValue()] += seat.getKey() % 3 == room ? 1 : 0;
                }
                int size = people[0] + people[1] + people[2];
                int mesh = Math.min(1, people[0]) + Math.min(1, people[1]) + Math.min(1, people[2]);
                Crowd crowd = new Crowd(size, size * MODEL.videoShare(), size * MODEL.audioShare());
                participants += Math.round(MODEL.participants(people[bridge], crowd));
                relays += Math.round(MODEL.relays(people[bridge], crowd, mesh));
            }
            Expected expected = fleet.expected(id("jvb" + bridge));
            assertThat((double) expected.participants()).isEqualTo(participants, within(3.0));
            assertThat((double) expected.relays()).isEqualTo(relays, within(3.0));
        }
    }

    private static ConferenceShape shape(Map<Integer, Integer> seats, int but) {
        List<BridgeUse> uses = new ArrayList<>();
        for (int bridge = 0; bridge < 3; bridge++) {
            int people = 0;
            for (Map.Entry<Integer, Integer> seat : seats.entrySet()) {
                boolean counts = seat.getKey() != but && seat.getKey() % 3 == but % 3;
                people += counts && seat.getValue() == bridge ? 1 : 0;
            }
            // As many send as are expected to, so that shares do not depend on the order of events.
            uses.add(new BridgeUse(id("jvb" + bridge), Audience.PARTICIPANT, counted(people * 2), people * 2, people));
        }
        return new ConferenceShape(NOW, uses, JoinRate.NONE, Optional.empty());
    }

    private static List<RegionCount> counted(int people) {
        return List.of(new RegionCount(Optional.empty(), people));
    }

    private static SelectionRequest request(int person, ConferenceShape shape) {
        return new SelectionRequest(room(person), person(person), Optional.empty(), Audience.PARTICIPANT, shape, NOW);
    }

    private static RoomId room(int person) {
        return new RoomId("room%d@muc.example.org".formatted(person % 3));
    }

    private static EndpointId person(int person) {
        return endpoint("p" + person);
    }

    private static FleetSnapshot threeBridges() {
        return seated(FleetSnapshot.empty(CONFIG));
    }

    /** A conference on the first bridge alone, and one on the second and the third. */
    private static FleetSnapshot seated(FleetSnapshot empty) {
        FleetSnapshot fleet = empty;
        for (int bridge = 0; bridge < 3; bridge++) {
            fleet = fleet.reported(id("jvb" + bridge), usable(), NOW);
        }
        for (int i = 0; i < 36; i++) {
            int person = i * 3 + Math.min(i % 3, 1);
            fleet = fleet.reserved(id("jvb" + i % 3), room(person), person(person), NOW);
        }
        return fleet;
    }

    /** Every five seconds each bridge reports what its people really cost; the last one what others put there besides. */
    private static FleetSnapshot reporting(
            FleetSnapshot begin, int seconds, double participants, double relays, double others) {
        FleetSnapshot fleet = begin;
        for (int at = 25; at < 25 + seconds; at += 5) {
            Instant now = later(at);
            for (int bridge = 0; bridge < 3; bridge++) {
                Expected expected = fleet.expected(id("jvb" + bridge));
                double noise = at % 10 == 0 ? 1.1 : 0.9;
                double rate = noise * (participants * expected.participants() + relays * expected.relays())
                        + (bridge == 2 ? others : 0);
                fleet = fleet.reported(id("jvb" + bridge), rates(rate), now);
            }
        }
        return fleet;
    }

    private static BridgeReport rates(double sum) {
        return report("packet_rate_download", "" + sum / 2, "packet_rate_upload", "" + sum / 2);
    }
}
