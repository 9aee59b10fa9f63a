package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** A summary's most important figures as a table, for a terminal. The rest is in the JSON. */
final class SummaryText {
    private static final String ROW = "%-24s %9s %9s %9s %9s %7s %9s %9s %7s %8s%n";

    private final Map<String, Object> fields;
    private final StringBuilder text = new StringBuilder();

    private SummaryText(Map<String, Object> fields) {
        this.fields = fields;
    }

    static String of(Map<String, Object> fields) {
        SummaryText summary = new SummaryText(fields);
        summary.write();
        return summary.text.toString().stripTrailing();
    }

    private void write() {
        text.append(String.format(
                Locale.ROOT,
                "%s concurrent, %s h, prices %s, %s seeds from %s: %.0f conferences and %.0f joins a seed, %.0f s%n",
                fields.get("scenario"),
                fields.get("hours"),
                fields.get("prices"),
                fields.get("seeds"),
                fields.get("firstSeed"),
                number(fields, "conferences"),
                number(fields, "joins"),
                number(fields, "seconds")));
        text.append(String.format(
                Locale.ROOT,
                "against %s; round trips in ms, egress in $ per 1,000 participant-hours%n%n",
                fields.get("baseline")));
        text.append(String.format(
                Locale.ROOT,
                ROW,
                "strategy",
                "relay $",
                "",
                "total $",
                "mean e2e",
                "no",
                "stress",
                "hot",
                "moves/",
                "gap to"));
        text.append(String.format(Locale.ROOT, ROW, "", "", "", "", "", "slower", "max", "minutes", "1000", "myopic"));
        Map<String, Object> strategies = map(fields, "strategies");
        for (String name : strategies.keySet()) {
            Map<String, Object> figures = map(strategies, name);
            text.append(String.format(
                    Locale.ROOT,
                    ROW,
                    name,
                    "%.3f".formatted(1000 * number(figures, "relayUsdPerPh")),
                    percent(number(figures, "vsBaseline", "relay", "mean")),
                    "%.2f".formatted(1000 * number(figures, "totalUsdPerPh")),
                    "%.1f".formatted(number(figures, "e2eMs", "mean")),
                    "%.1f%%".formatted(100 * number(figures, "vsBaseline", "conferencesNoSlower", "mean")),
                    "%.2f".formatted(number(figures, "stressMax")),
                    "%.0f".formatted(number(figures, "hotMinutes")),
                    "%.1f".formatted(number(figures, "movesPer1000")),
                    percent(number(figures, "gapToMyopic"))));
        }
        Map<String, Object> bursts = map(fields, "bursts");
        List<String> names = new ArrayList<>(new TreeSet<>(bursts.keySet()));
        text.append(String.format(Locale.ROOT, "%nbursts: peak stress (most bridges of one conference)%n"));
        for (String name : strategies.keySet()) {
            text.append(String.format(Locale.ROOT, "%-24s", name));
            for (String burst : names) {
                Map<String, Object> result = map(map(bursts, burst), name);
                text.append(String.format(
                        Locale.ROOT,
                        "  %s %.2f (%.1f)",
                        burst,
                        number(result, "peakStress"),
                        number(result, "bridges")));
            }
            text.append(String.format(Locale.ROOT, "%n"));
        }
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%+.1f%%", 100 * share);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> of, String name) {
        return of.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }

    private static double number(Map<String, Object> of, String... path) {
        Map<String, Object> at = of;
        for (int i = 0; i < path.length - 1; i++) {
            at = map(at, path[i]);
        }
        return at.get(path[path.length - 1]) instanceof Number number ? number.doubleValue() : Double.NaN;
    }
}
