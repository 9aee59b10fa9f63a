package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.stress;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.FleetConfig.StressSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reservations by the load model. */
class ExpectedLoadTest {
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final FleetConfig CONFIG = FleetConfig.DEFAULTS.with(LoadConfig.EXPECTED);
    private static final LoadModel MODEL = LoadModel.DEFAULTS;

    @Test
    void somebodyReservesWhatTheGrownConferenceWillCost() {
        FleetSnapshot fleet = fleet(CONFIG, usable());
        ConferenceShape waiting = shape(19, List.of());

        FleetSnapshot after = fleet.reserved(request("a", waiting, NOW), id("jvb1"));

        // Twenty people, ten with video, all with sound, on 50,000 packets per second: one bridge.
        Crowd crowd = new Crowd(20, 10, 20);
        assertThat(GrowthForecast.of(waiting, NOW, MODEL, 40_000).bridges()).isEqualTo(1);
        assertThat(stress(after, "jvb1", NOW)).isEqualTo(MODEL.joiner(0, crowd, 1) / 50_000, EXACTLY);
        assertThat(after.endpoints(id("jvb1"))).isEqualTo(1);
    }

    @Test
    void theSumOfAConferencesReservationsIsItsLoadWhenItIsComplete() {
        // Everybody sends sound and no video, as is expected of them.
        LoadModel model = new LoadModel(300, 100, 200, 50, 2, 25, 1, 0, 1);
        LoadConfig load = new LoadConfig(LoadConfig.Reserve.EXPECTED, model, LoadConfig.Learn.ON);
        FleetSnapshot fleet = fleet(FleetConfig.DEFAULTS.with(load), usable(), usable());
        for (int i = 0; i < 12; i++) {
            ConferenceShape shape = shape(11 - i, List.of(voices("jvb1", (i + 1) / 2), voices("jvb2", i / 2)));
            fleet = fleet.reserved(request("p" + i, shape, NOW), id(i % 2 == 0 ? "jvb1" : "jvb2"));
        }

        Crowd crowd = new Crowd(12, 0, 12);
        double half = model.packetRate(6, crowd, 2);
        // The very first could not know of the second bridge, and reserved no relays.
        assertThat(stress(fleet, "jvb1", NOW)).isEqualTo((half - model.relays(1, crowd, 2)) / 50_000, EXACTLY);
        assertThat(stress(fleet, "jvb2", NOW)).isEqualTo(half / 50_000, EXACTLY);
        assertThat(fleet.expected(id("jvb1")).sum()).isEqualTo(Math.round(half));
        assertThat(fleet.expected(id("jvb2"))).isEqualTo(fleet.expected(id("jvb1")));
    }

    @Test
    void aConstantLoadIsTheSameInEveryConference() {
        FleetSnapshot fleet = fleet(FleetConfig.DEFAULTS, usable("average_participant_stress", "0.004"));

        assertThat(stress(fleet.reserved(request("a", shape(500, List.of()), NOW), id("jvb1")), "jvb1", NOW))
                .isEqualTo(0.004, EXACTLY);
    }

    @Test
    void oneParticipantNeverReservesMoreThanABridge() {
        FleetSnapshot fleet = fleet(CONFIG, usable(), usable());
        ConferenceShape huge = shape(4000, List.of(use("jvb1", 3000)));

        assertThat(stress(fleet.reserved(request("a", huge, NOW), id("jvb2")), "jvb2", NOW))
                .isEqualTo(1, EXACTLY);
    }

    @ParameterizedTest
    @CsvSource({
        // what is configured and reported, packets per second that count as full
        "MAX,         , 0.005, ,    100000",
        "MAX,         , 0.01,  ,    50000",
        "MAX,         , 0,     ,    50000",
        "MAX,         , 90,    ,    1000",
        "MAX,         , ,      ,    50000",
        "MAX,         , 0.005, 0,   50000",
        "PACKET_RATE, , 0.005, 0,   50000",
        "REPORTED,    , 0.005, 0,   100000",
        "MAX,    80000, 0.005, ,    80000",
    })
    void loadIsAPartOfWhatTheBridgeCanCarry(
            StressSource source, Double classRate, Double own, String rate, double full) {
        FleetConfig config = new FleetConfig(
                        source,
                        50_000,
                        classRate == null
                                ? List.of()
                                : List.of(new BridgeClass(
                                        "big",
                                        Optional.empty(),
                                        Optional.of(Pattern.compile(".*")),
                                        OptionalDouble.of(classRate))),
                        0.01,
                        Duration.ofSeconds(20),
                        0.8,
                        Duration.ofMinutes(1))
                .with(LoadConfig.EXPECTED);
        BridgeReport report = usable("stress_level", "0")
                .updatedBy(own == null ? BridgeReport.EMPTY : report("average_participant_stress", own.toString()))
                .updatedBy(
                        rate == null
                                ? BridgeReport.EMPTY
                                : report("packet_rate_download", rate, "packet_rate_upload", rate));
        FleetSnapshot fleet = fleet(config, report).reserved(request("a", shape(1, List.of()), NOW), id("jvb1"));

        assertThat(stress(fleet, "jvb1", NOW)).isEqualTo(MODEL.joiner(0, new Crowd(2, 1, 2), 1) / full, EXACTLY);
    }

    @Test
    void aLeaveRightAfterwardsGivesBackWhatWasReserved() {
        FleetSnapshot fleet = fleet(CONFIG, usable("stress_level", "0.25"));

        FleetSnapshot after = fleet.reserved(request("a", shape(30, List.of()), NOW), id("jvb1"))
                .released(id("jvb1"), ROOM, endpoint("a"), later(4));

        assertThat(stress(after, "jvb1", later(4))).isEqualTo(0.25, EXACTLY);
        assertThat(after.expected(id("jvb1"))).isEqualTo(LoadLearning.Expected.NOTHING);
    }

    @Test
    void aLateLeaveIsCreditedWithWhatTheConferenceCostsAndNotWithWhatWasForecast() {
        FleetSnapshot fleet = fleet(CONFIG, usable("stress_level", "0.25"))
                .reserved(request("a", shape(30, List.of()), NOW), id("jvb1"))
                .reserved(request("b", shape(29, List.of(use("jvb1", 1))), NOW), id("jvb1"));
        double each = MODEL.perParticipant(2, fleet.loadModel().crowd(shape(0, List.of(use("jvb1", 1))), 2), 1);

        FleetSnapshot after = fleet.released(id("jvb1"), ROOM, endpoint("a"), later(60));

        assertThat(stress(after, "jvb1", later(60))).isEqualTo(0.25 - each / 50_000, within(1e-4));
    }

    @Test
    void aMoveTakesTheExpectedLoadAlong() {
        FleetSnapshot fleet = fleet(CONFIG, usable(), usable())
                .reserved(request("a", shape(0, List.of()), NOW), id("jvb1"))
                .reserved(request("a", shape(0, List.of()), later(1)), id("jvb2"));

        assertThat(stress(fleet, "jvb1", later(1))).isEqualTo(0, EXACTLY);
        assertThat(fleet.expected(id("jvb1"))).isEqualTo(LoadLearning.Expected.NOTHING);
        assertThat(fleet.expected(id("jvb2")).sum()).isPositive();
        assertThat(fleet.reservations()).isEqualTo(1);
    }

    @Test
    void aBridgeThatIsNotThereTakesNobody() {
        FleetSnapshot fleet = fleet(CONFIG, usable()).reserved(request("a", shape(0, List.of()), NOW), id("gone"));

        assertThat(fleet.reservations()).isZero();
        assertThat(fleet.expected(id("gone"))).isEqualTo(LoadLearning.Expected.NOTHING);
    }

    private static FleetSnapshot fleet(FleetConfig config, BridgeReport... reports) {
        FleetSnapshot fleet = FleetSnapshot.empty(config);
        for (int i = 0; i < reports.length; i++) {
            fleet = fleet.reported(id("jvb" + (i + 1)), reports[i], NOW);
        }
        return fleet;
    }

    private static ConferenceShape shape(int waiting, List<BridgeUse> uses) {
        return new ConferenceShape(NOW, uses, JoinRate.NONE, waiting, Optional.empty());
    }

    /** All of them send sound, and none video. */
    private static BridgeUse voices(String nick, int people) {
        return new BridgeUse(
                id(nick), Audience.PARTICIPANT, List.of(new RegionCount(Optional.empty(), people)), people, 0);
    }

    /** Half of them send video, all of them sound. */
    private static BridgeUse use(String nick, int people) {
        return new BridgeUse(
                id(nick), Audience.PARTICIPANT, List.of(new RegionCount(Optional.empty(), people)), people, people / 2);
    }

    private static SelectionRequest request(String endpoint, ConferenceShape shape, Instant at) {
        return new SelectionRequest(ROOM, endpoint(endpoint), Optional.empty(), Audience.PARTICIPANT, shape, at);
    }
}
