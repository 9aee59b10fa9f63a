package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.confocal.tests.placement.Meeting.View;
import org.junit.jupiter.api.Test;

/** Against the numbers of placement.md, sections (c) and 3. */
class MediaTest {

    /** Of everybody on one bridge, by head. */
    private static double packetsByHead(int people, int cameras, int microphones) {
        Media media = Media.of(people, cameras, microphones, View.SPEAKER, false);
        return (media.upPackets(cameras, microphones, 0) + media.downPackets(people, cameras, microphones, 0)) / people;
    }

    @Test
    void packetsByHeadAreThoseOfTheResearch() {
        // With everybody's microphone on: 300 on stage, 100 a tile, 100 + 50 audio, 200 up for half of the people.
        assertThat(packetsByHead(100, 50, 100)).isEqualTo(300 + 24 * 100 + 100 + 50 + 100);
        // Below last-n, who sends sees one camera fewer than who does not.
        assertThat(packetsByHead(10, 5, 10)).isEqualTo((300 + 3 * 100 + 300 + 4 * 100) / 2.0 + 100 + 50 + 100);
    }

    @Test
    void aloneNobodySendsOrReceives() {
        Media media = Media.of(1, 1, 1, View.SPEAKER, true);

        assertThat(media.upKbps(1, 1, 1)).isZero();
        assertThat(media.upPackets(1, 1, 1)).isZero();
        assertThat(media.downKbps(1, 1, 1, 1)).isZero();
    }

    @Test
    void twoWithCamerasSendAllLayersAndSeeEachOtherOnStage() {
        Media media = Media.of(2, 2, 2, View.TILE, false);

        assertThat(media.upKbps(2, 2, 0)).isEqualTo(2 * (2200 + 40));
        assertThat(media.downKbps(2, 2, 2, 0)).isEqualTo(2 * (1500 + 40));
    }

    @Test
    void onlyTheStageIsSentInAllLayers() {
        Media media = Media.of(10, 10, 2, View.SPEAKER, false);

        assertThat(media.upKbps(10, 0, 0)).isCloseTo(2 * 2200 + 8 * 200, within(1e-9));
        assertThat(media.downKbps(1, 1, 0, 0)).isEqualTo(1500 + 8 * 200 + 2 * 40);
    }

    @Test
    void aSharedScreenTakesTheStageOfAllButTheOneWhoSharesIt() {
        Media media = Media.of(3, 0, 0, View.SPEAKER, true);

        assertThat(media.downKbps(3, 0, 0, 1)).isEqualTo(2 * 2500);
        assertThat(media.upKbps(0, 0, 1)).isEqualTo(2500);
    }
}
