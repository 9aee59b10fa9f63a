package org.confocal.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What {@code ./dev contract} runs. */
class ContractTest {
    @Test
    void nothingOfWhatJicofosScriptsAndDashboardsReadIsMissing() throws IOException {
        ContractReport report = Contract.run();
        assertThat(report.missing()).isEmpty();
        assertThat(report.wrongType()).isEmpty();
        assertThat(report.checked()).isGreaterThan(400);
    }
}
