package org.confocal.tests.demo;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import org.confocal.tests.demo.FocusUnderTest.Holdings;

/**
 * What a focus says in {@code /metrics}.
 *
 * @param values by name; those with labels added up
 */
record FocusMetrics(Map<String, Double> values) {
    FocusMetrics {
        values = Map.copyOf(values);
    }

    /** Reads the text format; lines that are none are left out. */
    static FocusMetrics of(String text) {
        Map<String, Double> values = new HashMap<>();
        text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            String[] words = line.substring(line.lastIndexOf('}') + 1).strip().split(" +", -1);
            String name = line.split("[{ ]", 2)[0];
            String number = words[line.contains("{") ? 0 : Math.min(1, words.length - 1)];
            try {
                values.merge(name, Double.parseDouble(number), Double::sum);
            } catch (NumberFormatException e) {
                // No sample.
            }
        });
        return new FocusMetrics(values);
    }

    /** The value of that name, where there is one. */
    OptionalDouble value(String name) {
        Double value = values.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** What it holds; -1 for what it does not say. */
    Holdings holdings() {
        return new Holdings(
                number("jitsi_jicofo_conferences"),
                number("jitsi_jicofo_participants_current"),
                number("confocal_timers"),
                number("confocal_reservations"));
    }

    private int number(String name) {
        return (int) Math.round(value(name).orElse(-1));
    }
}
