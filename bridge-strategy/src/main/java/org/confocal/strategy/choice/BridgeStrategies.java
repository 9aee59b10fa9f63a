package org.confocal.strategy.choice;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.choice.OneBridgeSelectionStrategy.Order;

/**
 * Strategies by the names that configuration uses: Jicofo's simple or fully qualified class names, the same without {@code
 * BridgeSelectionStrategy} or {@code SelectionStrategy} at the end (as in {@code RegionBased}), or the class name of a
 * plug-in. Stateless.
 */
public final class BridgeStrategies {
    private static final String JICOFO_PACKAGE = "org.jitsi.jicofo.bridge.";
    private static final String OUR_PACKAGE = BridgeStrategies.class.getPackageName() + ".";
    private static final List<String> SUFFIXES = List.of("", "BridgeSelectionStrategy", "SelectionStrategy");

    private static final Map<String, BiFunction<StrategyConfig, ClassLoader, BridgeSelectionStrategy>> BUILT_IN =
            Map.of(
                    "EgressAwareBridgeSelectionStrategy",
                    (config, plugins) -> new EgressAwareBridgeSelectionStrategy(config.egress()),
                    "SingleBridgeSelectionStrategy",
                    (config, plugins) -> new SingleBridgeSelectionStrategy(),
                    "SplitBridgeSelectionStrategy",
                    (config, plugins) -> new SplitBridgeSelectionStrategy(),
                    "RegionBasedBridgeSelectionStrategy",
                    (config, plugins) -> new RegionBasedBridgeSelectionStrategy(config),
                    "IntraRegionBridgeSelectionStrategy",
                    (config, plugins) -> new IntraRegionBridgeSelectionStrategy(config.limits()),
                    "VisitorSelectionStrategy",
                    BridgeStrategies::visitor,
                    "LeastConferencesBridgeSelectionStrategy",
                    (config, plugins) -> new OneBridgeSelectionStrategy(Order.LEAST_CONFERENCES),
                    "LeastParticipantsBridgeSelectionStrategy",
                    (config, plugins) -> new OneBridgeSelectionStrategy(Order.LEAST_PARTICIPANTS),
                    "RoundRobinBridgeSelectionStrategy",
                    (config, plugins) -> new OneBridgeSelectionStrategy(Order.ROUND_ROBIN));

    private BridgeStrategies() {}

    /** The full names of the built-in strategies, in alphabetical order. */
    public static List<String> names() {
        return List.copyOf(new TreeMap<>(BUILT_IN).keySet());
    }

    /** As {@link #named(String, StrategyConfig, ClassLoader)}, with plug-ins beside Confocal's own classes. */
    public static BridgeSelectionStrategy named(String name, StrategyConfig config) {
        return named(name, config, PlugIns.besideOurs());
    }

    /**
     * The strategy of a name.
     *
     * @param name as {@code SingleBridgeSelectionStrategy}, {@code
     *     org.jitsi.jicofo.bridge.SingleBridgeSelectionStrategy}, {@code Single}, or any public class that implements
     *     {@link BridgeSelectionStrategy} and has a public constructor without arguments
     * @param config what built-in strategies are told; a plug-in reads its own
     * @param plugins where classes of other names are looked for
     * @throws IllegalArgumentException if there is none of that name, with a sentence that lists what there is; or if
     *     {@code VisitorSelectionStrategy} lacks one of its two strategies, or is one of them itself
     */
    public static BridgeSelectionStrategy named(String name, StrategyConfig config, ClassLoader plugins) {
        return fullName(name)
                .flatMap(full -> Optional.ofNullable(BUILT_IN.get(full)))
                .map(make -> make.apply(config, plugins))
                .orElseGet(() -> plugin(name, plugins));
    }

    /** The one of {@link #names} that configuration means by {@code name}; empty where it means a plug-in. */
    public static Optional<String> fullName(String name) {
        String simple = simpleName(name);
        return SUFFIXES.stream()
                .map(suffix -> simple + suffix)
                .filter(BUILT_IN::containsKey)
                .findFirst();
    }

    private static String simpleName(String name) {
        if (name.startsWith(JICOFO_PACKAGE)) {
            return name.substring(JICOFO_PACKAGE.length());
        }
        return name.startsWith(OUR_PACKAGE) ? name.substring(OUR_PACKAGE.length()) : name;
    }

    private static BridgeSelectionStrategy visitor(StrategyConfig config, ClassLoader plugins) {
        return new VisitorSelectionStrategy(
                part("participant-selection-strategy", config.participantStrategy(), config, plugins),
                part("visitor-selection-strategy", config.visitorStrategy(), config, plugins));
    }

    private static BridgeSelectionStrategy part(
            String key, Optional<String> name, StrategyConfig config, ClassLoader plugins) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("VisitorSelectionStrategy needs " + key + ".");
        }
        StrategyConfig withoutParts = new StrategyConfig(
                config.regionGroups(),
                config.localRegion(),
                config.limits(),
                Optional.empty(),
                Optional.empty(),
                config.egress());
        try {
            return named(name.get(), withoutParts, plugins);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(key + ": " + refused.getMessage(), refused);
        }
    }

    private static BridgeSelectionStrategy plugin(String name, ClassLoader plugins) {
        try {
            return PlugIns.create(BridgeSelectionStrategy.class, name, plugins);
        } catch (PlugIns.Refused refused) {
            throw new IllegalArgumentException(
                    "unknown bridge selection strategy '" + name + "': " + refused.getMessage() + ". Built in: "
                            + String.join(", ", names()) + ".",
                    refused);
        }
    }
}
