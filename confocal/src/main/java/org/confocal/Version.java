package org.confocal;

import java.util.Objects;

/** The version that the build wrote into the jar. */
final class Version {
    private Version() {}

    static String current() {
        return Objects.requireNonNullElse(Confocal.class.getPackage().getImplementationVersion(), "development");
    }
}
