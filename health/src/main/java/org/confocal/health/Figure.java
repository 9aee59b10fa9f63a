package org.confocal.health;

import java.util.function.DoubleSupplier;

/**
 * A figure of a part that this module does not know, for {@code /metrics}.
 *
 * @param name as Micrometer writes names: {@code confocal.journal.batches}
 * @param value asked at every scrape, on any thread; must return at once
 */
public record Figure(String name, String help, Kind kind, DoubleSupplier value) {

    /** Whether it only grows. */
    public enum Kind {
        COUNTER,
        GAUGE
    }
}
