package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.on;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.ArrayList;
import java.util.List;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.choice.OneBridgeSelectionStrategy.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OneBridgeSelectionStrategyTest {
    private static RoomId room(int number) {
        return new RoomId("room" + number + "@muc.example.org");
    }

    private static BridgeSelectionStrategy by(Order order) {
        return new OneBridgeSelectionStrategy(order);
    }

    @Test
    void theFewestConferences() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.1"), usable("stress_level", "0.7"))
                .reserved(id("jvb1"), room(1), endpoint("a"), NOW)
                .reserved(id("jvb1"), room(2), endpoint("a"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("a"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("b"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("c"), NOW);

        Chosen chosen = chosen(by(Order.LEAST_CONFERENCES), fleet, noBridges());

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).isEqualTo("fewest conferences: 1");
        assertThat(chosen.why().candidates()).extracting(Candidate::bridge).containsExactly(id("jvb2"), id("jvb1"));
    }

    @Test
    void theFewestParticipants() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.7"), usable("stress_level", "0.1"))
                .reserved(id("jvb1"), room(1), endpoint("a"), NOW)
                .reserved(id("jvb1"), room(2), endpoint("a"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("a"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("b"), NOW)
                .reserved(id("jvb2"), room(3), endpoint("c"), NOW);

        Chosen chosen = chosen(by(Order.LEAST_PARTICIPANTS), fleet, noBridges());

        assertThat(chosen.bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen.why().rule()).isEqualTo("fewest participants: 2");
    }

    @Test
    void takingTurns() {
        FleetSnapshot fleet = fleet(usable(), usable("stress_level", "0.3"), usable("stress_level", "0.6"));
        List<String> turns = new ArrayList<>();
        for (int conference = 0; conference < 7; conference++) {
            Chosen chosen = chosen(by(Order.ROUND_ROBIN), fleet, noBridges());
            turns.add(chosen.bridge().nick());
            fleet = fleet.reserved(chosen.bridge(), room(conference), endpoint("a"), NOW)
                    .reserved(chosen.bridge(), room(conference), endpoint("b"), NOW);
        }

        assertThat(turns).containsExactly("jvb1", "jvb2", "jvb3", "jvb1", "jvb2", "jvb3", "jvb1");
    }

    @Test
    void aNewBridgeHasTheNextTurn() {
        FleetSnapshot fleet = fleet(usable(), usable())
                .reserved(id("jvb1"), room(1), endpoint("a"), NOW)
                .reserved(id("jvb2"), room(2), endpoint("a"), NOW)
                .reported(id("jvb3"), usable("stress_level", "0.7"), NOW);

        Chosen chosen = chosen(by(Order.ROUND_ROBIN), fleet, noBridges());

        assertThat(chosen.bridge()).isEqualTo(id("jvb3"));
        assertThat(chosen.why().rule()).isEqualTo("its first turn");
    }

    @ParameterizedTest
    @EnumSource
    void anOverloadedBridgeComesLast(Order order) {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.8"), usable("stress_level", "0.7"))
                .reserved(id("jvb2"), room(1), endpoint("a"), NOW.minusSeconds(60));

        assertThat(chosen(by(order), fleet, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @ParameterizedTest
    @EnumSource
    void bridgesInTheRegionComeFirstUnlessTheyAreOverloaded(Order order) {
        FleetSnapshot fleet = fleet(usable("region", "us"), usable("region", "eu", "stress_level", "0.7"))
                .reserved(id("jvb2"), room(1), endpoint("a"), NOW.minusSeconds(60));
        assertThat(chosen(by(order), fleet, noBridges(), "eu").bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen(by(order), fleet, noBridges(), "eu").why().rule()).endsWith("; in region eu");

        FleetSnapshot overloaded = fleet.reported(id("jvb2"), usable("region", "eu", "stress_level", "0.9"), later(1));
        Chosen elsewhere = chosen(by(order), overloaded, noBridges(), "eu");
        assertThat(elsewhere.bridge()).isEqualTo(id("jvb1"));
        assertThat(elsewhere.why().rule()).endsWith("; none that is better in region eu");
    }

    @ParameterizedTest
    @EnumSource
    void stressBreaksATie(Order order) {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.2"), usable("stress_level", "0.1"));

        assertThat(chosen(by(order), fleet, noBridges()).bridge()).isEqualTo(id("jvb2"));
    }

    @ParameterizedTest
    @EnumSource
    void whoeverIsNotTheFirstGoesWhereTheFirstOneIs(Order order) {
        FleetSnapshot fleet = fleet(usable("region", "eu"), usable("region", "us", "stress_level", "2"));

        assertThat(chosen(by(order), fleet, on("jvb2"), "eu").bridge()).isEqualTo(id("jvb2"));
    }

    @ParameterizedTest
    @EnumSource
    void theRuleSaysWhenAllAreOverloaded(Order order) {
        FleetSnapshot fleet = fleet(usable("stress_level", "2"), usable("stress_level", "1"));

        Chosen chosen = chosen(by(order), fleet, noBridges());

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).endsWith("; all are overloaded");
    }

    @ParameterizedTest
    @EnumSource
    void nothingToChooseFromIsRefused(Order order) {
        Selection selection = by(order).select(request(noBridges(), NOW), fleet());

        assertThat(selection).isInstanceOf(None.class);
        assertThat(((None) selection).reason()).isEqualTo(Refusal.STRATEGY_REFUSED);
    }

    private static Chosen chosen(
            BridgeSelectionStrategy strategy, FleetSnapshot fleet, ConferenceShape shape, String... region) {
        Selection selection = strategy.select(request(shape, NOW, region), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }
}
