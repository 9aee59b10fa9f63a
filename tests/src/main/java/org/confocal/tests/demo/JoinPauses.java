package org.confocal.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.tests.demo.HandoverLedger.Life;

/**
 * How long people waited from their conference request to their session-initiate, in milliseconds. Those who waited while a
 * restart was going on count for the first such restart.
 *
 * @param undisturbed those to whom there was no restart
 */
record JoinPauses(Pauses planned, CrashPauses crash, Pauses undisturbed) {

    /** What can be in somebody's way. */
    enum Kind {
        PLANNED,
        CRASH,
        STOPPED
    }

    /**
     * A restart, by {@link System#nanoTime}.
     *
     * @param to some time after the new process was ready
     * @param gap how long no process was there, from the kill to the start of the next
     */
    record Disturbance(Kind kind, long from, long to, Gap gap) {}

    /** From, and until. Empty where both are the same. */
    record Gap(long from, long to) {
        long nanos() {
            return to - from;
        }
    }

    /** Of that many joins. */
    record Pauses(int joins, double p50, double p99, double max) {
        static Pauses of(List<Long> nanos) {
            return new Pauses(nanos.size(), ms(nanos, 0.5), ms(nanos, 0.99), ms(nanos, 1));
        }
    }

    /**
     * Of that many joins.
     *
     * @param p99BeyondGap of the pauses less the gap of their crash: what the bound is about
     * @param p99OutsideGap of the pauses less only the part of the gap that lay in them, which is never less
     */
    record CrashPauses(int joins, double p50, double p99, double max, double p99BeyondGap, double p99OutsideGap) {}

    /** One that is over. */
    private record Join(long requested, long invited) {
        long pause() {
            return invited - requested;
        }

        boolean during(Disturbance disturbance) {
            return requested <= disturbance.to && invited >= disturbance.from;
        }

        long within(Gap gap) {
            return Math.max(0, Math.min(invited, gap.to) - Math.max(requested, gap.from));
        }
    }

    /** Of all those who asked and were invited. */
    static JoinPauses of(List<Life> lives, List<Disturbance> disturbances) {
        List<Long> planned = new ArrayList<>();
        List<Long> undisturbed = new ArrayList<>();
        List<Long> crash = new ArrayList<>();
        List<Long> beyond = new ArrayList<>();
        List<Long> outside = new ArrayList<>();
        for (Life life : lives) {
            if (life.requestedNanos() == 0 || life.invitedNanos().isEmpty()) {
                continue;
            }
            Join join = new Join(life.requestedNanos(), life.invitedNanos().getAsLong());
            Optional<Disturbance> in =
                    disturbances.stream().filter(join::during).findFirst();
            if (in.isEmpty()) {
                undisturbed.add(join.pause());
                continue;
            }
            switch (in.get().kind) {
                case PLANNED -> planned.add(join.pause());
                case CRASH -> {
                    crash.add(join.pause());
                    beyond.add(join.pause() - in.get().gap.nanos());
                    outside.add(join.pause() - join.within(in.get().gap));
                }
                case STOPPED -> {}
            }
        }
        return new JoinPauses(
                Pauses.of(planned),
                new CrashPauses(
                        crash.size(),
                        ms(crash, 0.5),
                        ms(crash, 0.99),
                        ms(crash, 1),
                        ms(beyond, 0.99),
                        ms(outside, 0.99)),
                Pauses.of(undisturbed));
    }

    /** The nearest rank, to a tenth of a millisecond; 0 where there are none. */
    private static double ms(List<Long> nanos, double fraction) {
        if (nanos.isEmpty()) {
            return 0;
        }
        List<Long> sorted = nanos.stream().sorted().toList();
        int rank = Math.max(1, (int) Math.ceil(fraction * sorted.size()));
        return Math.round(sorted.get(rank - 1) / 100_000.0) / 10.0;
    }
}
