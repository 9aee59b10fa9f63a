package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.view.FocusControl.Pin;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.Test;

class PinsTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final RoomId ROOM = new RoomId("standup@muc.example.org");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final Pins pins = new Pins(Journal.NONE);

    @Test
    void aPinCountsUntilItIsOver() {
        pins.add(ROOM, "2.3", MINUTE, NOW);
        assertThat(pins.version(ROOM, NOW.plusMillis(59_999))).contains("2.3");
        assertThat(pins.version(ROOM, NOW.plusSeconds(60))).isEmpty();
        assertThat(pins.all(NOW)).containsExactly(new Pin(ROOM, "2.3", NOW.plusSeconds(60)));
        assertThat(pins.all(NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void theLastOneCountsAndARemovedOneDoesNot() {
        pins.add(ROOM, "2.3", MINUTE, NOW);
        pins.add(ROOM, "2.4", MINUTE, NOW);
        assertThat(pins.version(ROOM, NOW)).contains("2.4");
        pins.remove(ROOM);
        assertThat(pins.version(ROOM, NOW)).isEmpty();
    }

    @Test
    void thereIsRoomForSoManyAndForThoseThatAreKnown() {
        for (int n = 0; n < Pins.MAX_PINS; n++) {
            assertThat(pins.add(new RoomId("r" + n + "@x"), "2.3", MINUTE, NOW)).isTrue();
        }
        assertThat(pins.add(ROOM, "2.3", MINUTE, NOW)).isFalse();
        assertThat(pins.add(new RoomId("r0@x"), "2.4", MINUTE, NOW)).isTrue();
        assertThat(pins.add(ROOM, "2.3", MINUTE, NOW.plusSeconds(60)))
                .as("the others are over")
                .isTrue();
    }
}
