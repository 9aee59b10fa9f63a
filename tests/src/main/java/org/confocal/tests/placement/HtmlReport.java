package org.confocal.tests.placement;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.confocal.strategy.network.Coordinates;
import org.confocal.strategy.network.KnownRegions;
import tools.jackson.databind.json.JsonMapper;

/**
 * The report as one HTML file that needs nothing else: Chart.js and the figures are in it. Charts: cost against latency, load
 * over the day, and the map of one conference's cascade; below them the table of all figures.
 */
final class HtmlReport {
    private static final String CHARTS = "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

    private HtmlReport() {}

    /** @param first of its day the charts over time and the map are drawn */
    static String of(Summary summary, SeedResult first, Geography geography) {
        Map<String, Object> figures = new LinkedHashMap<>(summary.fields());
        figures.put("seed", first.seed());
        figures.put("load", load(first));
        figures.put("metros", metros(geography));
        figures.put("regions", regions(geography));
        figures.put("portraits", portraits(first));
        String json = JsonMapper.builder().build().writeValueAsString(figures).replace("</", "<\\/");
        return text("placement.html")
                .replace("/*CHARTS*/", text(CHARTS).replace("</script", "<\\/script"))
                .replace("/*FIGURES*/", json)
                .replace("/*SCRIPT*/", text("placement.js"));
    }

    private static Map<String, Object> load(SeedResult first) {
        Map<String, Object> load = new LinkedHashMap<>();
        for (DayResult day : first.days()) {
            List<List<Double>> points = new ArrayList<>();
            for (int minute = 0; minute < day.minutes().size(); minute += 5) {
                DayResult.Minute at = day.minutes().get(minute);
                points.add(List.of(minute / 60.0, at.meanStress(), at.highestStress()));
            }
            load.put(day.contender(), points);
        }
        return load;
    }

    private static List<Map<String, Object>> metros(Geography geography) {
        return geography.metros().stream()
                .map(metro -> place(metro.name(), metro.place()))
                .toList();
    }

    private static List<Map<String, Object>> regions(Geography geography) {
        KnownRegions known = KnownRegions.shipped();
        return geography.regions().stream()
                .map(region -> place(region.name(), known.coordinates(region).orElseThrow()))
                .toList();
    }

    private static Map<String, Object> place(String name, Coordinates at) {
        return Map.of("name", name, "x", at.longitude(), "y", at.latitude());
    }

    private static Map<String, Portrait> portraits(SeedResult first) {
        Map<String, Portrait> portraits = new LinkedHashMap<>();
        first.days().forEach(day -> portraits.put(day.contender(), day.portrait()));
        return portraits;
    }

    private static String text(String resource) {
        try (InputStream in = HtmlReport.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + resource);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(resource, e);
        }
    }
}
