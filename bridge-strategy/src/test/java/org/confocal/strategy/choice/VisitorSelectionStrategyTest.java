package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.shape;
import static org.confocal.strategy.StrategyFixture.usable;
import static org.confocal.strategy.StrategyFixture.use;

import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.Audience;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.junit.jupiter.api.Test;

class VisitorSelectionStrategyTest {
    private final VisitorSelectionStrategy strategy = new VisitorSelectionStrategy(
            new RegionBasedBridgeSelectionStrategy(StrategyConfig.DEFAULTS), new SingleBridgeSelectionStrategy());
    private final FleetSnapshot fleet = fleet(
            usable("region", "eu", "stress_level", "0.1"),
            usable("region", "eu", "stress_level", "0.2"),
            usable("region", "eu", "stress_level", "0.3"));

    @Test
    void eachKindHasItsStrategy() {
        assertThat(chosen(fleet, Audience.PARTICIPANT, noBridges()).why().rule())
                .startsWith("for participants, RegionBasedBridgeSelectionStrategy: 3: ");
        assertThat(chosen(fleet, Audience.VISITOR, noBridges()).why().rule())
                .startsWith("for visitors, SingleBridgeSelectionStrategy: least stressed in region eu");
    }

    @Test
    void visitorsStayAwayFromTheBridgesOfParticipants() {
        ConferenceShape conference = shape(use("jvb1", Audience.PARTICIPANT, 2));

        Chosen chosen = chosen(fleet, Audience.VISITOR, conference);

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rejected()).contains(new Rejected(id("jvb1"), Rejection.OTHER_AUDIENCE));
    }

    @Test
    void visitorsGoWhereVisitorsAreAsIfThereWereNoOthers() {
        ConferenceShape conference = shape(use("jvb1", Audience.PARTICIPANT, 2), use("jvb3", Audience.VISITOR, 2));

        Chosen chosen = chosen(fleet, Audience.VISITOR, conference);

        assertThat(chosen.bridge()).isEqualTo(id("jvb3"));
        assertThat(chosen.why().rule()).endsWith("the conference's bridge");
    }

    @Test
    void participantsStayAwayFromTheBridgesOfVisitors() {
        ConferenceShape conference = shape(use("jvb1", Audience.VISITOR, 2));

        assertThat(chosen(fleet, Audience.PARTICIPANT, conference).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void aBridgeThatNobodyIsOnBelongsToNeither() {
        ConferenceShape conference = shape(use("jvb1", Audience.VISITOR, 0));

        assertThat(chosen(fleet, Audience.PARTICIPANT, conference).bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void bridgesAreSharedWhereThereIsNoOther() {
        FleetSnapshot one = fleet(usable("region", "eu"));
        ConferenceShape conference = shape(use("jvb1", Audience.PARTICIPANT, 2));

        Chosen chosen = chosen(one, Audience.VISITOR, conference);

        assertThat(chosen.bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen.why().rejected()).isEmpty();
    }

    @Test
    void whatTheSecondAttemptRefusesIsRefused() {
        ConferenceShape conference = shape(use("jvb1", Audience.VISITOR, 2), use("jvb2", Audience.VISITOR, 2));

        Selection selection = strategy.select(request(Audience.VISITOR, conference), fleet);

        assertThat(selection).isInstanceOf(None.class);
        assertThat(((None) selection).reason()).isEqualTo(Refusal.SECOND_BRIDGE_NOT_ALLOWED);
        assertThat(((None) selection).why().strategy()).isEqualTo("VisitorSelectionStrategy");
    }

    @Test
    void aPartOfAFleetIsTheFleetWithoutWhatIsHidden() {
        FleetSnapshot whole = fleet(
                        usable("region", "eu", "stress_level", "0.1"),
                        usable("region", "us", "stress_level", "0.2"),
                        usable("region", "us", "stress_level", "0.3"))
                .reserved(id("jvb3"), ROOM, endpoint("a"), NOW);

        PartOfFleet part = new PartOfFleet(whole, Set.of(id("jvb1"), id("jvb2"), id("gone")), NOW);

        assertThat(part.bridges()).hasSize(1).containsExactlyElementsOf(part.bridges());
        assertThat(part.bridge(id("jvb1"))).isEmpty();
        assertThat(part.known(id("jvb1"))).isPresent();
        assertThat(part.bridge(id("jvb3"))).isPresent();
        assertThat(part.kinds()).extracting(kind -> kind.region().orElseThrow()).containsExactly(new Region("us"));
        assertThat(part.byStress(NOW)).toIterable().hasSize(1);
        assertThat(part.byStress(part.kinds().iterator().next(), NOW))
                .toIterable()
                .hasSize(1);
        assertThat(part.endpoints(id("jvb3"))).isEqualTo(1);
        assertThat(part.conferences(id("jvb3"))).isEqualTo(1);
        assertThat(part.turn(id("jvb3"))).isEqualTo(1);
        assertThat(part.recentlyAdded(id("jvb3"), ROOM, ParticipantLimits.DEFAULTS.interval(), NOW))
                .isEqualTo(1);
    }

    private Chosen chosen(FleetSnapshot bridges, Audience audience, ConferenceShape shape) {
        Selection selection = strategy.select(request(audience, shape), bridges);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }

    private static SelectionRequest request(Audience audience, ConferenceShape shape) {
        return new SelectionRequest(ROOM, endpoint("a1b2c3d4"), Optional.of(new Region("eu")), audience, shape, NOW);
    }
}
