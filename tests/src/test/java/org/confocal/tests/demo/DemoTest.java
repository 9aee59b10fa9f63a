package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.confocal.tests.demo.DemoOptions.Output;
import org.confocal.tests.demo.DemoOptions.Run;
import org.confocal.tests.demo.DemoOptions.Scenario;
import org.confocal.tests.demo.DemoReport.Percentiles;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.demo.JoinPauses.Kind;
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

    /** Six bridges: one is killed, one hangs, one drains, one shuts down, and Prosody is restarted. */
    @Test
    void failuresLeaveEverybodyWithASessionAndNobodyWithOneTooMany() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream result = new PrintStream(out, true, StandardCharsets.UTF_8);

        Demo.run(List.of("--once", "--json", "--scenario", "failures", "--rooms", "6", "--participants", "3"), result);

        JsonNode report = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        // How long that took says little on a machine that does more.
        assertThat(report.path("errors").values())
                .filteredOn(error -> !error.asString().startsWith("somebody was in media"))
                .isEmpty();
        assertThat(report.path("failures").findValuesAsString("what"))
                .containsExactly("killed", "hung", "drained", "shut down", "restarted");
        assertThat(report.path("accepted").asInt()).isEqualTo(18);
        assertThat(report.path("invitesPerParticipant").path("max").asInt()).isBetween(2, 5);
        assertThat(report.path("backInMediaMs").path("max").asDouble()).isPositive();
    }

    @Test
    void roomsSpanTheirRegionsOverLinkedBridges() throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream result = new PrintStream(out, true, StandardCharsets.UTF_8);

        Demo.run(
                List.of(
                        "--once",
                        "--json",
                        "--scenario",
                        "octo",
                        "--mode",
                        "client",
                        "--rooms",
                        "2",
                        "--participants",
                        "6"),
                result);

        JsonNode report = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(report.path("errors").values()).isEmpty();
        assertThat(report.path("accepted").asInt()).isEqualTo(12);
        assertThat(report.path("cascades").size()).isEqualTo(2);
        for (JsonNode cascade : report.path("cascades")) {
            assertThat(cascade.path("bridges").size()).isGreaterThanOrEqualTo(3);
            assertThat(cascade.path("links").size()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void theReportOfFailuresHasThePromisedFields() {
        FailuresReport report = new FailuresReport(
                report(),
                List.of(new FailuresReport.Failure("killed", "jvb1", 5, 1234)),
                new FailuresReport.Invites(2.5, 4),
                new FailuresReport.Delays(1, 2, 3));

        assertThat(report.toJson())
                .startsWith(report().toJson().substring(0, report().toJson().length() - 1))
                .endsWith(",\"failures\":[{\"what\":\"killed\",\"victim\":\"jvb1\",\"people\":5,\"recoveredMs\":1234}],"
                        + "\"invitesPerParticipant\":{\"mean\":2.5,\"max\":4},"
                        + "\"backInMediaMs\":{\"p50\":1.0,\"p99\":2.0,\"max\":3.0}}");
    }

    @Test
    void theReportOfCascadesHasThePromisedFields() {
        OctoReport report = new OctoReport(
                report(),
                List.of(new CascadeCheck.Cascade(
                        "room000",
                        List.of("jvb1", "jvb2"),
                        List.of(new CascadeCheck.Link("jvb1", "jvb2", "0")),
                        "one link")));

        assertThat(report.toJson())
                .startsWith(report().toJson().substring(0, report().toJson().length() - 1))
                .endsWith(",\"cascades\":[{\"room\":\"room000\",\"bridges\":[\"jvb1\",\"jvb2\"],"
                        + "\"links\":[{\"a\":\"jvb1\",\"b\":\"jvb2\",\"mesh\":\"0\"}],\"topology\":\"one link\"}]}");
    }

    private static DemoReport report() {
        return new DemoReport(
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
    }

    @Test
    void theReportHasThePromisedFields() {
        assertThat(report().toJson())
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
    void restartsAreCountedAndTakeTurns() {
        List<String> handover = List.of("--scenario", "handover", "--once");
        assertThat(DemoOptions.parse(handover).rooms()).isEqualTo(100);
        assertThat(HandoverRun.kinds(DemoOptions.parse(handover).handover())).hasSize(20);

        List<String> some = new ArrayList<>(handover);
        some.addAll(List.of("--planned", "2", "--crashes", "1", "--bridge-dies"));
        HandoverOptions options = DemoOptions.parse(some).handover();
        assertThat(options).isEqualTo(new HandoverOptions(2, 1, 0, HandoverOptions.BridgeLoss.IN_EACH_GAP, true));
        assertThat(HandoverRun.kinds(options)).containsExactly(Kind.PLANNED, Kind.CRASH, Kind.PLANNED);

        assertThat(DemoOptions.parse(handover).handover().spare()).isTrue();
        List<String> alone = new ArrayList<>(handover);
        alone.add("--no-spare");
        assertThat(DemoOptions.parse(alone).handover()).isEqualTo(HandoverOptions.DEFAULT.withoutSpare());

        some.add("--stopped");
        assertThat(DemoOptions.parse(some).handover().spare()).isFalse();
        assertThat(HandoverRun.kinds(DemoOptions.parse(some).handover())).containsExactly(Kind.STOPPED);
    }

    @Test
    void theReportOfHandoversHasThePromisedFields() {
        HandoverReport report = new HandoverReport(
                "client",
                100,
                new HandoverLedger.Totals(500, 0, 0, 0, 0, 0, 0, 0, 1, 0),
                new Traffic.Amount(5_000, 49.9, 2),
                JoinPauses.of(List.of(), List.of()),
                Optional.of(0.04),
                List.of(new HandoverReport.Restart("crash", 1_200, 800, Optional.empty(), 0, 0, 0, 0)),
                List.of(),
                new Holdings(0, 0, 0, 0),
                List.of());

        assertThat(report.toJson())
                .isEqualTo("{\"mode\":\"client\",\"rooms\":100,\"people\":500,\"focusLeftSeen\":0,"
                        + "\"invitesBeyondJoins\":0,\"invitesAfterBridgeDeath\":0,\"lostStanzas\":0,\"unanswered\":0,"
                        + "\"bounced\":0,\"missedChanges\":0,\"doubledAnswers\":1,\"sessionsLost\":0,"
                        + "\"traffic\":{\"steps\":5000,\"perSecond\":49.9,\"leftOut\":2},"
                        + "\"joinPauseMs\":{\"planned\":{\"joins\":0,\"p50\":0.0,\"p99\":0.0,\"max\":0.0},"
                        + "\"crash\":{\"joins\":0,\"p50\":0.0,\"p99\":0.0,\"max\":0.0,\"p99BeyondGap\":0.0,"
                        + "\"p99OutsideGap\":0.0},"
                        + "\"undisturbed\":{\"joins\":0,\"p50\":0.0,\"p99\":0.0,\"max\":0.0}},"
                        + "\"journalCpuShare\":0.04,"
                        + "\"restarts\":[{\"kind\":\"crash\",\"gapMs\":1200,\"readyMs\":800,"
                        + "\"bytesAfterContinue\":null,\"focusLeftSeen\":0,\"invitesBeyondJoins\":0,"
                        + "\"lostStanzas\":0,\"sessionsLost\":0}],"
                        + "\"bridges\":[],\"left\":{\"conferences\":0,\"endpoints\":0,\"timers\":0,"
                        + "\"reservations\":0},\"errors\":[]}");
    }

    @Test
    void optionsHaveDefaultsAndRanges() {
        assertThat(DemoOptions.parse(List.of()))
                .isEqualTo(new DemoOptions(
                        Scenario.PLAIN,
                        Run.FOR_EVER,
                        Output.TEXT,
                        FocusLogin.COMPONENT,
                        20,
                        5,
                        1,
                        8888,
                        HandoverOptions.DEFAULT));
        assertThat(DemoOptions.parse(List.of("--scenario", "octo", "--once")))
                .isEqualTo(new DemoOptions(
                        Scenario.OCTO,
                        Run.ONCE,
                        Output.TEXT,
                        FocusLogin.COMPONENT,
                        10,
                        12,
                        1,
                        8888,
                        HandoverOptions.DEFAULT));
        assertThat(DemoOptions.parse(List.of("--once", "--rooms", "3", "--scenario", "failures"))
                        .rooms())
                .isEqualTo(3);
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--scenario", "octo")))
                .hasMessage("--scenario octo, failures, handover and standby need --once");
        assertThatThrownBy(() -> DemoOptions.parse(List.of("--scenario", "storm")))
                .hasMessage("--scenario is plain, octo, failures, handover or standby, not storm");
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
