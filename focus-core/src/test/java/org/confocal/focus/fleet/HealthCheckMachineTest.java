package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.fleet.HealthCheckMachine.Phase.ASKED;
import static org.confocal.focus.fleet.HealthCheckMachine.Phase.ASKED_AGAIN;
import static org.confocal.focus.fleet.HealthCheckMachine.Phase.WAITING;
import static org.confocal.focus.fleet.HealthCheckMachine.Phase.WAITING_FOR_SECOND;
import static org.confocal.focus.fleet.HealthCheckMachine.Trigger.DUE;
import static org.confocal.focus.fleet.HealthCheckMachine.Trigger.FAILED;
import static org.confocal.focus.fleet.HealthCheckMachine.Trigger.HEALTHY;
import static org.confocal.focus.fleet.HealthCheckMachine.Trigger.OTHER_ERROR;
import static org.confocal.focus.fleet.HealthCheckMachine.Trigger.TIMED_OUT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.fleet.HealthCheckMachine.Action;
import org.confocal.focus.fleet.HealthCheckMachine.Phase;
import org.confocal.focus.fleet.HealthCheckMachine.Step;
import org.confocal.focus.fleet.HealthCheckMachine.Trigger;
import org.confocal.focus.fleet.HealthCheckMachine.Verdict;
import org.junit.jupiter.api.Test;

class HealthCheckMachineTest {
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private record Row(Phase phase, Trigger trigger, Step step) {}

    private static final Step PASSED = done(Verdict.PASSED);
    private static final Step BROKEN = done(Verdict.FAILED);
    private static final Step ODD = done(Verdict.ODD);
    private static final Step UNREACHABLE = done(Verdict.UNREACHABLE);
    private static final Step ASK = ask(ASKED);
    private static final Step ASK_AGAIN = ask(ASKED_AGAIN);
    private static final Step RETRY_LATER =
            new Step(WAITING_FOR_SECOND, Optional.empty(), Action.NOTHING, Optional.of(RETRY));

    private static final List<Row> TABLE = List.of(
            new Row(WAITING, DUE, ASK),
            new Row(WAITING, HEALTHY, late(WAITING)),
            new Row(WAITING, FAILED, late(WAITING)),
            new Row(WAITING, TIMED_OUT, late(WAITING)),
            new Row(WAITING, OTHER_ERROR, late(WAITING)),
            new Row(ASKED, DUE, RETRY_LATER),
            new Row(ASKED, HEALTHY, PASSED),
            new Row(ASKED, FAILED, BROKEN),
            new Row(ASKED, TIMED_OUT, RETRY_LATER),
            new Row(ASKED, OTHER_ERROR, ODD),
            new Row(WAITING_FOR_SECOND, DUE, ASK_AGAIN),
            new Row(WAITING_FOR_SECOND, HEALTHY, late(WAITING_FOR_SECOND)),
            new Row(WAITING_FOR_SECOND, FAILED, late(WAITING_FOR_SECOND)),
            new Row(WAITING_FOR_SECOND, TIMED_OUT, late(WAITING_FOR_SECOND)),
            new Row(WAITING_FOR_SECOND, OTHER_ERROR, late(WAITING_FOR_SECOND)),
            new Row(ASKED_AGAIN, DUE, UNREACHABLE),
            new Row(ASKED_AGAIN, HEALTHY, PASSED),
            new Row(ASKED_AGAIN, FAILED, BROKEN),
            new Row(ASKED_AGAIN, TIMED_OUT, UNREACHABLE),
            new Row(ASKED_AGAIN, OTHER_ERROR, ODD));

    @Test
    void everyRowOfTheTableHolds() {
        HealthCheckMachine machine = machine(RETRY);
        List<String> taken = new ArrayList<>();
        for (Row row : TABLE) {
            assertThat(machine.step(row.phase(), row.trigger())).as("%s", row).isEqualTo(row.step());
            taken.add(row.phase() + " " + row.trigger());
        }
        assertThat(taken).doesNotHaveDuplicates().hasSize(Phase.values().length * Trigger.values().length);
    }

    @Test
    void withoutRetriesTheFirstTimeoutIsTheVerdict() {
        assertThat(machine(Duration.ZERO).step(ASKED, TIMED_OUT)).isEqualTo(UNREACHABLE);
    }

    private static HealthCheckMachine machine(Duration retryDelay) {
        return new HealthCheckMachine(new HealthCheckConfig(true, INTERVAL, retryDelay, false, Duration.ofSeconds(45)));
    }

    private static Step done(Verdict verdict) {
        return new Step(WAITING, Optional.of(verdict), Action.NOTHING, Optional.of(INTERVAL));
    }

    private static Step ask(Phase next) {
        return new Step(next, Optional.empty(), Action.ASK, Optional.of(HealthCheckMachine.NO_ANSWER_AT_ALL));
    }

    private static Step late(Phase phase) {
        return new Step(phase, Optional.empty(), Action.NOTHING, Optional.empty());
    }
}
