package org.confocal.benchmarks;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** What selections cost, for people and for programs. */
record SelectionTable(List<Cost> costs) {
    SelectionTable {
        costs = List.copyOf(costs);
    }

    /**
     * What one way of selecting costs at one size; empty where it was not measured.
     *
     * @param p50 microseconds
     * @param p99 microseconds
     * @param bytes allocated by one selection
     * @param throughput selections a second, of two threads together
     */
    record Cost(Key key, OptionalDouble p50, OptionalDouble p99, OptionalDouble bytes, OptionalDouble throughput) {
        static final String TEXTBOOK = "textbook";

        /**
         * A way of selecting and a size.
         *
         * @param strategy its name, or {@link #TEXTBOOK}
         * @param conference how many bridges the conference is on
         */
        record Key(String strategy, int bridges, int conference) implements Comparable<Key> {
            private static final Comparator<Key> ORDER = Comparator.comparing(Key::strategy)
                    .thenComparingInt(Key::bridges)
                    .thenComparingInt(Key::conference);

            @Override
            public int compareTo(Key other) {
                return ORDER.compare(this, other);
            }
        }

        static Cost ofSamples(Key key, double p50, double p99, double bytes) {
            return new Cost(
                    key,
                    OptionalDouble.of(p50),
                    OptionalDouble.of(p99),
                    OptionalDouble.of(bytes),
                    OptionalDouble.empty());
        }

        static Cost ofThroughput(Key key, double throughput) {
            return new Cost(
                    key,
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.empty(),
                    OptionalDouble.of(throughput));
        }

        /** What either of them knows. */
        Cost and(Cost other) {
            return new Cost(
                    key,
                    p50.isPresent() ? p50 : other.p50,
                    p99.isPresent() ? p99 : other.p99,
                    bytes.isPresent() ? bytes : other.bytes,
                    throughput.isPresent() ? throughput : other.throughput);
        }
    }

    /** The textbook way at that size of the fleet, with a conference of whatever size was measured. */
    private Optional<Cost> textbook(Cost cost) {
        return costs.stream()
                .filter(other ->
                        other.key.strategy().equals(Cost.TEXTBOOK) && other.key.bridges() == cost.key.bridges())
                .findFirst();
    }

    /** How many times as long the textbook way takes at the median. */
    private OptionalDouble fasterThanTextbook(Cost cost) {
        return ratio(textbook(cost).map(Cost::p50).orElse(OptionalDouble.empty()), cost.p50);
    }

    /** How many times as many selections a second two threads make. */
    private OptionalDouble moreThanTextbook(Cost cost) {
        return ratio(cost.throughput, textbook(cost).map(Cost::throughput).orElse(OptionalDouble.empty()));
    }

    private static OptionalDouble ratio(OptionalDouble above, OptionalDouble below) {
        return above.isPresent() && below.isPresent()
                ? OptionalDouble.of(above.getAsDouble() / below.getAsDouble())
                : OptionalDouble.empty();
    }

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%-36s %7s %10s %9s %9s %9s %13s %12s %12s%n",
                "one selection and its reservation",
                "bridges",
                "conference",
                "p50 us",
                "p99 us",
                "bytes",
                "2 threads /s",
                "p50 x faster",
                "2 threads x"));
        for (Cost cost : costs) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-36s %7d %10d %9s %9s %9s %13s %12s %12s%n",
                    cost.key.strategy(),
                    cost.key.bridges(),
                    cost.key.conference(),
                    shown("%.1f", cost.p50),
                    shown("%.1f", cost.p99),
                    shown("%.0f", cost.bytes),
                    shown("%.0f", cost.throughput),
                    shown("%.1f", fasterThanTextbook(cost)),
                    shown("%.1f", moreThanTextbook(cost))));
        }
        return text.toString();
    }

    private static String shown(String format, OptionalDouble value) {
        return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "";
    }

    /** One line. */
    String json() {
        return costs.stream().map(this::json).collect(Collectors.joining(", ", "{\"selection\": [", "]}"));
    }

    private String json(Cost cost) {
        return String.format(
                Locale.ROOT,
                "{\"strategy\": \"%s\", \"bridges\": %d, \"conference_bridges\": %d, \"p50_us\": %s, \"p99_us\": %s,"
                        + " \"bytes_per_op\": %s, \"two_threads_per_s\": %s, \"p50_textbook_ratio\": %s,"
                        + " \"two_threads_textbook_ratio\": %s}",
                cost.key.strategy(),
                cost.key.bridges(),
                cost.key.conference(),
                number(cost.p50),
                number(cost.p99),
                number(cost.bytes),
                number(cost.throughput),
                number(fasterThanTextbook(cost)),
                number(moreThanTextbook(cost)));
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() && Double.isFinite(value.getAsDouble())
                ? String.format(Locale.ROOT, "%.3f", value.getAsDouble())
                : "null";
    }
}
