package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.LongStream;
import org.confocal.tests.demo.DemoOptions.Output;
import org.confocal.tests.demo.DemoOptions.Run;
import org.confocal.tests.demo.DemoReport.Percentiles;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DemoTest {
    @ParameterizedTest
    @ValueSource(strings = {"component", "client"})
    void everybodyIsInvitedAndNothingIsLeft(String mode) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream result = new PrintStream(out, true, StandardCharsets.UTF_8);

        int exitCode =
                Demo.run(List.of("--once", "--json", "--mode", mode, "--rooms", "4", "--participants", "4"), result);

        JsonNode report = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(report.path("errors").values()).isEmpty();
        assertThat(exitCode).isZero();
        assertThat(report.path("mode").asString()).isEqualTo(mode);
        assertThat(report.path("conferences").asInt()).isEqualTo(4);
        assertThat(report.path("invited").asInt()).isEqualTo(16);
        assertThat(report.path("accepted").asInt()).isEqualTo(16);
        assertThat(report.path("sourcesPropagated").asInt()).isPositive();
        assertThat(report.path("bridges").size()).isEqualTo(3);
        assertThat(report.path("bridges").path(2).path("region").asString()).isEqualTo("eu-west");
    }

    @Test
    void theReportHasThePromisedFields() {
        DemoReport report = new DemoReport(
                "component",
                1,
                2,
                2,
                2,
                6,
                new Percentiles(1.5, 9),
                List.of(new DemoReport.Bridge("jvb1", "us-east", 2, 0, 0)),
                new Holdings(0, 0, 0, 0),
                List.of("x"));

        assertThat(report.toJson())
                .isEqualTo("{\"mode\":\"component\",\"conferences\":1,\"participants\":2,\"invited\":2,\"accepted\":2,"
                        + "\"sourcesPropagated\":6,\"inviteMs\":{\"p50\":1.5,\"p99\":9.0},"
                        + "\"bridges\":[{\"id\":\"jvb1\",\"region\":\"us-east\",\"peakEndpoints\":2,"
                        + "\"endpointsLeft\":0,\"conferencesLeft\":0}],"
                        + "\"left\":{\"conferences\":0,\"endpoints\":0,\"timers\":0,\"reservations\":0},"
                        + "\"errors\":[\"x\"]}");
    }

    @Test
    void percentilesAreTheNearestRank() {
        List<Long> nanos =
                LongStream.rangeClosed(1, 100).map(ms -> ms * 1_000_000).boxed().toList();

        assertThat(Percentiles.ofNanos(nanos)).isEqualTo(new Percentiles(50, 99));
        assertThat(Percentiles.ofNanos(List.of())).isEqualTo(new Percentiles(0, 0));
    }

    @Test
    void optionsHaveDefaultsAndRanges() {
        assertThat(DemoOptions.parse(List.of()))
                .isEqualTo(new DemoOptions(Run.FOR_EVER, Output.TEXT, FocusLogin.COMPONENT, 20, 5, 1, 8888));
        assertThat(DemoOptions.parse(List.of("--once", "--json", "--mode", "client", "--seed", "9"))
                        .mode())
                .isEqualTo(FocusLogin.CLIENT);
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--rooms", "0")))
                .hasMessage("--rooms is a number from 1 to 500, not 0");
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--mode"))).hasMessage("--mode needs a value");
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--mode", "both")))
                .hasMessage("--mode is component or client, not both");
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--ones"))).hasMessage("unknown option --ones");
    }
}
