package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeStrategiesTest {
    private static final String BUILT_IN =
            "Built in: EgressAwareBridgeSelectionStrategy, IntraRegionBridgeSelectionStrategy,"
                    + " LeastConferencesBridgeSelectionStrategy, LeastParticipantsBridgeSelectionStrategy,"
                    + " RegionBasedBridgeSelectionStrategy, RoundRobinBridgeSelectionStrategy, SingleBridgeSelectionStrategy,"
                    + " SplitBridgeSelectionStrategy, VisitorSelectionStrategy.";
    private static final StrategyConfig CONFIG = new StrategyConfig(
            RegionGroups.NONE,
            Optional.empty(),
            ParticipantLimits.DEFAULTS,
            Optional.of("RegionBased"),
            Optional.of("org.jitsi.jicofo.bridge.SingleBridgeSelectionStrategy"));

    private static BridgeSelectionStrategy named(String name) {
        return BridgeStrategies.named(name, CONFIG);
    }

    @ParameterizedTest
    @CsvSource({
        "SingleBridgeSelectionStrategy, SingleBridgeSelectionStrategy",
        "org.jitsi.jicofo.bridge.SingleBridgeSelectionStrategy, SingleBridgeSelectionStrategy",
        "org.confocal.strategy.choice.SingleBridgeSelectionStrategy, SingleBridgeSelectionStrategy",
        "Single, SingleBridgeSelectionStrategy",
        "Split, SplitBridgeSelectionStrategy",
        "RegionBased, RegionBasedBridgeSelectionStrategy",
        "IntraRegion, IntraRegionBridgeSelectionStrategy",
        "org.jitsi.jicofo.bridge.VisitorSelectionStrategy, VisitorSelectionStrategy",
        "Visitor, VisitorSelectionStrategy",
        "EgressAware, EgressAwareBridgeSelectionStrategy",
        "LeastConferences, LeastConferencesBridgeSelectionStrategy",
        "LeastParticipants, LeastParticipantsBridgeSelectionStrategy",
        "RoundRobin, RoundRobinBridgeSelectionStrategy",
    })
    void jicofosNamesAndOursAndShortOnesAreKnown(String name, String strategy) {
        assertThat(named(name).name()).isEqualTo(strategy);
    }

    @Test
    void everyListedNameIsTheNameOfItsStrategy() {
        assertThat(BridgeStrategies.names())
                .hasSize(9)
                .isSorted()
                .allSatisfy(name -> assertThat(named(name).name()).isEqualTo(name));
    }

    @Test
    void aStrategyForVisitorsNeedsItsTwoParts() {
        assertVisitorRefused(Optional.empty(), Optional.of("Single"), "needs participant-selection-strategy");
        assertVisitorRefused(Optional.of("Single"), Optional.empty(), "needs visitor-selection-strategy");
        assertVisitorRefused(
                Optional.of("Single"), Optional.of("Nothing"), "visitor-selection-strategy: unknown bridge selection");
        assertVisitorRefused(Optional.of("Visitor"), Optional.of("Single"), "needs participant-selection-strategy");
    }

    private static void assertVisitorRefused(Optional<String> participants, Optional<String> visitors, String reason) {
        StrategyConfig config = new StrategyConfig(
                RegionGroups.NONE, Optional.empty(), ParticipantLimits.DEFAULTS, participants, visitors);
        assertThatThrownBy(() -> BridgeStrategies.named("VisitorSelectionStrategy", config))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aPlugInIsFoundByItsClassName() {
        String name = Nowhere.class.getName();

        assertThat(named(name)).isInstanceOf(Nowhere.class);
        assertThat(BridgeStrategies.named(name, CONFIG, BridgeStrategiesTest.class.getClassLoader()))
                .isInstanceOf(Nowhere.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RoundRobbin", "", " ", "org.example.Missing", "org.jitsi.jicofo.bridge.Missing", "[I", "a/b"})
    void anUnknownNameIsRefusedWithAListOfWhatThereIs(String name) {
        assertThatThrownBy(() -> named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown bridge selection strategy '" + name + "': ")
                .hasMessageEndingWith(BUILT_IN);
    }

    @Test
    void aClassThatCannotServeIsRefusedWithTheReason() {
        assertRefused(
                "java.lang.String", "that class does not implement org.confocal.strategy.BridgeSelectionStrategy");
        assertRefused(Abstract.class.getName(), "that class is not public and concrete");
        assertRefused(Hidden.class.getName(), "that class is not public and concrete");
        assertRefused(Demanding.class.getName(), "that class has no public constructor without arguments");
        assertRefused(Exploding.class.getName(), "that class could not be instantiated");
    }

    private static void assertRefused(String name, String reason) {
        assertThatThrownBy(() -> named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageEndingWith(BUILT_IN);
    }

    /** Wants no bridge. */
    public static class Nowhere implements BridgeSelectionStrategy {
        public Nowhere() {}

        @Override
        public String name() {
            return "Nowhere";
        }

        @Override
        public Selection select(SelectionRequest request, FleetView fleet) {
            return new Selection.None(Refusal.STRATEGY_REFUSED, new Explanation(name(), "never", List.of(), List.of()));
        }
    }

    /** Not to be instantiated. */
    public abstract static class Abstract extends Nowhere {}

    static final class Hidden extends Nowhere {}

    /** Needs an argument. */
    public static final class Demanding extends Nowhere {
        public Demanding(String argument) {
            throw new IllegalStateException(argument);
        }
    }

    /** Fails to start. */
    public static final class Exploding extends Nowhere {
        public Exploding() {
            throw new IllegalStateException("boom");
        }
    }
}
