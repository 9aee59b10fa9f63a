package org.confocal.focus.fleet;

import java.util.Locale;
import java.util.stream.Collectors;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/** A decision in one line for the log: who, where to, how loaded that is, and by which rule. */
public final class SelectionLine {
    private static final int MAX_REJECTED = 4;

    private SelectionLine() {}

    /** As in {@code Endpoint 71f4c820 (region eu) -> jvb1, region eu, stress 0.12, by least-stressed-in-region}. */
    public static String of(SelectionRequest request, Selection selection) {
        String who = "Endpoint " + request.endpoint() + " in " + request.room()
                + request.region().map(region -> " (region " + region + ")").orElse("");
        return switch (selection) {
            case Selection.Chosen chosen ->
                who + " -> " + chosen.bridge().nick() + ", region "
                        + chosen.region().map(Object::toString).orElse("unknown") + ", stress "
                        + stress(chosen.why(), chosen.bridge()) + ", by "
                        + chosen.why().strategy() + ": " + chosen.why().rule();
            case Selection.None none ->
                who + " -> no bridge: " + none.reason() + ", by " + none.why().strategy() + ": "
                        + none.why().rule() + rejected(none.why());
        };
    }

    private static String stress(Selection.Explanation why, BridgeId bridge) {
        return why.candidates().stream()
                .filter(candidate -> candidate.bridge().equals(bridge))
                .findFirst()
                .map(candidate -> String.format(Locale.ROOT, "%.2f", candidate.stress()))
                .orElse("unknown");
    }

    private static String rejected(Selection.Explanation why) {
        if (why.rejected().isEmpty()) {
            return "";
        }
        String some = why.rejected().stream()
                .limit(MAX_REJECTED)
                .map(rejected -> rejected.bridge().nick() + " " + rejected.reason())
                .collect(Collectors.joining(", "));
        int more = why.rejected().size() - MAX_REJECTED;
        return " (" + some + (more > 0 ? " and " + more + " more)" : ")");
    }
}
