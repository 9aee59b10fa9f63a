package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.confocal.tests.demo.HandoverLedger.Life;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.JoinPauses.CrashPauses;
import org.confocal.tests.demo.JoinPauses.Disturbance;
import org.confocal.tests.demo.JoinPauses.Gap;
import org.confocal.tests.demo.JoinPauses.Kind;
import org.confocal.tests.demo.JoinPauses.Pauses;
import org.confocal.tests.xmpp.Requests;
import org.junit.jupiter.api.Test;

/** Whatever should not have been noticed is counted where it was noticed. */
class HandoverLedgerTest {
    private static final Requests GOOD = new Requests(5, 5, 0, 0, 0);
    private static final long MS = 1_000_000;

    private final HandoverLedger ledger = new HandoverLedger();

    private static Life life(String endpoint, int invites, int terminated, int focusLeft, Requests requests) {
        return new Life(endpoint, invites, terminated, focusLeft, requests, 1, OptionalLong.of(2), List.of());
    }

    private static Life join(String endpoint, long requestedMs, long invitedMs) {
        return new Life(endpoint, 1, 0, 0, GOOD, requestedMs * MS, OptionalLong.of(invitedMs * MS), List.of());
    }

    private Totals totals(Life... lives) {
        return ledger.totals(List.of(lives), 0);
    }

    @Test
    void whoNoticedNothingCountsForNothing() {
        ledger.gone(life("a", 1, 0, 0, GOOD));

        assertThat(ledger.totals(ledger.lives(List.of(life("b", 1, 0, 0, GOOD))), 0))
                .isEqualTo(new Totals(2, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void theFocusThatLeavesIsCountedForEachPersonAndEachBridgeThatSawIt() {
        assertThat(ledger.totals(List.of(life("a", 1, 0, 2, GOOD), life("b", 1, 0, 1, GOOD)), 3)
                        .focusLeftSeen())
                .isEqualTo(6);
    }

    @Test
    void aSecondInviteIsBeyondTheJoinsUnlessItsBridgeDied() {
        ledger.bridgeDied(List.of("b", "c"));

        Totals totals = totals(life("a", 2, 0, 0, GOOD), life("b", 2, 1, 0, GOOD), life("c", 3, 1, 0, GOOD));

        assertThat(totals.invitesBeyondJoins()).isEqualTo(2);
        assertThat(totals.invitesAfterBridgeDeath()).isEqualTo(2);
        assertThat(totals.sessionsLost()).isZero();
    }

    @Test
    void oneUnansweredOneBouncedAndOneSourceThatIsNotKnownAreThreeLostStanzas() {
        ledger.missed("a", 17);
        ledger.missed("a", 17);

        Totals totals = totals(life("a", 1, 0, 0, new Requests(9, 8, 1, 1, 2)));

        assertThat(totals.lostStanzas()).isEqualTo(3);
        assertThat(totals.unanswered()).isEqualTo(1);
        assertThat(totals.bounced()).isEqualTo(1);
        assertThat(totals.missedChanges()).isEqualTo(1);
        assertThat(totals.doubledAnswers()).isEqualTo(2);
    }

    @Test
    void aSessionIsLostOnceWhetherItWasEndedOrWasNotFoundOrBoth() {
        ledger.withoutSession("a");
        ledger.withoutSession("b");

        assertThat(totals(life("a", 1, 1, 0, GOOD), life("c", 1, 1, 0, GOOD)).sessionsLost())
                .isEqualTo(3);
    }

    @Test
    void whatCameSinceIsTheDifference() {
        Totals before = totals(life("a", 1, 0, 0, GOOD));
        Totals after = totals(life("a", 3, 0, 1, GOOD), life("b", 1, 0, 0, GOOD));

        assertThat(after.since(before)).isEqualTo(new Totals(1, 1, 2, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void pausesAreSortedByTheRestartThatTheyWaitedThrough() {
        List<Disturbance> disturbances = List.of(
                new Disturbance(Kind.PLANNED, 1_000 * MS, 2_000 * MS, new Gap(1_000 * MS, 1_000 * MS)),
                new Disturbance(Kind.CRASH, 10_000 * MS, 16_000 * MS, new Gap(10_000 * MS, 13_000 * MS)));

        JoinPauses pauses = JoinPauses.of(
                List.of(
                        join("before", 100, 200),
                        join("planned", 900, 1_100),
                        join("early", 9_900, 13_500),
                        join("late", 12_900, 14_400),
                        new Life("never", 0, 0, 0, GOOD, 1, OptionalLong.empty(), List.of())),
                disturbances);

        assertThat(pauses.undisturbed()).isEqualTo(new Pauses(1, 100, 100, 100));
        assertThat(pauses.planned()).isEqualTo(new Pauses(1, 200, 200, 200));
        // Of the pauses of 3,600 and 1,500 ms the gap of 3,000 lay in the first as a whole, in the second for 100 ms.
        assertThat(pauses.crash()).isEqualTo(new CrashPauses(2, 1_500, 3_600, 3_600, 600, 1_400));
    }

    @Test
    void everyBoundThatIsMissedIsNamed() {
        JoinPauses slow = new JoinPauses(
                new Pauses(1, 1, 1_000.1, 2), new CrashPauses(1, 1, 1, 1, 1_000.1, 1), new Pauses(0, 0, 0, 0));
        Totals bad = new Totals(9, 1, 2, 7, 3, 3, 0, 0, 8, 4);

        assertThat(HandoverReport.missedBounds(bad, slow, Optional.of(0.11)))
                .containsExactly(
                        "focusLeftSeen is 1.0, at most 0.0 was wanted",
                        "invitesBeyondJoins is 2.0, at most 0.0 was wanted",
                        "lostStanzas is 3.0, at most 0.0 was wanted",
                        "sessionsLost is 4.0, at most 0.0 was wanted",
                        "joinPauseMs.planned.p99 is 1000.1, at most 1000.0 was wanted",
                        "joinPauseMs.crash.p99BeyondGap is 1000.1, at most 1000.0 was wanted",
                        "journalCpuShare is 0.11, at most 0.1 was wanted");
    }

    @Test
    void whatIsWithinAllBoundsMissesNone() {
        JoinPauses fast = new JoinPauses(
                new Pauses(1, 1, 1_000, 5_000), new CrashPauses(1, 1, 6_000, 1, 1_000, 1), new Pauses(0, 0, 0, 0));
        Totals good = new Totals(9, 0, 0, 7, 0, 0, 0, 0, 8, 0);

        assertThat(HandoverReport.missedBounds(good, fast, Optional.of(0.1))).isEmpty();
        assertThat(HandoverReport.missedBounds(good, fast, Optional.empty()))
                .containsExactly("journalCpuShare is not known: the focus does not measure it");
    }
}
