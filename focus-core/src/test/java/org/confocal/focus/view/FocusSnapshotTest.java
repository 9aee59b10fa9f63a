package org.confocal.focus.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.confocal.focus.conference.ConferenceCounter;
import org.junit.jupiter.api.Test;

class FocusSnapshotTest {

    private static FocusSnapshot counted(Map<ConferenceCounter, Long> counters) {
        return new FocusSnapshot(
                Instant.parse("2026-03-01T12:00:00Z"),
                true,
                true,
                List.of(),
                List.of(),
                0,
                0,
                0,
                0,
                0,
                0,
                counters,
                Map.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                0,
                0,
                0,
                0,
                0,
                0,
                0);
    }

    @Test
    void aFocusThatHasCountedNothingHasASnapshot() {
        assertThat(counted(Map.of()).counters()).isEmpty();
    }

    @Test
    void aSnapshotDoesNotCountOn() {
        Map<ConferenceCounter, Long> counters = new HashMap<>(Map.of(ConferenceCounter.PARTICIPANTS, 1L));
        FocusSnapshot snapshot = counted(counters);
        counters.put(ConferenceCounter.PARTICIPANTS, 2L);
        assertThat(snapshot.counters()).containsExactly(Map.entry(ConferenceCounter.PARTICIPANTS, 1L));
    }
}
