package org.confocal.tests.placement;

import java.time.Duration;

/**
 * Jicofo's load redistribution (spec/05, section 10): every {@code interval}, if some bridge is not overloaded, every bridge
 * at or above {@code threshold} loses {@code endpoints} people, those of the conferences that have most of them there first,
 * and is left alone for {@code timeout}.
 */
record Redistribution(Duration interval, double threshold, int endpoints, Duration timeout) {
    /** As Jitsi runs it (placement.md, 0.6). */
    static final Redistribution PRODUCTION = new Redistribution(Duration.ofMinutes(1), 0.9, 10, Duration.ofMinutes(3));
}
