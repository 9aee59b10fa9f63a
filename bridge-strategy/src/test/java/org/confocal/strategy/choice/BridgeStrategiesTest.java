package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.SelectionRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeStrategiesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SingleBridgeSelectionStrategy",
                "org.jitsi.jicofo.bridge.SingleBridgeSelectionStrategy",
                "org.confocal.strategy.choice.SingleBridgeSelectionStrategy"
            })
    void jicofosNamesAndOursAreKnown(String name) {
        assertThat(BridgeStrategies.named(name)).isInstanceOf(SingleBridgeSelectionStrategy.class);
    }

    @Test
    void everyListedNameIsTheNameOfItsStrategy() {
        assertThat(BridgeStrategies.names()).containsExactly("SingleBridgeSelectionStrategy");
        assertThat(BridgeStrategies.names())
                .allSatisfy(
                        name -> assertThat(BridgeStrategies.named(name).name()).isEqualTo(name));
    }

    @Test
    void aPlugInIsFoundByItsClassName() {
        String name = Nowhere.class.getName();

        assertThat(BridgeStrategies.named(name)).isInstanceOf(Nowhere.class);
        assertThat(BridgeStrategies.named(name, BridgeStrategiesTest.class.getClassLoader()))
                .isInstanceOf(Nowhere.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"RoundRobbin", "", " ", "org.example.Missing", "org.jitsi.jicofo.bridge.Missing", "[I", "a/b"})
    void anUnknownNameIsRefusedWithAListOfWhatThereIs(String name) {
        assertThatThrownBy(() -> BridgeStrategies.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("unknown bridge selection strategy '" + name + "': ")
                .hasMessageEndingWith("Built in: SingleBridgeSelectionStrategy.");
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
        assertThatThrownBy(() -> BridgeStrategies.named(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(reason)
                .hasMessageEndingWith("Built in: SingleBridgeSelectionStrategy.");
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
