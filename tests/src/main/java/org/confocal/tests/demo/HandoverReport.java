package org.confocal.tests.demo;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.tests.demo.DemoReport.Bridge;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.demo.HandoverLedger.Totals;
import org.confocal.tests.demo.Traffic.Amount;

/**
 * What a run with restarts measured.
 *
 * @param journalCpuShare what the journal took of the processor time of the focus, under traffic without restarts, 0 to 1;
 *     absent where the focus does not say
 * @param restarts in the order in which they happened
 * @param left what the focus still held at the end
 */
record HandoverReport(
        String mode,
        int rooms,
        @JsonUnwrapped Totals totals,
        Amount traffic,
        JoinPauses joinPauseMs,
        Optional<Double> journalCpuShare,
        List<Restart> restarts,
        List<Bridge> bridges,
        Holdings left,
        List<String> errors)
        implements Report {
    /** The most milliseconds that a join may take longer than it must because of a restart. */
    static final double PAUSE_BOUND = 1_000;

    /** The most of the processor time that the journal may take. */
    static final double JOURNAL_BOUND = 0.10;

    HandoverReport {
        restarts = List.copyOf(restarts);
        bridges = List.copyOf(bridges);
        errors = List.copyOf(errors);
    }

    /**
     * One restart, and what it cost until all rooms had been looked at.
     *
     * @param kind planned, crash or stopped
     * @param gapMs from the end of one process to the start of the next, 0 where another one waits; for stopped, from the stop
     * @param readyMs from the start of the new process to its being in charge
     * @param bytesAfterContinue what a stopped process sent after it was woken up
     */
    record Restart(
            String kind,
            long gapMs,
            long readyMs,
            Optional<Long> bytesAfterContinue,
            int focusLeftSeen,
            int invitesBeyondJoins,
            long lostStanzas,
            int sessionsLost) {}

    /** A sentence for each bound that was missed. */
    static List<String> missedBounds(Totals totals, JoinPauses pauses, Optional<Double> journalCpuShare) {
        Bounds bounds = new Bounds();
        bounds.atMost("focusLeftSeen", totals.focusLeftSeen(), 0);
        bounds.atMost("invitesBeyondJoins", totals.invitesBeyondJoins(), 0);
        bounds.atMost("lostStanzas", (double) totals.lostStanzas(), 0);
        bounds.atMost("sessionsLost", totals.sessionsLost(), 0);
        bounds.atMost("joinPauseMs.planned.p99", pauses.planned().p99(), PAUSE_BOUND);
        bounds.atMost("joinPauseMs.crash.p99BeyondGap", pauses.crash().p99BeyondGap(), PAUSE_BOUND);
        journalCpuShare.ifPresentOrElse(
                share -> bounds.atMost("journalCpuShare", share, JOURNAL_BOUND),
                () -> bounds.missed.add("journalCpuShare is not known: the focus does not measure it"));
        return List.copyOf(bounds.missed);
    }

    private static final class Bounds {
        private final List<String> missed = new ArrayList<>();

        void atMost(String field, double value, double bound) {
            if (value > bound) {
                missed.add(field + " is " + value + ", at most " + bound + " was wanted");
            }
        }
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(600);
        text.append(mode)
                .append(" mode, ")
                .append(rooms)
                .append(" rooms, ")
                .append(traffic)
                .append('\n');
        restarts.forEach(restart -> text.append(restart).append('\n'));
        text.append(totals).append('\n').append(joinPauseMs).append('\n');
        text.append("journal: ")
                .append(journalCpuShare
                        .map(share -> Math.round(1000 * share) / 10.0 + " %")
                        .orElse("not known"))
                .append(" of the processor time\nleft in the focus: ")
                .append(left)
                .append('\n');
        text.append(errors.isEmpty() ? "no errors" : errors.size() + " errors:\n" + String.join("\n", errors));
        return text.toString();
    }
}
