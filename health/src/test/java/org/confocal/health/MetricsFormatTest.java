package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsFormatTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | OPEN_METRICS",
                "*/* | OPEN_METRICS",
                "text/plain | PROMETHEUS",
                "TEXT/PLAIN;version=0.0.4 | PROMETHEUS",
                "application/json | JSON",
                "application/openmetrics-text | OPEN_METRICS",
                "text/html,application/xhtml+xml,*/*;q=0.8 | OPEN_METRICS",
                "application/json;q=0.5, text/plain | PROMETHEUS",
                "application/json, text/plain | JSON",
                "text/plain;q=0, application/json;q=0.1 | JSON",
                "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.1 | OPEN_METRICS",
                "application/vnd.google.protobuf;q=0.6,text/plain;version=0.0.4;q=0.4 | PROMETHEUS",
                "image/png | OPEN_METRICS",
                "text/plain;q=banana | OPEN_METRICS",
                ";;;,,, | OPEN_METRICS",
            })
    void theFormatIsTheOneAskedFor(String accept, MetricsFormat format) {
        assertThat(MetricsFormat.of(List.of(accept))).isEqualTo(format);
    }
}
