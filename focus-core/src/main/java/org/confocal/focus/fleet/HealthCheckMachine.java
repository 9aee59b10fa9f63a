package org.confocal.focus.fleet;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.config.HealthCheckConfig;

/**
 * The checking of one bridge by IQs (spec/05, section 7): ask every interval; what does not answer gets a second chance. A
 * pure function and a table:
 *
 * <pre>
 * phase               trigger             next                verdict        then
 * WAITING             DUE                 ASKED                              ask
 * ASKED               HEALTHY             WAITING             PASSED         wait the interval
 * ASKED               FAILED              WAITING             FAILED         wait the interval
 * ASKED               OTHER_ERROR         WAITING             ODD            wait the interval
 * ASKED               TIMED_OUT, DUE      WAITING_FOR_SECOND                 wait the retry delay
 * ASKED, no retries   TIMED_OUT, DUE      WAITING             UNREACHABLE    wait the interval
 * WAITING_FOR_SECOND  DUE                 ASKED_AGAIN                        ask
 * ASKED_AGAIN         HEALTHY             WAITING             PASSED         wait the interval
 * ASKED_AGAIN         FAILED              WAITING             FAILED         wait the interval
 * ASKED_AGAIN         OTHER_ERROR         WAITING             ODD            wait the interval
 * ASKED_AGAIN         TIMED_OUT, DUE      WAITING             UNREACHABLE    wait the interval
 * any other           an answer           unchanged                          nothing: it came too late
 * </pre>
 */
final class HealthCheckMachine {
    /**
     * Being asked ends with the gateway's answer, if only a timeout. Should that ever not come, the bridge would never be
     * checked again; this is well above every reply timeout.
     */
    static final Duration NO_ANSWER_AT_ALL = Duration.ofMinutes(2);

    private final HealthCheckConfig config;

    HealthCheckMachine(HealthCheckConfig config) {
        this.config = config;
    }

    enum Phase {
        WAITING,
        ASKED,
        WAITING_FOR_SECOND,
        ASKED_AGAIN
    }

    enum Trigger {
        DUE,
        HEALTHY,
        /** The bridge says that it is broken. */
        FAILED,
        TIMED_OUT,
        OTHER_ERROR
    }

    enum Verdict {
        PASSED,
        FAILED,
        UNREACHABLE,
        /** An error that says nothing about the bridge's health. */
        ODD
    }

    enum Action {
        ASK,
        NOTHING
    }

    /**
     * What follows.
     *
     * @param dueIn when {@link Trigger#DUE} comes next; empty leaves the timer as it is
     */
    record Step(Phase next, Optional<Verdict> verdict, Action action, Optional<Duration> dueIn) {}

    Step step(Phase phase, Trigger trigger) {
        return switch (phase) {
            case WAITING -> trigger == Trigger.DUE ? ask(Phase.ASKED) : ignored(phase);
            case WAITING_FOR_SECOND -> trigger == Trigger.DUE ? ask(Phase.ASKED_AGAIN) : ignored(phase);
            case ASKED -> answered(trigger, config.retryDelay().isPositive());
            case ASKED_AGAIN -> answered(trigger, false);
        };
    }

    private Step answered(Trigger trigger, boolean secondChance) {
        return switch (trigger) {
            case HEALTHY -> done(Verdict.PASSED);
            case FAILED -> done(Verdict.FAILED);
            case OTHER_ERROR -> done(Verdict.ODD);
            case TIMED_OUT, DUE ->
                secondChance
                        ? new Step(
                                Phase.WAITING_FOR_SECOND,
                                Optional.empty(),
                                Action.NOTHING,
                                Optional.of(config.retryDelay()))
                        : done(Verdict.UNREACHABLE);
        };
    }

    private Step done(Verdict verdict) {
        return new Step(Phase.WAITING, Optional.of(verdict), Action.NOTHING, Optional.of(config.interval()));
    }

    private static Step ask(Phase next) {
        return new Step(next, Optional.empty(), Action.ASK, Optional.of(NO_ANSWER_AT_ALL));
    }

    private static Step ignored(Phase phase) {
        return new Step(phase, Optional.empty(), Action.NOTHING, Optional.empty());
    }
}
