package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.SelectionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EgressAwareBridgeSelectionStrategyTest {
    private static final String VIRGINIA = "us-east-1";
    private static final String OREGON = "us-west-2";
    private static final String MUMBAI = "ap-south-1";
    private static final String SAO_PAULO = "sa-east-1";
    private static final String DUBLIN = "eu-west-1";
    private static final Instant SETTLED = later(1200);

    private final EgressAwareBridgeSelectionStrategy strategy = new EgressAwareBridgeSelectionStrategy();

    private static BridgeReport at(String region, String stress) {
        return usable("region", region, "stress_level", stress, "relay_id", "r");
    }

    private static BridgeUse use(String nick, int senders, RegionCount... people) {
        return new BridgeUse(id(nick), Audience.PARTICIPANT, List.of(people), senders, senders);
    }

    private static RegionCount people(String region, int count) {
        return new RegionCount(Optional.of(new Region(region)), count);
    }

    private Chosen choose(FleetSnapshot fleet, String region, Instant when, BridgeUse... uses) {
        SelectionRequest request = new SelectionRequest(
                ROOM,
                endpoint("new"),
                Optional.of(new Region(region)),
                Audience.PARTICIPANT,
                new ConferenceShape(NOW, List.of(uses), JoinRate.NONE, Optional.empty()),
                when);
        Selection selection = strategy.select(request, fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }

    @Test
    void theFirstOneGoesToTheLeastStressedBridgeOfItsRegionAlthoughOthersAreCheaper() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.0"), at(MUMBAI, "0.3"), at(MUMBAI, "0.2"));

        assertThat(choose(fleet, MUMBAI, NOW).bridge()).isEqualTo(id("jvb3"));
    }

    @Test
    void neighboursStayTogetherOnTheConferencesBridge() {
        FleetSnapshot fleet = fleet(at(MUMBAI, "0.3"), at(MUMBAI, "0.1"));

        assertThat(choose(fleet, MUMBAI, NOW, use("jvb1", 1, people(MUMBAI, 2))).bridge())
                .isEqualTo(id("jvb1"));
    }

    @Test
    void oneLatePersonFarAwayIsNotWorthABridgeOfItsOwnWhereTheDirectWayIsShorter() {
        // From São Paulo to Dublin: 176.8 ms between the regions of AWS, some 180 ms straight over the internet.
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));
        EgressAwareBridgeSelectionStrategy thrifty = new EgressAwareBridgeSelectionStrategy(
                EgressAwareConfig.defaults().with(new EgressAwareConfig.LatencyRule(Optional.empty())));
        SelectionRequest request = new SelectionRequest(
                ROOM,
                endpoint("new"),
                Optional.of(new Region(SAO_PAULO)),
                Audience.PARTICIPANT,
                new ConferenceShape(NOW, List.of(use("jvb1", 3, people(DUBLIN, 6))), JoinRate.NONE, Optional.empty()),
                SETTLED);

        assertThat(thrifty.select(request, fleet))
                .isInstanceOfSatisfying(
                        Chosen.class, chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));
    }

    @Test
    void severalPeopleFarAwayGetABridgeNearThem() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.1"), at(MUMBAI, "0.1"));

        Chosen chosen = choose(fleet, MUMBAI, NOW, use("jvb1", 2, people(VIRGINIA, 3), people(MUMBAI, 2)));

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void theExplanationPricesEveryAlternative() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.1"), at(MUMBAI, "0.1"));

        List<Candidate> candidates = choose(fleet, MUMBAI, NOW, use("jvb1", 2, people(VIRGINIA, 3)))
                .why()
                .candidates();

        assertThat(candidates).hasSize(2);
        assertThat(candidates)
                .allSatisfy(candidate -> assertThat(candidate.score()).hasValueSatisfying(score -> {
                    assertThat(score.egress()).isPositive();
                    assertThat(score.latency()).isPositive();
                    assertThat(score.total()).isEqualTo(score.egress() + score.penalty());
                }));
        assertThat(candidates.get(0).score().orElseThrow().total())
                .isLessThanOrEqualTo(candidates.get(1).score().orElseThrow().total());
    }

    @Test
    void aBridgeAtTheThresholdIsLeftForAnotherOneOfItsRegion() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.85"), at(VIRGINIA, "0.4"), at(OREGON, "0.0"));

        assertThat(choose(fleet, VIRGINIA, NOW, use("jvb1", 1, people(VIRGINIA, 3)))
                        .bridge())
                .isEqualTo(id("jvb2"));
    }

    @Test
    void aFullRegionIsLeftForTheNextBest() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.85"), at(OREGON, "0.4"), at(MUMBAI, "0.0"));

        assertThat(choose(fleet, VIRGINIA, NOW).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void whereEverythingIsFullSomebodyIsTakenNevertheless() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.95"), at(VIRGINIA, "0.9"));

        Chosen chosen = choose(fleet, VIRGINIA, NOW);

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).startsWith("every bridge is at the threshold: ");
    }

    @Test
    void aConferenceDoesNotPutMoreThanItsLimitOnOneBridge() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.1"), at(VIRGINIA, "0.2"));

        assertThat(choose(fleet, VIRGINIA, NOW, use("jvb1", 0, people(VIRGINIA, 80)))
                        .bridge())
                .isEqualTo(id("jvb2"));
    }

    @Test
    void aLargeConferenceIsSpreadBeforeItsBridgeIsHot() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.3"), at(VIRGINIA, "0.3"));

        assertThat(choose(fleet, VIRGINIA, NOW, use("jvb1", 10, people(VIRGINIA, 20)))
                        .bridge())
                .isEqualTo(id("jvb2"));
        assertThat(choose(fleet, VIRGINIA, NOW, use("jvb1", 3, people(VIRGINIA, 6)))
                        .bridge())
                .isEqualTo(id("jvb1"));
    }

    @Test
    void peopleOfUnknownRegionGoWhereTheOthersAre() {
        FleetSnapshot fleet = fleet(at(VIRGINIA, "0.1"), at(MUMBAI, "0.0"));
        SelectionRequest request = new SelectionRequest(
                ROOM,
                endpoint("new"),
                Optional.empty(),
                Audience.PARTICIPANT,
                new ConferenceShape(NOW, List.of(use("jvb1", 1, people(VIRGINIA, 3))), JoinRate.NONE, Optional.empty()),
                NOW);

        assertThat(strategy.select(request, fleet))
                .isInstanceOfSatisfying(
                        Chosen.class, chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
    void aPriceThatIsNoneIsRefused(double price) {
        EgressAwareConfig usual = EgressAwareConfig.defaults();
        assertThatThrownBy(() -> new EgressAwareConfig(
                        usual.network(),
                        usual.media(),
                        usual.latencyRule(),
                        usual.latencyUsdPerMs(),
                        usual.furtherBridgeUsd(),
                        usual.stressUsd(),
                        usual.slownessUsdPerMs(),
                        price,
                        usual.followers(),
                        usual.accessStretch(),
                        usual.sharing(),
                        usual.maxBridgeParticipants()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("breachUsd must be 0 to 1000000, not " + price);
    }
}
