package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
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
import org.confocal.strategy.RoomId;
import org.confocal.strategy.choice.LoadRelief.Departure;
import org.confocal.strategy.choice.LoadRelief.Share;
import org.confocal.strategy.choice.LoadRelief.Terms;
import org.junit.jupiter.api.Test;

class LoadReliefTest {
    private static final Region DUBLIN = new Region("eu-west-1");
    private static final Region LONDON = new Region("eu-west-2");
    private static final Optional<Region> OF_DUBLIN = Optional.of(DUBLIN);
    private static final Terms TERMS = new Terms(1, 0.9, 0.9, 10, 500);

    private final LoadRelief relief = new LoadRelief(TERMS, 80);

    private static BridgeReport at(Region region, String stress) {
        return usable("region", region.name(), "stress_level", stress, "relay_id", "r");
    }

    private static BridgeUse use(String nick, int people) {
        return new BridgeUse(
                id(nick), Audience.PARTICIPANT, List.of(new RegionCount(OF_DUBLIN, people)), people, people / 2);
    }

    private static Share room(String name, BridgeUse... uses) {
        return new Share(
                new RoomId(name + "@muc.example.org"),
                new ConferenceShape(NOW, List.of(uses), JoinRate.NONE, Optional.empty()));
    }

    private List<Departure> relieve(LoadRelief how, FleetSnapshot fleet, Share... shares) {
        return how.relieve(fleet.bridge(id("jvb1")).orElseThrow(), List.of(shares), fleet, NOW);
    }

    private static Departure away(String room, String to, int people) {
        return new Departure(new RoomId(room + "@muc.example.org"), new Move(id("jvb1"), id(to), OF_DUBLIN, people));
    }

    @Test
    void aBridgeBelowTheThresholdKeepsEverybody() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.79"), at(DUBLIN, "0.1"));

        assertThat(relieve(relief, fleet, room("a", use("jvb1", 4)))).isEmpty();
    }

    @Test
    void smallConferencesLeaveAsAWholeForTheLeastStressedBridgeOfTheRegion() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.8"), at(DUBLIN, "0.3"), at(DUBLIN, "0.2"), at(LONDON, "0"));

        // 0.8 to 0.72 are 4,000 packets per second; a call of four has 2,400.
        assertThat(relieve(relief, fleet, room("a", use("jvb1", 4)), room("b", use("jvb1", 4))))
                .containsExactly(away("a", "jvb3", 4), away("b", "jvb3", 4));
    }

    @Test
    void whereAConferenceHasAnotherBridgeWithRoomAFewGoThere() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.8"), at(DUBLIN, "0.3"), at(DUBLIN, "0.2"));

        assertThat(relieve(
                        relief, fleet, room("small", use("jvb1", 4)), room("large", use("jvb1", 12), use("jvb2", 12))))
                .containsExactly(away("large", "jvb2", 3));
    }

    @Test
    void nobodyLeavesTheRegion() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.9"), at(LONDON, "0.1"));

        assertThat(relieve(relief, fleet, room("a", use("jvb1", 4)))).isEmpty();
    }

    @Test
    void aBridgeThatWouldBecomeHotItselfTakesNobody() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.9"), at(DUBLIN, "0.72"));

        assertThat(relieve(relief, fleet, room("a", use("jvb1", 4)))).isEmpty();
    }

    @Test
    void aBridgeWhoseReportIsBehindItsPeopleTakesNoMoreOfThem() {
        // Thirty of forty are there already: by what they cost the bridge is full, whatever it said last.
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.9"), at(DUBLIN, "0.1"));

        assertThat(relieve(relief, fleet, room("young", use("jvb1", 10), use("jvb2", 30))))
                .isEmpty();
    }

    @Test
    void whatOneConferenceFillsIsNotPromisedToAnother() {
        // Up to 0.72 the other bridge takes 3,000 packets per second: one call of four, and half of another.
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.9"), at(DUBLIN, "0.66"));

        assertThat(relieve(relief, fleet, room("a", use("jvb1", 4)), room("b", use("jvb1", 4))))
                .containsExactly(away("a", "jvb2", 4));
    }

    @Test
    void noMoreLeaveAtATimeThanTheTermsAllow() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.95"), at(DUBLIN, "0.1"));
        LoadRelief careful = new LoadRelief(new Terms(1, 0.9, 0.9, 5, 500), 80);

        assertThat(relieve(careful, fleet, room("a", use("jvb1", 4)), room("b", use("jvb1", 4))))
                .extracting(departure -> departure.move().people())
                .satisfies(people -> assertThat(
                                people.stream().mapToInt(Integer::intValue).sum())
                        .isBetween(1, 5));
    }

    @Test
    void noConferenceIsBrokenUpWhereRelaysWouldEatWhatIsFreed() {
        // 80 senders of video: each further bridge hears them all.
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.82"), at(DUBLIN, "0.1"), at(DUBLIN, "0.82"));
        BridgeUse here = new BridgeUse(id("jvb1"), Audience.PARTICIPANT, List.of(new RegionCount(OF_DUBLIN, 4)), 4, 4);
        BridgeUse there =
                new BridgeUse(id("jvb3"), Audience.PARTICIPANT, List.of(new RegionCount(OF_DUBLIN, 76)), 76, 76);

        assertThat(relieve(new LoadRelief(new Terms(1, 0.99, 0.9, 3, 500), 80), fleet, room("a", here, there)))
                .isEmpty();
    }

    @Test
    void theLimitOfAConferenceOnABridgeHolds() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.8"), at(DUBLIN, "0.3"));

        assertThat(relieve(new LoadRelief(TERMS, 13), fleet, room("large", use("jvb1", 12), use("jvb2", 12))))
                .containsExactly(away("large", "jvb2", 1));
    }

    @Test
    void whoLeavesIsNamedByRegion() {
        FleetSnapshot fleet = fleet(at(DUBLIN, "0.8"), at(DUBLIN, "0.3"));
        BridgeUse mixed = new BridgeUse(
                id("jvb1"),
                Audience.PARTICIPANT,
                List.of(new RegionCount(OF_DUBLIN, 1), new RegionCount(Optional.empty(), 3)),
                4,
                2);

        assertThat(relieve(relief, fleet, room("a", mixed)))
                .extracting(Departure::move)
                .containsExactly(
                        new Move(id("jvb1"), id("jvb2"), OF_DUBLIN, 1),
                        new Move(id("jvb1"), id("jvb2"), Optional.empty(), 3));
    }

    @Test
    void termsThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new Terms(0.8, 0.9, 0.9, 10, 500))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("relief from 0.8 to 0.9");
        assertThatThrownBy(() -> new Terms(1, 0.9, 0.9, 0, 500)).isInstanceOf(IllegalArgumentException.class);
    }
}
