package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.id;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadModelTest {
    private static final LoadModel MODEL = LoadModel.DEFAULTS;

    @ParameterizedTest
    @CsvSource({
        // size, video senders; of one participant: stage, thumbnails, voices, sent
        "1,   1,   0,   0,    0,   250",
        "2,   1,   150, 0,    100, 150",
        "2,   2,   300, 0,    100, 250",
        "4,   2,   300, 50,   100, 150",
        "10,  5,   300, 350,  100, 150",
        "92,  46,  300, 2400, 100, 150",
        "500, 250, 300, 2400, 100, 150",
        "100, 0,   0,   0,    100, 50",
        "100, 1,   297, 0,    100, 52",
    })
    void aParticipantCostsWhatItReceivesAndSends(
            double size, double video, double stage, double thumbnails, double voices, double sent) {
        assertThat(MODEL.packetRate(1, new Crowd(size, video, size), 1))
                .isEqualTo(stage + thumbnails + voices + sent, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource({
        // people on the hottest bridge, bridges, its stress in the replay of the incident (92 people, 100 kpps)
        "30.67, 3, 1.08",
        "23,    4, 0.87",
        "18.4,  5, 0.75",
        "15.33, 6, 0.67",
        "18,    6, 0.76",
        "16,    6, 0.69",
        "20,    5, 0.80",
        "25,    4, 0.94",
        "27,    4, 1.00",
    })
    void theReplayOfTheIncidentIsReproduced(double local, int bridges, double stress) {
        Crowd crowd = new Crowd(92, 46, 92);

        assertThat(MODEL.packetRate(local, crowd, bridges) / 100_000).isEqualTo(stress, within(0.02));
    }

    @Test
    void everythingThatIsSentGoesToEachOtherBridge() {
        Crowd crowd = new Crowd(10, 4, 10);
        double each = (4 * 200 + 10 * 50) / 10.0;

        assertThat(MODEL.relays(3, crowd, 1)).isZero();
        assertThat(MODEL.relays(3, crowd, 2)).isEqualTo(3 * each + 7 * each, within(1e-9));
        assertThat(MODEL.relays(3, crowd, 4)).isEqualTo(3 * each * 3 + 7 * each, within(1e-9));
        assertThat(MODEL.relays(0, crowd, 4)).isZero();
    }

    @Test
    void theFirstOnABridgeBringsWhatTheOthersSend() {
        Crowd crowd = new Crowd(10, 4, 10);
        double each = (4 * 200 + 10 * 50) / 10.0;

        assertThat(MODEL.joiner(0, crowd, 2) - MODEL.joiner(1, crowd, 2)).isEqualTo(10 * each, within(1e-9));
    }

    @Property(tries = 300)
    void theCostsOfThoseWhoFillABridgeAddUpToItsLoad(
            @ForAll @IntRange(min = 1, max = 60) int local,
            @ForAll @IntRange(max = 100) int elsewhere,
            @ForAll @DoubleRange(max = 1) double video,
            @ForAll @IntRange(min = 1, max = 20) int bridges) {
        double size = local + elsewhere;
        Crowd crowd = new Crowd(size, size * video, size);
        double sum = 0;
        for (int i = 0; i < local; i++) {
            sum += MODEL.joiner(i, crowd, bridges);
        }

        assertThat(sum).isEqualTo(MODEL.packetRate(local, crowd, bridges), within(1e-6 * sum));
        assertThat(sum / local).isEqualTo(MODEL.perParticipant(local, crowd, bridges), within(1e-6 * sum));
    }

    @Property(tries = 500)
    void moreOfAnythingCostsNoLess(
            @ForAll @DoubleRange(max = 100) double local,
            @ForAll @DoubleRange(max = 400) double elsewhere,
            @ForAll @DoubleRange(max = 1) double video,
            @ForAll @DoubleRange(max = 1) double audio,
            @ForAll @IntRange(min = 1, max = 20) int bridges,
            @ForAll @DoubleRange(max = 50) double more) {
        double size = local + elsewhere;
        Crowd crowd = new Crowd(size, size * video, size * audio);
        double rate = MODEL.packetRate(local, crowd, bridges);
        double slack = 1e-9 * (1 + rate);

        assertThat(rate).isFinite().isNotNegative();
        assertThat(MODEL.packetRate(local, crowd.of(size + more), bridges)).isGreaterThanOrEqualTo(rate - slack);
        assertThat(MODEL.packetRate(local + more, crowd.of(size + more), bridges))
                .isGreaterThanOrEqualTo(rate - slack);
        assertThat(MODEL.packetRate(local, crowd, bridges + 1)).isGreaterThanOrEqualTo(rate - slack);
        double moreVideo = Math.min(size, crowd.videoSenders() + more);
        assertThat(MODEL.packetRate(local, new Crowd(size, moreVideo, size * audio), bridges))
                .isGreaterThanOrEqualTo(rate - slack);
        double moreAudio = Math.min(size, crowd.audioSenders() + more);
        assertThat(MODEL.packetRate(local, new Crowd(size, size * video, moreAudio), bridges))
                .isGreaterThanOrEqualTo(rate - slack);
    }

    @Test
    void sendersAreForecastFromThoseSeenAndALittleFromExpectation() {
        assertThat(MODEL.crowd(shape(0, 0, 0), 20)).isEqualTo(new Crowd(20, 10, 20));
        assertThat(MODEL.crowd(shape(36, 0, 0), 40)).isEqualTo(new Crowd(40, 2, 4));
        assertThat(MODEL.crowd(shape(36, 36, 36), 40)).isEqualTo(new Crowd(40, 38, 40));
        // More senders than people, and more people than there are.
        assertThat(MODEL.crowd(shape(4, 80, 80), 8)).isEqualTo(new Crowd(8, 6, 8));
        assertThat(MODEL.crowd(shape(4, 4, 4), 1e9).size()).isEqualTo(Crowd.MAX_SIZE);
    }

    private static ConferenceShape shape(int people, int video, int audio) {
        BridgeUse use = new BridgeUse(
                id("jvb1"), Audience.PARTICIPANT, List.of(new RegionCount(Optional.empty(), people)), audio, video);
        return new ConferenceShape(NOW, List.of(use), JoinRate.NONE, Optional.empty());
    }

    @Test
    void participantsAndRelaysAreScaledApart() {
        Crowd crowd = new Crowd(30, 12, 20);
        LoadModel scaled = MODEL.scaled(2, 0.5);

        assertThat(scaled.participants(10, crowd)).isEqualTo(2 * MODEL.participants(10, crowd), within(1e-6));
        assertThat(scaled.relays(10, crowd, 3)).isEqualTo(0.5 * MODEL.relays(10, crowd, 3), within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({
        "-1,  100, 25, 0.5, stageRate",
        "NaN, 100, 25, 0.5, stageRate",
        "300, 1e7, 25, 0.5, thumbnailRate",
        "300, 100, 0,  0.5, lastN",
        "300, 100, 25, 1.1, videoShare",
    })
    void whatMakesNoSenseIsRefusedByName(double stage, double thumbnail, int lastN, double share, String name) {
        assertThatThrownBy(() -> new LoadModel(stage, thumbnail, 200, 50, 2, lastN, 1, share, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + " must ");
    }

    @Test
    void aCrowdHasNoMoreSendersThanPeople() {
        assertThatThrownBy(() -> new Crowd(3, 4, 0)).hasMessageStartingWith("videoSenders must ");
        assertThatThrownBy(() -> new Crowd(3, 0, Double.NaN)).hasMessageStartingWith("audioSenders must ");
        assertThatThrownBy(() -> new Crowd(-1, 0, 0)).hasMessageStartingWith("size must ");
    }
}
