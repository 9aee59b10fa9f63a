package org.confocal.tests.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.confocal.strategy.network.EgressPrices;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PlacementSimulationTest {

    private static String run(String... args) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertThat(PlacementSimulation.main(args, stream, stream)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void twoBusyHoursGiveFiguresForEveryContender() throws Exception {
        String printed = run("--scenario", "200", "--hours", "2", "--json");

        JsonNode fields =
                JsonMapper.builder().build().readTree(printed.lines().toList().getLast());
        assertThat(fields.get("joins").asDouble()).isGreaterThan(1_000);
        for (Contender contender : Contenders.all(EgressPrices.aws())) {
            JsonNode figures = fields.get("strategies").get(contender.name());
            assertThat(figures.get("totalUsdPerPh").asDouble()).isBetween(0.005, 1.0);
            assertThat(figures.get("e2eMs").get("mean").asDouble()).isBetween(50.0, 400.0);
            assertThat(figures.get("e2eMs").get("p99").asDouble())
                    .isGreaterThan(figures.get("e2eMs").get("mean").asDouble());
            assertThat(figures.get("refused").asDouble()).isZero();
        }
        assertThat(fields.get("strategies").get("Single").get("relayUsdPerPh").asDouble())
                .isZero();
    }

    @Test
    void theSameSeedGivesTheSameFiguresOnAnyNumberOfThreads() throws Exception {
        Map<String, JsonNode> figures = Map.of(
                "1", strategies("--seeds", "2", "--threads", "1"), "2", strategies("--seeds", "2", "--threads", "2"));

        assertThat(figures.get("1")).isEqualTo(figures.get("2"));
    }

    private static JsonNode strategies(String... more) throws Exception {
        String[] args = new String[more.length + 5];
        System.arraycopy(new String[] {"--scenario", "50", "--hours", "1", "--json"}, 0, args, 0, 5);
        System.arraycopy(more, 0, args, 5, more.length);
        return JsonMapper.builder()
                .build()
                .readTree(run(args).lines().toList().getLast())
                .get("strategies");
    }

    @Test
    void aWrongOptionIsToldWithTheUsage() throws Exception {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(err, true, StandardCharsets.UTF_8);

        assertThat(PlacementSimulation.main(new String[] {"--prices", "free"}, stream, stream))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("no prices free")
                .contains("usage:");
    }
}
