package org.confocal.tests.demo;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What a run with failures measured: the fields of the plain demo, and more. {@code invited} and {@code inviteMs} are about
 * the first time that each person came.
 *
 * @param failures in the order in which they happened
 * @param invitesPerParticipant in all, those after coming back from a restart of Prosody included
 * @param backInMediaMs from a person's connection after the restart of Prosody to its session
 */
record FailuresReport(
        @JsonUnwrapped DemoReport plain, List<Failure> failures, Invites invitesPerParticipant, Delays backInMediaMs)
        implements Report {
    FailuresReport {
        failures = List.copyOf(failures);
    }

    /**
     * One failure.
     *
     * @param victim a bridge, or Prosody
     * @param people on whom it had an effect: they were invited again, or had to come back
     * @param recoveredMs until all people in all rooms had a session again
     */
    record Failure(String what, String victim, int people, long recoveredMs) {}

    /** Session-initiates. */
    record Invites(double mean, int max) {}

    /** Milliseconds. */
    record Delays(double p50, double p99, double max) {}

    @Override
    @JsonIgnore
    public List<String> errors() {
        return plain.errors();
    }

    @Override
    public String toText() {
        StringBuilder text = new StringBuilder(300);
        for (Failure failure : failures) {
            text.append(failure.what).append(' ').append(failure.victim).append(": ");
            text.append(failure.people).append(" people, all well after ");
            text.append(failure.recoveredMs).append(" ms\n");
        }
        text.append(invitesPerParticipant.mean).append(" invites each, ");
        text.append(invitesPerParticipant.max).append(" at most; back in media after ");
        text.append(backInMediaMs.p50).append(" ms (median), ");
        text.append(backInMediaMs.max).append(" ms at most\n");
        return text.append(plain.toText()).toString();
    }
}
