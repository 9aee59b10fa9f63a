package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.on;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.stream.IntStream;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.junit.jupiter.api.Test;

class SingleBridgeSelectionStrategyTest {
    private final SingleBridgeSelectionStrategy strategy = new SingleBridgeSelectionStrategy();

    @Test
    void leastStressedInTheRegionEvenIfOverloaded() {
        FleetSnapshot fleet = fleet(
                usable("stress_level", "0.0", "region", "us"),
                usable("stress_level", "1.2", "region", "eu"),
                usable("stress_level", "1.1", "region", "eu"));

        assertThat(chosen(fleet, noBridges(), "eu").bridge()).isEqualTo(id("jvb3"));
    }

    @Test
    void leastStressedOfAllWhereTheRegionHasNoBridge() {
        FleetSnapshot fleet = fleet(
                usable("stress_level", "0.4", "region", "us"),
                usable("stress_level", "0.3"),
                usable("stress_level", "0.5"));

        Chosen chosen = chosen(fleet, noBridges(), "eu");

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).isEqualTo("least stressed; no bridge in region eu");
        assertThat(chosen.why().candidates())
                .containsExactly(
                        new Candidate(id("jvb2"), 0.3), new Candidate(id("jvb1"), 0.4), new Candidate(id("jvb3"), 0.5));
    }

    @Test
    void leastStressedOfAllWhereTheParticipantSaysNoRegion() {
        FleetSnapshot fleet =
                fleet(usable("stress_level", "0.4", "region", "us"), usable("stress_level", "0.3", "region", "eu"));

        Chosen chosen = chosen(fleet, noBridges());

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).isEqualTo("least stressed; the participant's region is not known");
    }

    @Test
    void regionsAreComparedAsText() {
        FleetSnapshot fleet =
                fleet(usable("region", "EU", "stress_level", "0.1"), usable("region", "eu", "stress_level", "0.9"));

        assertThat(chosen(fleet, noBridges(), "eu").bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void whatWasPromisedCounts() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.100"), usable("stress_level", "0.105"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW);

        assertThat(chosen(fleet, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void fewerEndpointsBreakATie() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.3"), usable("stress_level", "0.3"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW.minusSeconds(60));

        assertThat(chosen(fleet, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void whoJoinedTheBreweryFirstBreaksTheRemainingTie() {
        FleetSnapshot fleet = fleet(usable(), usable(), usable());
        assertThat(chosen(fleet, noBridges()).bridge()).isEqualTo(id("jvb1"));

        FleetSnapshot rejoined = fleet.left(id("jvb1")).reported(id("jvb1"), usable(), later(1));
        assertThat(chosen(rejoined, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void anUnreportedLoadCountsAsIdle() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.001"), usable());

        assertThat(chosen(fleet, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void theExplanationHasTheSixteenBestInOrder() {
        BridgeReport[] reports = IntStream.range(0, 60)
                .mapToObj(i -> usable("stress_level", "0." + (10 + (i * 37) % 60)))
                .toArray(BridgeReport[]::new);

        Chosen chosen = chosen(fleet(reports), noBridges());

        assertThat(chosen.why().candidates())
                .extracting(Candidate::stress)
                .containsExactlyElementsOf(IntStream.range(10, 26)
                        .mapToObj(i -> Double.valueOf("0." + i))
                        .toList());
        assertThat(chosen.bridge())
                .isEqualTo(chosen.why().candidates().getFirst().bridge());
    }

    @Test
    void theConferencesBridgeIsKeptAnywhere() {
        FleetSnapshot fleet = fleet(usable("region", "eu"), usable("region", "us", "stress_level", "4"));

        Chosen chosen = chosen(fleet, on("jvb2"), "eu");

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().candidates()).containsExactly(new Candidate(id("jvb2"), 4));
    }

    @Test
    void aSecondBridgeIsRefused() {
        FleetSnapshot fleet = fleet(usable(), usable());

        assertThat(refused(fleet, on("gone"))).isEqualTo(Refusal.SECOND_BRIDGE_NOT_ALLOWED);
        assertThat(refused(fleet, on("jvb1", "jvb2"))).isEqualTo(Refusal.SECOND_BRIDGE_NOT_ALLOWED);
    }

    @Test
    void nothingToChooseFromIsRefused() {
        assertThat(refused(fleet(), noBridges())).isEqualTo(Refusal.STRATEGY_REFUSED);
    }

    private Chosen chosen(FleetSnapshot fleet, ConferenceShape shape, String... region) {
        Selection selection = strategy.select(request(shape, NOW, region), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }

    private Refusal refused(FleetSnapshot fleet, ConferenceShape shape) {
        Selection selection = strategy.select(request(shape, NOW), fleet);
        assertThat(selection).isInstanceOf(None.class);
        return ((None) selection).reason();
    }
}
