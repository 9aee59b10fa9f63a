package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.junit.jupiter.api.Test;

class FocusMetricsTest {
    @Test
    void samplesAreReadByNameAndThoseWithLabelsAreAddedUp() {
        FocusMetrics metrics = FocusMetrics.of("""
                # HELP process_cpu_seconds_total Processor time
                # TYPE process_cpu_seconds_total counter
                process_cpu_seconds_total 12.5
                jitsi_jicofo_conferences 3.0
                jitsi_jicofo_participants_current 15.0
                confocal_timers 0.0
                confocal_decisions{bridge="jvb1, the first",why="} "} 2.0
                confocal_decisions{bridge="jvb2"} 5 1700000000
                """);

        assertThat(metrics.value("process_cpu_seconds_total")).hasValue(12.5);
        assertThat(metrics.value("confocal_decisions")).hasValue(7);
        assertThat(metrics.value("confocal_journal_cpu_seconds_total")).isEmpty();
        assertThat(metrics.holdings()).isEqualTo(new Holdings(3, 15, 0, -1));
        assertThat(FocusMetrics.of("").holdings().nothing()).isFalse();
    }
}
