package org.confocal;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.confocal.health.Figure;
import org.confocal.health.Figure.Kind;
import org.confocal.journal.JournalMeters;

/** What the journal does and costs, for {@code /metrics}. */
final class JournalFigures {
    private static final double NANOS = 1e9;

    private final Supplier<JournalMeters> journal;

    JournalFigures(Supplier<JournalMeters> journal) {
        this.journal = journal;
    }

    List<Figure> all() {
        List<Figure> all = new ArrayList<>(List.of(
                figure("batches", "Batches of changes", Kind.COUNTER, JournalMeters::batches),
                figure("values", "Values in batches, removals included", Kind.COUNTER, JournalMeters::values),
                figure("bytes", "Bytes written", Kind.COUNTER, JournalMeters::bytes),
                figure("failures", "Batches that could not be kept", Kind.COUNTER, JournalMeters::failures),
                figure("cpu.seconds", "CPU time of the journal's thread", Kind.COUNTER, now -> now.cpuNanos() / NANOS),
                figure("degraded", "1 where a restart now would be noticed", Kind.GAUGE, now -> now.degraded() ? 1 : 0),
                figure("waiting", "Values that are not kept yet", Kind.GAUGE, JournalMeters::waiting),
                figure("live", "Values that a successor would go on with", Kind.GAUGE, JournalMeters::live)));
        if (ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system) {
            all.add(new Figure(
                    "process.cpu.seconds",
                    "CPU time of the process",
                    Kind.COUNTER,
                    () -> system.getProcessCpuTime() / NANOS));
        }
        return all;
    }

    private Figure figure(String name, String help, Kind kind, ToDoubleFunction<JournalMeters> value) {
        return new Figure("confocal.journal." + name, help, kind, () -> value.applyAsDouble(journal.get()));
    }
}
