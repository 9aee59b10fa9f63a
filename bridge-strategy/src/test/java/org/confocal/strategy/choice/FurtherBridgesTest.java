package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.EgressAwareConfig.Sharing;
import org.confocal.strategy.network.Distances;
import org.confocal.strategy.network.RoundTrips;
import org.junit.jupiter.api.Test;

class FurtherBridgesTest {
    private static final Region DUBLIN = new Region("eu-west-1");
    private static final BridgeKind KIND = new BridgeKind(Optional.of(DUBLIN), Optional.empty());
    private static final Distances DISTANCES = new Distances(RoundTrips.shipped(), 1);
    private static final int DRAWS = 2000;

    private static FleetSnapshot stressed(double... stress) {
        return fleet(IntStream.range(0, stress.length)
                .mapToObj(i -> usable("region", DUBLIN.name(), "stress_level", "" + stress[i], "relay_id", "r" + i))
                .toArray(BridgeReport[]::new));
    }

    private static Optional<String> chosen(FleetSnapshot fleet, Sharing sharing, String endpoint, BridgeUse... uses) {
        ConferenceShape shape = new ConferenceShape(NOW, List.of(uses), JoinRate.NONE, Optional.empty());
        SelectionRequest request =
                new SelectionRequest(ROOM, endpoint(endpoint), Optional.of(DUBLIN), Audience.PARTICIPANT, shape, NOW);
        ConferenceMap conference = new ConferenceMap(shape, fleet, DISTANCES);
        return new FurtherBridges(request, fleet, conference, sharing)
                .of(KIND, 0.8)
                .map(BridgeSnapshot::id)
                .map(bridge -> bridge.nick());
    }

    private static Map<String, Integer> draws(FleetSnapshot fleet) {
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < DRAWS; i++) {
            counts.merge(chosen(fleet, Sharing.SHARED, "somebody" + i).orElseThrow(), 1, Integer::sum);
        }
        return counts;
    }

    @Test
    void aloneTheLeastStressedIsTaken() {
        assertThat(chosen(stressed(0.3, 0.1, 0.2), Sharing.ALONE, "anybody")).contains("jvb2");
    }

    @Test
    void sharedBridgesAreTakenAsTheLessStressedOfTwo() {
        // Of three pairs two have the coolest, one the next, and none the hottest.
        Map<String, Integer> draws = draws(stressed(0.3, 0.1, 0.2));

        assertThat(draws.keySet()).containsExactlyInAnyOrder("jvb2", "jvb3");
        assertThat(draws.get("jvb2")).isBetween(DRAWS * 60 / 100, DRAWS * 73 / 100);
    }

    @Test
    void theSameRequestGetsTheSameBridge() {
        FleetSnapshot fleet = stressed(0.3, 0.1, 0.2, 0.15);

        assertThat(chosen(fleet, Sharing.SHARED, "somebody")).isEqualTo(chosen(fleet, Sharing.SHARED, "somebody"));
    }

    @Test
    void aBridgeAtTheLimitIsNotDrawn() {
        assertThat(draws(stressed(0.9, 0.1, 0.8)).keySet()).containsExactly("jvb2");
        assertThat(chosen(stressed(0.9, 0.8), Sharing.SHARED, "somebody")).isEmpty();
    }

    @Test
    void bridgesOfTheConferenceAreNoFurtherOnes() {
        BridgeUse there =
                new BridgeUse(id("jvb2"), Audience.PARTICIPANT, List.of(new RegionCount(Optional.of(DUBLIN), 3)), 3, 3);

        assertThat(chosen(stressed(0.3, 0.1), Sharing.ALONE, "somebody", there)).contains("jvb1");
        assertThat(chosen(stressed(0.3, 0.1), Sharing.SHARED, "somebody", there))
                .contains("jvb1");
    }
}
