package org.confocal.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CoreSimulationTest {

    @Test
    void aThousandSeedsBreakNothing() {
        ByteArrayOutputStream story = new ByteArrayOutputStream();
        CoreSimulation.Result result =
                new CoreSimulation(new PrintStream(story, true, StandardCharsets.UTF_8)).run(1, 1_000);

        assertThat(result.violations())
                .as(story.toString(StandardCharsets.UTF_8))
                .isEmpty();
        // The runs are worth something: much happened, and each kind of fault struck.
        assertThat(result.steps()).isGreaterThan(300_000);
        assertThat(result.relays()).isGreaterThan(1_000);
        assertThat(result.faults())
                .allSatisfy((fault, count) -> assertThat(count).as(fault.name()).isPositive());
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        CoreSimulation simulation = new CoreSimulation(System.err);

        assertThat(simulation.run(17, 3)).isEqualTo(simulation.run(17, 3));
    }
}
