package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Grafana's dashboard and Prometheus' rules name only metrics and labels that {@code /metrics} has. */
class ShippedMetricsTest {
    private static final Path DOCKER = Path.of("..", "docker");
    private static final Pattern METRIC = Pattern.compile("\\b(?:jitsi_jicofo|confocal)_[a-z0-9_]+");

    @Test
    void theDashboardShowsWhatIsThere() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCKER.resolve("grafana/confocal.json")));
        Set<String> samples = samples();

        Set<String> wanted = new TreeSet<>();
        for (JsonNode panel : dashboard.path("panels")) {
            for (JsonNode target : panel.path("targets")) {
                Set<String> ofTarget = metrics(target.path("expr").asString());
                assertThat(ofTarget).as(panel.path("title").asString()).isNotEmpty();
                wanted.addAll(ofTarget);
            }
        }
        for (JsonNode variable : dashboard.path("templating").path("list")) {
            wanted.addAll(metrics(variable.path("query").path("query").asString()));
        }
        assertThat(wanted).hasSizeGreaterThan(30);
        assertThat(samples).containsAll(wanted);
    }

    @Test
    void panelsHaveTheirOwnIdsAndPlaces() throws Exception {
        JsonNode dashboard = JsonMapper.shared().readTree(Files.readString(DOCKER.resolve("grafana/confocal.json")));
        List<Integer> ids = new ArrayList<>();
        Set<String> cells = new TreeSet<>();
        int area = 0;
        for (JsonNode panel : dashboard.path("panels")) {
            ids.add(panel.path("id").asInt());
            JsonNode place = panel.path("gridPos");
            area += place.path("w").asInt() * place.path("h").asInt();
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    cells.add((place.path("x").asInt() + x) + "/"
                            + (place.path("y").asInt() + y));
                }
            }
        }
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(cells).hasSize(area);
    }

    @Test
    void theRulesAskForWhatIsThere() throws Exception {
        Set<String> wanted = Files.readAllLines(DOCKER.resolve("prometheus/rules/confocal.yml")).stream()
                .filter(line -> line.strip().startsWith("expr:"))
                .flatMap(line -> metrics(line).stream())
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(wanted).hasSizeGreaterThan(8);
        assertThat(samples()).containsAll(wanted);
    }

    @Test
    void bridgesAreLabelledAsTheDashboardAsks() throws Exception {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            assertThat(http.get("/metrics", "Accept", "text/plain").body())
                    .contains("confocal_bridge_stress{jvb=\"jvb1\"}");
        }
        assertThat(Files.readString(DOCKER.resolve("grafana/confocal.json"))).contains("jvb=~\\\"$jvb\\\"");
    }

    /** The names of all samples, as Prometheus stores them. */
    private static Set<String> samples() throws IOException, InterruptedException {
        try (HttpFixture http = new HttpFixture(FocusViewFake.busy())) {
            return http.get("/metrics", "Accept", "text/plain")
                    .body()
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("[{ ]", 2)[0])
                    .collect(Collectors.toSet());
        }
    }

    private static Set<String> metrics(String expression) {
        return METRIC.matcher(expression).results().map(match -> match.group()).collect(Collectors.toSet());
    }
}
