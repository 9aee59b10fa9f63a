package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.shape;
import static org.confocal.strategy.StrategyFixture.usable;
import static org.confocal.strategy.StrategyFixture.use;

import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.SelectionPipeline;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.junit.jupiter.api.Test;

class IntraRegionBridgeSelectionStrategyTest {
    private final BridgeSelectionStrategy strategy = new IntraRegionBridgeSelectionStrategy(ParticipantLimits.DEFAULTS);

    @Test
    void decision1TheFirstBridgeIsTheLeastStressedInTheRegionOfTheParticipant() {
        FleetSnapshot fleet = fleet(bridge("us", "0.1"), bridge("eu", "0.7"), bridge("eu", "0.6"));

        assertChosen(fleet, noBridges(), "eu", "jvb3", "1: ");
    }

    @Test
    void decision2TheFirstBridgeIsTheLeastStressedOfAllWhereTheRegionIsLoaded() {
        assertChosen(fleet(bridge("us", "0.5"), bridge("eu", "0.8")), noBridges(), "eu", "jvb1", "2: ");
        assertChosen(fleet(bridge("us", "0.9"), bridge("eu", "0.8")), noBridges(), "eu", "jvb2", "2: ");
        assertChosen(fleet(bridge("us", "0.9"), bridge("eu", "0.8")), noBridges(), "ap", "jvb2", "2: ");
    }

    @Test
    void decision3ABridgeOfTheConferenceInItsRegion() {
        FleetSnapshot fleet = fleet(bridge("us", "0.7"), bridge("eu", "0.1"), bridge("us", "0.1"));

        assertChosen(fleet, shape(on("jvb1", 1)), "eu", "jvb1", "3: ");
    }

    @Test
    void decision4AFurtherBridgeInTheRegionOfTheConference() {
        FleetSnapshot overloaded = fleet(bridge("us", "0.8"), bridge("eu", "0.1"), bridge("us", "0.5"));
        assertChosen(overloaded, shape(on("jvb1", 1)), "eu", "jvb3", "4: ");

        FleetSnapshot full = fleet(bridge("us", "0.1"), bridge("eu", "0.1"), bridge("us", "0.5"));
        assertChosen(full, shape(on("jvb1", 80)), "eu", "jvb3", "4: ");
        assertChosen(full, shape(on("jvb1", 79)), "eu", "jvb1", "3: ");
    }

    @Test
    void decision5ALoadedBridgeOfTheConferenceInItsRegion() {
        FleetSnapshot fleet = fleet(bridge("us", "0.9"), bridge("eu", "0.1"), bridge("us", "0.85"));

        assertChosen(fleet, shape(on("jvb1", 1)), "eu", "jvb1", "5: ");
    }

    @Test
    void theRegionIsThatOfTheConferencesFirstBridge() {
        FleetSnapshot fleet = fleet(bridge("us", "0.7"), bridge("eu", "0.1"));

        assertChosen(fleet, shape(on("jvb1", 1), on("jvb2", 1)), "eu", "jvb1", "3: ");
    }

    @Test
    void theRegionIsKnownEvenWhereTheFirstBridgeTakesNobodyAnyMore() {
        FleetSnapshot fleet = fleet(
                usable("region", "us", "drain", "true", "relay_id", "r1"),
                bridge("eu", "0.1"),
                usable("region", "us", "stress_level", "0.7", "relay_id", "r3"));
        SelectionPipeline pipeline = new SelectionPipeline(new SelectionConfig(true, false), strategy);

        Selection selection = pipeline.select(request(shape(on("jvb1", 1)), NOW, "eu"), fleet);

        assertThat(((Chosen) selection).bridge()).isEqualTo(id("jvb3"));
    }

    @Test
    void noBridgeInTheRegionIsRefused() {
        FleetSnapshot fleet = fleet(bridge("eu", "0.1"), usable("region", "us", "drain", "true", "relay_id", "r2"));
        SelectionPipeline pipeline = new SelectionPipeline(new SelectionConfig(true, false), strategy);

        Selection selection = pipeline.select(request(shape(on("jvb2", 1)), NOW, "us"), fleet);

        assertThat(selection).isInstanceOf(None.class);
        assertThat(((None) selection).reason()).isEqualTo(Refusal.STRATEGY_REFUSED);
    }

    @Test
    void aFleetWithoutBridgesIsRefused() {
        assertThat(strategy.select(request(noBridges(), NOW), fleet())).isInstanceOf(None.class);
    }

    private static BridgeReport bridge(String region, String stress) {
        return usable("region", region, "stress_level", stress);
    }

    private static BridgeUse on(String nick, int people) {
        return use(nick, Audience.PARTICIPANT, people);
    }

    private void assertChosen(
            FleetSnapshot fleet, ConferenceShape shape, String region, String bridge, String decision) {
        Selection selection = strategy.select(request(shape, NOW, region), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        assertThat(((Chosen) selection).bridge()).isEqualTo(id(bridge));
        assertThat(((Chosen) selection).why().rule()).startsWith(decision);
    }
}
