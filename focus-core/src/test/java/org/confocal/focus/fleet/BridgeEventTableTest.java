package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceInput.BridgeLoss.REMOVED;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.Selection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Rows of spec/04, section 6, and of the second table of spec/05, section 7, that are about the fleet. The health checks
 * themselves are in {@link HealthCheckMachineTest} and {@link BridgeFleetTest}, the breaker in {@link CircuitBreakerTest}.
 */
class BridgeEventTableTest extends FleetFixture {
    static Stream<Arguments> lastResorts() {
        return Stream.of(
                Arguments.of("drain", report(Optional.of(true), Optional.empty())),
                Arguments.of("graceful_shutdown", report(Optional.of(false), Optional.of(true))));
    }

    @ParameterizedTest(name = "{0}: only de-prioritised")
    @MethodSource("lastResorts")
    void conferencesStayAndOnlyNewOnesGoElsewhere(String row, BridgeReport said) {
        BridgeFleet fleet = twoBridges();
        assertThat(chosen(fleet, "anna")).isEqualTo(JVB1);
        events.clear();

        fleet.bridgeReported(JVB1, said, List.of());

        assertThat(events).as("nobody is moved").isEmpty();
        assertThat(chosen(fleet, "ben")).isEqualTo(JVB2);
        fleet.bridgeLeft(JVB2);
        assertThat(chosen(fleet, "cleo")).as("where there is no other").isEqualTo(JVB1);
    }

    @Test
    void shuttingDownIsExcludedThoughThereIsNoOther() {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB1, shuttingDown(), List.of());
        assertThat(fleet.select(request("anna"))).isInstanceOf(Selection.None.class);
    }

    @ParameterizedTest(name = "removed after {0}")
    @MethodSource("announced")
    void whatWasAnnouncedIsMovedAndNotCountedAsLost(String row, BridgeReport said, long lost) {
        BridgeFleet fleet = fleet(NO_CHECKS);
        fleet.bridgeReported(JVB1, report(0.1), List.of());
        fleet.bridgeReported(JVB1, said, List.of());

        fleet.bridgeLeft(JVB1);

        assertThat(events).endsWith("lost jvb1 " + REMOVED);
        assertThat(fleet.lostBridges()).isEqualTo(lost);
    }

    static Stream<Arguments> announced() {
        return Stream.of(
                Arguments.of("graceful_shutdown", report(Optional.of(false), Optional.of(true)), 0),
                Arguments.of("shutting_down", shuttingDown(), 0),
                Arguments.of("drain alone", report(Optional.of(true), Optional.empty()), 1));
    }

    private static BridgeReport report(Optional<Boolean> drain, Optional<Boolean> graceful) {
        return new BridgeReport(
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                drain,
                graceful,
                Optional.empty(),
                Optional.of(true),
                Optional.of("2.3"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
