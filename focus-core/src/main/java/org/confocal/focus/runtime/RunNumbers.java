package org.confocal.focus.runtime;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;

/**
 * Numbers the runs of conferences, over the ends of processes too: an answer that is late must not be taken for one to a run
 * with the same number. Any thread.
 */
final class RunNumbers {
    private static final String KEY = "focus/runs";

    private final Journal journal;
    private final AtomicInteger last;

    private record Runs(int last) {}

    private RunNumbers(Journal journal, int last) {
        this.journal = journal;
        this.last = new AtomicInteger(last);
    }

    /** From 1 on, or from where the process before this one stopped. */
    static RunNumbers continued(Journal journal) {
        int last = Optional.ofNullable(journal.inherited().get(KEY))
                .map(json -> RecordJson.read(json, Runs.class).last())
                .orElse(0);
        return new RunNumbers(journal, last);
    }

    /** In 0 to 2^31-1. */
    int next() {
        int number = last.incrementAndGet() & Integer.MAX_VALUE;
        journal.change(() -> journal.put(KEY, () -> RecordJson.write(new Runs(last.get()))));
        return number;
    }
}
