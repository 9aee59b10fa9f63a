package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A few rooms whose focus hands over once and is killed once. How long joins took says little on a machine that does more. */
class HandoverTest {
    private static List<String> arguments(FocusLogin mode, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--once",
                "--scenario",
                "handover",
                "--mode",
                mode.name().toLowerCase(Locale.ROOT),
                "--rooms",
                "3",
                "--planned",
                "1",
                "--crashes",
                "1"));
        all.addAll(List.of(more));
        return all;
    }

    private static DemoOptions alone(FocusLogin mode) {
        return DemoOptions.parse(arguments(mode, "--no-spare", "--planned", "0"));
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void nobodyNoticesThatTheFocusWasReplaced(FocusLogin mode) throws IOException, InterruptedException {
        check(HandoverRun.once(DemoOptions.parse(arguments(mode)), FocusCommand.here()));
    }

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void nobodyNoticesThatThereWasNoFocusForAWhile(FocusLogin mode) throws IOException, InterruptedException {
        check(HandoverRun.once(alone(mode), FocusCommand.here()));
    }

    private static void check(HandoverReport report) {
        assertThat(report.errors().stream()
                        .filter(error -> !error.startsWith("joinPauseMs") && !error.startsWith("journalCpuShare")))
                .isEmpty();
        Totals totals = report.totals();
        assertThat(totals.people()).isGreaterThan(15);
        assertThat(totals.focusLeftSeen()).isZero();
        assertThat(totals.invitesBeyondJoins()).isZero();
        assertThat(totals.lostStanzas()).isZero();
        assertThat(totals.sessionsLost()).isZero();
        assertThat(report.joinPauseMs().planned().joins()
                        + report.joinPauseMs().crash().joins())
                .isPositive();
    }
}
