package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.usable;

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
import org.confocal.strategy.choice.EgressAwareConfig.LatencyRule;
import org.confocal.strategy.choice.EgressAwareReplanner.Terms;
import org.junit.jupiter.api.Test;

class EgressAwareReplannerTest {
    private static final Region DUBLIN = new Region("eu-west-1");
    private static final Region SAO_PAULO = new Region("sa-east-1");
    private static final EgressAwareConfig THRIFTY =
            EgressAwareConfig.defaults().with(new LatencyRule(Optional.empty()));

    private final EgressAwareReplanner replanner = new EgressAwareReplanner(THRIFTY, Terms.DEFAULTS);

    private static BridgeReport at(Region region, String stress) {
        return usable("region", region.name(), "stress_level", stress, "relay_id", "r");
    }

    private static BridgeUse use(String nick, Region region, int people) {
        return use(nick, region, people, people);
    }

    private static BridgeUse use(String nick, Region region, int people, int videoSenders) {
        List<RegionCount> all = List.of(new RegionCount(Optional.of(region), people));
        return new BridgeUse(id(nick), Audience.PARTICIPANT, all, people, videoSenders);
    }

    private static ConferenceShape on(BridgeUse... uses) {
        return new ConferenceShape(NOW, List.of(uses), JoinRate.NONE, Optional.empty());
    }

    @Test
    void whoAloneKeepsADearBridgeInTheConferenceIsMovedToTheOthers() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));

        assertThat(replanner.replan(on(use("jvb1", DUBLIN, 4), use("jvb2", SAO_PAULO, 1)), fleet, later(300)))
                .containsExactly(new Move(id("jvb2"), id("jvb1"), Optional.of(SAO_PAULO), 1));
    }

    @Test
    void whatHasBeenMovedStays() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));
        BridgeUse merged = new BridgeUse(
                id("jvb1"),
                Audience.PARTICIPANT,
                List.of(new RegionCount(Optional.of(DUBLIN), 4), new RegionCount(Optional.of(SAO_PAULO), 1)),
                5,
                5);

        assertThat(replanner.replan(on(merged), fleet, later(600))).isEmpty();
    }

    @Test
    void nobodyIsMovedOntoABridgeWithoutRoom() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.7"), at(SAO_PAULO, "0.1"));

        assertThat(replanner.replan(on(use("jvb1", DUBLIN, 4), use("jvb2", SAO_PAULO, 1)), fleet, later(300)))
                .isEmpty();
    }

    @Test
    void noMoreAreMovedThanTheTermsAllow() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));
        ConferenceShape shape = on(use("jvb1", DUBLIN, 4), use("jvb2", SAO_PAULO, 3));

        assertThat(new EgressAwareReplanner(THRIFTY, new Terms(0, 0.5, 2)).replan(shape, fleet, later(300)))
                .isEmpty();
        assertThat(new EgressAwareReplanner(THRIFTY, new Terms(0, 0.5, 3)).replan(shape, fleet, later(300)))
                .containsExactly(new Move(id("jvb2"), id("jvb1"), Optional.of(SAO_PAULO), 3));
    }

    @Test
    void whereMovingCostsMoreThanItSavesNobodyIsMoved() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));
        EgressAwareReplanner reluctant = new EgressAwareReplanner(THRIFTY, new Terms(10, 0.5, 6));

        assertThat(reluctant.replan(on(use("jvb1", DUBLIN, 4), use("jvb2", SAO_PAULO, 1)), fleet, later(300)))
                .isEmpty();
    }

    @Test
    void theLatencyRuleKeepsAGroupNearItsBridge() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.1"), at(SAO_PAULO, "0.1"));
        EgressAwareReplanner careful = new EgressAwareReplanner(EgressAwareConfig.defaults(), Terms.DEFAULTS);

        assertThat(careful.replan(on(use("jvb1", DUBLIN, 2, 0), use("jvb2", SAO_PAULO, 2, 0)), fleet, later(300)))
                .isEmpty();
    }

    @Test
    void anEmptyConferenceIsLeftAlone() {
        assertThat(replanner.replan(on(), fleet(at(DUBLIN, "0.1")), NOW)).isEmpty();
    }

    @Test
    void aMoveOfNobodyIsNone() {
        assertThatThrownBy(() -> new Move(id("a"), id("b"), Optional.empty(), 0))
                .hasMessage("a move of 0 people");
    }
}
