package org.confocal.strategy.choice;

import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Strategies by the names that configuration uses: Jicofo's simple or fully qualified class names, or the class name of a
 * plug-in. Stateless.
 */
public final class BridgeStrategies {
    private static final String JICOFO_PACKAGE = "org.jitsi.jicofo.bridge.";
    private static final String OUR_PACKAGE = BridgeStrategies.class.getPackageName() + ".";

    private static final Map<String, Supplier<BridgeSelectionStrategy>> BUILT_IN =
            Map.of("SingleBridgeSelectionStrategy", SingleBridgeSelectionStrategy::new);

    private BridgeStrategies() {}

    /** The simple names of the built-in strategies, in alphabetical order. */
    public static List<String> names() {
        return List.copyOf(new TreeMap<>(BUILT_IN).keySet());
    }

    /** As {@link #named(String, ClassLoader)}, with plug-ins beside Confocal's own classes. */
    public static BridgeSelectionStrategy named(String name) {
        ClassLoader own = BridgeStrategies.class.getClassLoader();
        return named(name, own == null ? ClassLoader.getSystemClassLoader() : own);
    }

    /**
     * The strategy of a name.
     *
     * @param name as {@code SingleBridgeSelectionStrategy}, {@code
     *     org.jitsi.jicofo.bridge.SingleBridgeSelectionStrategy}, or any public class that implements
     *     {@link BridgeSelectionStrategy} and has a public constructor without arguments
     * @param plugins where classes of other names are looked for
     * @throws IllegalArgumentException if there is none of that name, with a sentence that lists what there is
     */
    public static BridgeSelectionStrategy named(String name, ClassLoader plugins) {
        Supplier<BridgeSelectionStrategy> builtIn = BUILT_IN.get(simpleName(name));
        return builtIn == null ? plugin(name, plugins) : builtIn.get();
    }

    private static String simpleName(String name) {
        if (name.startsWith(JICOFO_PACKAGE)) {
            return name.substring(JICOFO_PACKAGE.length());
        }
        return name.startsWith(OUR_PACKAGE) ? name.substring(OUR_PACKAGE.length()) : name;
    }

    private static BridgeSelectionStrategy plugin(String name, ClassLoader plugins) {
        Class<?> found;
        try {
            found = Class.forName(name, false, plugins);
        } catch (ClassNotFoundException | LinkageError notThere) {
            throw refused(name, "there is no class of that name that can be loaded", notThere);
        }
        if (!BridgeSelectionStrategy.class.isAssignableFrom(found)) {
            throw refused(name, "that class does not implement " + BridgeSelectionStrategy.class.getName(), null);
        }
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw refused(name, "that class is not public and concrete", null);
        }
        try {
            return (BridgeSelectionStrategy) found.getConstructor().newInstance();
        } catch (NoSuchMethodException noConstructor) {
            throw refused(name, "that class has no public constructor without arguments", noConstructor);
        } catch (ReflectiveOperationException | LinkageError failed) {
            throw refused(name, "that class could not be instantiated: " + failed, failed);
        }
    }

    private static IllegalArgumentException refused(String name, String reason, @Nullable Throwable cause) {
        return new IllegalArgumentException(
                "unknown bridge selection strategy '" + name + "': " + reason + ". Built in: "
                        + String.join(", ", names()) + ".",
                cause);
    }
}
