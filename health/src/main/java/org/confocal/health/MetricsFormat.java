package org.confocal.health;

import java.util.List;
import java.util.Locale;

/** The forms of {@code /metrics}, and which of them an {@code Accept} header asks for (RFC 9110, section 12.5.1). */
enum MetricsFormat {
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8"),
    PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
    JSON("application/json");

    private final String contentType;

    MetricsFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /**
     * The format with the highest quality; of equals, the first in the header. OpenMetrics where nothing is asked for,
     * for {@code *}{@code /*}, and where nothing fits, as in Jicofo.
     *
     * @param accept the values of all Accept headers
     */
    static MetricsFormat of(List<String> accept) {
        MetricsFormat best = OPEN_METRICS;
        double quality = 0;
        for (String header : accept) {
            for (String range : header.split(",", -1)) {
                double asked = quality(range);
                String type = range.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
                if (asked > quality && known(type)) {
                    best = ofType(type);
                    quality = asked;
                }
            }
        }
        return best;
    }

    private static boolean known(String type) {
        return switch (type) {
            case "*/*", "application/*", "application/openmetrics-text", "text/*", "text/plain", "application/json" ->
                true;
            default -> false;
        };
    }

    private static MetricsFormat ofType(String type) {
        return switch (type) {
            case "text/*", "text/plain" -> PROMETHEUS;
            case "application/json" -> JSON;
            default -> OPEN_METRICS;
        };
    }

    /** 1 where none is given; 0 where it cannot be read. */
    private static double quality(String range) {
        for (String parameter : range.split(";", -1)) {
            String stripped = parameter.strip();
            if (stripped.startsWith("q=") || stripped.startsWith("Q=")) {
                String value = stripped.substring(2).strip();
                return value.matches("[01](\\.[0-9]{0,3})?") ? Double.parseDouble(value) : 0;
            }
        }
        return 1;
    }
}
