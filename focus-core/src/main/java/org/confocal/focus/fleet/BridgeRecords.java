package org.confocal.focus.fleet;

import java.util.List;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;

/**
 * What bridges said last, for a successor: one record for each that is in the brewery. What health checks and conferences
 * found out about a bridge is not kept: it is found out again.
 */
final class BridgeRecords {
    private static final String PREFIX = "bridge/";

    private BridgeRecords() {}

    /** A bridge and what it said. */
    record Saved(BridgeId id, BridgeReport report) {}

    static void reported(Journal journal, BridgeId id, BridgeReport report) {
        if (journal.keeps()) {
            journal.change(() -> journal.put(key(id), () -> RecordJson.write(new Saved(id, report))));
        }
    }

    static void left(Journal journal, BridgeId id) {
        journal.change(() -> journal.remove(key(id)));
    }

    /** Who was there; who cannot be read is left out, and seen again with its next presence. */
    static List<Saved> read(Journal journal) {
        return journal.below(PREFIX, Saved.class);
    }

    private static String key(BridgeId id) {
        return PREFIX + id.value();
    }
}
