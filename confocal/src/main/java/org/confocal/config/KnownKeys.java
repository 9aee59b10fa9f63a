package org.confocal.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys there are, and which of a file's keys are not among them. */
final class KnownKeys {
    /** Below these, any key is the operator's own. */
    private static final Set<String> FREE = Set.of(
            "jicofo.bridge.egress.internet",
            "jicofo.conference.source-signaling-delays",
            "jicofo.transcription.http-headers",
            "jicofo.translation.http-headers",
            "jicofo.xmpp.visitors");

    /** A warning names at most so many unknown keys one by one. */
    private static final int MAX_WARNINGS = 50;

    private final SortedSet<String> known = new TreeSet<>();

    /** @param defaults names every key, with null where there is no default */
    KnownKeys(ConfigObject defaults) {
        collect("", defaults, known);
    }

    SortedSet<String> names() {
        return known;
    }

    /** A sentence for each key of {@code file} that is not known, with the nearest one that is. */
    List<String> warnings(ConfigObject file) {
        List<String> warnings = new ArrayList<>();
        SortedSet<String> used = new TreeSet<>();
        collect("", file, used);
        for (String key : used) {
            if (isKnown(key)) {
                continue;
            }
            if (warnings.size() == MAX_WARNINGS) {
                warnings.add("There are more unknown keys.");
                return warnings;
            }
            warnings.add("Unknown key %s is ignored; the nearest known one is %s.".formatted(key, nearest(key)));
        }
        return warnings;
    }

    private boolean isKnown(String key) {
        return known.contains(key) || FREE.stream().anyMatch(free -> key.equals(free) || key.startsWith(free + "."));
    }

    private static void collect(String prefix, ConfigObject object, Set<String> into) {
        for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
            String key = prefix + entry.getKey();
            if (entry.getValue() instanceof ConfigObject child && !child.isEmpty() && !FREE.contains(key)) {
                collect(key + ".", child, into);
            } else {
                into.add(key);
            }
        }
    }

    private String nearest(String key) {
        String best = known.first();
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(key, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance. */
    private static int distance(String left, String right) {
        int[] previous = new int[right.length() + 1];
        for (int j = 0; j <= right.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= left.length(); i++) {
            int[] current = new int[right.length() + 1];
            current[0] = i;
            for (int j = 1; j <= right.length(); j++) {
                int replaced = previous[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[right.length()];
    }
}
