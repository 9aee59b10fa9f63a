package org.confocal.tests.contract;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That each metric has its name, type and label, in OpenMetrics, in Prometheus' text format, and in the flat JSON. */
final class MetricContract {
    private static final String PREFIX = "jitsi_jicofo_";

    private MetricContract() {}

    /** @param lines of {@code metrics.txt}: name, type, and a label where there is one */
    static void check(List<String> lines, HttpFace http, Findings findings) throws IOException {
        String open = http.get("/metrics", "*/*").body();
        String text = http.get("/metrics", "text/plain").body();
        JsonNode flat = JsonMapper.shared()
                .readTree(http.get("/metrics", "application/json").body());
        Map<String, String> types = types(open);
        for (String line : lines) {
            String[] words = line.split(" ", -1);
            boolean optional = words[0].endsWith("?");
            String name = optional ? words[0].substring(0, words[0].length() - 1) : words[0];
            findings.check();
            String type = types.getOrDefault(PREFIX + name, "");
            if (type.isEmpty()) {
                if (!optional) {
                    findings.missing("metric " + name);
                }
                continue;
            }
            if (!type.equals(words[1])) {
                findings.wrong("metric " + name + ": " + type + " in place of " + words[1]);
            }
            String sample = PREFIX + name + suffix(words[1]);
            String label = words.length > 2 ? "{" + words[2] + "=\"" : " ";
            if (open.lines().noneMatch(each -> each.startsWith(sample + label))) {
                findings.wrong("metric " + name + ": no sample " + sample + label);
            }
            if (text.lines().noneMatch(each -> each.startsWith(sample + label))) {
                findings.wrong("metric " + name + ": no sample in the text format");
            }
            // Those with a label are left out of the flat form, and the version is a word in it.
            if (words.length < 3 && flat.path(flatName(name, words[1])).isMissingNode()) {
                findings.missing("metric " + name + " in the flat JSON");
            }
        }
    }

    private static String suffix(String type) {
        return switch (type) {
            case "counter" -> "_total";
            case "info" -> "_info";
            default -> "";
        };
    }

    private static String flatName(String name, String type) {
        return type.equals("counter") ? name + "_total" : name;
    }

    private static Map<String, String> types(String scrape) {
        Map<String, String> types = new HashMap<>();
        scrape.lines().filter(line -> line.startsWith("# TYPE ")).forEach(line -> {
            String[] words = line.split(" ", -1);
            types.put(words[2], words[3]);
        });
        return types;
    }
}
