package org.confocal.strategy.choice;

import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/** Makes an object of a class that is known by its name only. */
final class PlugIns {
    private PlugIns() {}

    /** Why there is no such object; the message ends without a full stop. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1;

        Refused(String reason, @Nullable Throwable cause) {
            super(reason, cause);
        }
    }

    /**
     * A new object.
     *
     * @param name of a public class that implements {@code type} and has a public constructor without arguments
     */
    static <T> T create(Class<T> type, String name, ClassLoader from) throws Refused {
        Class<?> found;
        try {
            found = Class.forName(name, false, from);
        } catch (ClassNotFoundException | LinkageError notThere) {
            throw new Refused("there is no class of that name that can be loaded", notThere);
        }
        if (!type.isAssignableFrom(found)) {
            throw new Refused("that class does not implement " + type.getName(), null);
        }
        if (!Modifier.isPublic(found.getModifiers()) || Modifier.isAbstract(found.getModifiers())) {
            throw new Refused("that class is not public and concrete", null);
        }
        try {
            return type.cast(found.getConstructor().newInstance());
        } catch (NoSuchMethodException noConstructor) {
            throw new Refused("that class has no public constructor without arguments", noConstructor);
        } catch (ReflectiveOperationException | LinkageError failed) {
            throw new Refused("that class could not be instantiated: " + failed, failed);
        }
    }

    /** Where classes beside Confocal's own are found. */
    static ClassLoader besideOurs() {
        ClassLoader own = PlugIns.class.getClassLoader();
        return own == null ? ClassLoader.getSystemClassLoader() : own;
    }
}
