package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two rooms whose focus is lost to another machine, with Redis and after it was away. How long that took is the demo's to say. */
class StandbyTest {
    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void nobodyNoticesThatAnotherMachineGoesOn(FocusLogin mode) throws IOException, InterruptedException {
        String login = mode.name().toLowerCase(Locale.ROOT);
        StandbyReport report = StandbyRun.once(
                DemoOptions.parse(List.of("--once", "--scenario", "standby", "--mode", login, "--rooms", "2")),
                FocusCommand.here());

        assertThat(report.errors().stream().filter(error -> !error.startsWith("carriedOnMs")))
                .isEmpty();
        Totals totals = report.totals();
        assertThat(totals.people()).isGreaterThan(10);
        assertThat(totals.focusLeftSeen()).isZero();
        assertThat(totals.invitesBeyondJoins()).isZero();
        assertThat(totals.lostStanzas()).isZero();
        assertThat(totals.sessionsLost()).isZero();
        assertThat(report.takeovers()).hasSize(4);
        assertThat(report.redisGone()).isPresent();
    }
}
