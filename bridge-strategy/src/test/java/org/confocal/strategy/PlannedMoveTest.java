package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.on;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.choice.EgressAwareBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody leaves jvb1 for jvb3, while jvb2 is idle and jvb3 is not. */
class PlannedMoveTest {
    private static final BridgeReport HOT = usable("stress_level", "0.85", "relay_id", "r1", "version", "2.3");
    private static final BridgeReport IDLE = usable("stress_level", "0.1", "relay_id", "r2", "version", "2.3");

    private final SelectionPipeline octo = pipeline(true);

    @Test
    void aPlannedMoveArrivesThoughTheStrategyWouldChooseOtherwise() {
        FleetSnapshot fleet = fleet(HOT, IDLE, third());

        assertThat(chosen(octo, Optional.empty(), fleet).bridge()).isEqualTo(id("jvb2"));
        Chosen planned = chosen(octo, Optional.of(id("jvb3")), fleet);
        assertThat(planned.bridge()).isEqualTo(id("jvb3"));
        assertThat(planned.relayId()).contains("r3");
        assertThat(planned.why().rule()).isEqualTo("moves there as planned");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({
        "stress_level, 0.8",
        "drain, true",
        "graceful_shutdown, true",
        "shutting_down, true",
        "healthy, false",
        "version, 2.4",
        "relay_id, r1",
    })
    void whereThePlannedBridgeCannotBeTakenTheStrategyChoosesAndItIsSaid(String name, String value) {
        FleetSnapshot fleet = fleet(HOT, IDLE, third(name, value));

        Chosen instead = chosen(octo, Optional.of(id("jvb3")), fleet);
        assertThat(instead.bridge()).isEqualTo(id("jvb2"));
        assertThat(instead.why().rule()).startsWith("jvb3 was planned and cannot be taken: ");
    }

    @Test
    void aPlannedBridgeThatIsGoneIsReplaced() {
        Chosen instead = chosen(octo, Optional.of(id("jvb3")), fleet(HOT, IDLE));
        assertThat(instead.bridge()).isEqualTo(id("jvb2"));
        assertThat(instead.why().rule()).startsWith("jvb3 was planned and cannot be taken: ");
    }

    @Test
    void whoMustStayOnOneBridgeStaysThereWhateverIsPlanned() {
        Chosen stays = chosen(pipeline(false), Optional.of(id("jvb3")), fleet(HOT, IDLE, third()));
        assertThat(stays.bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void thePolicyIsAskedAboutPlannedMovesToo() {
        PlacementPolicy cheap = request -> new PlacementRules(List.of(
                new PlacementRules.Regions(PlacementRules.Verdict.DENY, Set.of(new Region("us-east-1")), "too far")));
        SelectionPipeline strict = new SelectionPipeline(
                new SelectionConfig(true, false), new EgressAwareBridgeSelectionStrategy(), cheap);
        FleetSnapshot fleet = fleet(HOT, IDLE, third("region", "us-east-1"));
        assertThat(chosen(strict, Optional.of(id("jvb3")), fleet).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void movesMayBePlannedToBridgesOfTheSameVersionThatTakePeople() {
        FleetSnapshot fleet = fleet(HOT, IDLE, third("version", "2.4"), usable("drain", "true", "version", "2.3"));
        FleetView eligible = octo.eligible(Optional.of("2.3"), NOW, fleet);
        assertThat(eligible.bridges()).extracting(BridgeSnapshot::id).containsExactly(id("jvb1"), id("jvb2"));
        SelectionPipeline mixed =
                new SelectionPipeline(new SelectionConfig(true, true), new EgressAwareBridgeSelectionStrategy());
        assertThat(mixed.eligible(Optional.of("2.3"), NOW, fleet).bridges()).hasSize(3);
    }

    private static BridgeReport third(String... more) {
        return usable("stress_level", "0.5", "relay_id", "r3", "version", "2.3")
                .updatedBy(StrategyFixture.report(more));
    }

    private static SelectionPipeline pipeline(boolean octo) {
        return new SelectionPipeline(new SelectionConfig(octo, false), new EgressAwareBridgeSelectionStrategy());
    }

    private static Chosen chosen(SelectionPipeline pipeline, Optional<BridgeId> planned, FleetSnapshot fleet) {
        return (Chosen) pipeline.select(
                new SelectionRequest(
                        ROOM,
                        endpoint("a1b2c3d4"),
                        Optional.empty(),
                        Audience.PARTICIPANT,
                        on("jvb1"),
                        NOW,
                        Set.of(id("jvb1")),
                        planned),
                fleet);
    }
}
