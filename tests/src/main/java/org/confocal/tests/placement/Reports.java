package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.confocal.strategy.BridgeReport;
import org.jspecify.annotations.Nullable;

/**
 * What bridges say of themselves, late and inexactly (placement.md, 0.2 and section 5): every 10 s a bridge samples its load,
 * every 5 s it sends presence, at its own phase. The stress is 20 % too high or too low; one presence in a hundred is lost,
 * and the next one carries the same sample. Mutable; the noise of a bridge does not depend on its load.
 */
final class Reports {
    private static final int SAMPLE_MS = 10_000;
    private static final int PRESENCE_MS = 5_000;
    private static final double NOISE = 0.2;
    private static final double LOST = 0.01;
    /** What one more participant adds by Jitsi's configuration: 0.004 on a machine of 100,000 packets per second. */
    private static final double PARTICIPANT_PACKETS = 400;

    private static final double PACKETS_IN = 0.25;

    private record Moment(int phaseMs, Machine machine, boolean sample) {}

    /** A bridge's presence, on its way to the focus. */
    record Presence(Machine machine, BridgeReport report) {}

    private final List<Moment> cycle;
    private final SplittableRandom[] noise;
    private final @Nullable BridgeReport[] sampled;
    private int next;
    private int cycleMs;

    Reports(List<Machine> machines, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        noise = new SplittableRandom[machines.size()];
        sampled = new BridgeReport[machines.size()];
        List<Moment> moments = new ArrayList<>();
        for (Machine machine : machines) {
            noise[machine.number()] = random.split();
            int phase = random.nextInt(SAMPLE_MS);
            int first = (phase + 1 + random.nextInt(PRESENCE_MS)) % SAMPLE_MS;
            moments.add(new Moment(phase, machine, true));
            moments.add(new Moment(first, machine, false));
            moments.add(new Moment((first + PRESENCE_MS) % SAMPLE_MS, machine, false));
        }
        moments.sort(Comparator.comparingInt(Moment::phaseMs));
        cycle = List.copyOf(moments);
    }

    /** When the next sample or presence is due. */
    int dueMs() {
        return cycleMs + cycle.get(next).phaseMs;
    }

    /** Carries out what is due: a presence that arrives and says something new, or nothing. */
    Optional<Presence> step(Loads loads) {
        Moment moment = cycle.get(next);
        next++;
        if (next == cycle.size()) {
            next = 0;
            cycleMs += SAMPLE_MS;
        }
        int number = moment.machine.number();
        if (moment.sample) {
            double factor = 1 - NOISE + 2 * NOISE * noise[number].nextDouble();
            sampled[number] = report(moment.machine, loads.packets(moment.machine), factor);
            return Optional.empty();
        }
        BridgeReport report = sampled[number];
        if (report == null || noise[number].nextDouble() < LOST) {
            return Optional.empty();
        }
        // The second presence of a sample repeats the first one: only the time of the report would change.
        sampled[number] = null;
        return Optional.of(new Presence(moment.machine, report));
    }

    /** A bridge that has just died: what it was about to say is never said. */
    void forget(Machine machine) {
        sampled[machine.number()] = null;
    }

    /** What a bridge says when it handles so many packets per second. */
    static BridgeReport report(Machine machine, double packets, double noise) {
        return new BridgeReport(
                OptionalDouble.of(packets / machine.capacity() * noise),
                OptionalDouble.of(packets * PACKETS_IN),
                OptionalDouble.of(packets * (1 - PACKETS_IN)),
                OptionalDouble.of(PARTICIPANT_PACKETS / machine.capacity()),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.of(true),
                Optional.of("2.3"),
                Optional.empty(),
                machine.kind().region(),
                Optional.of(machine.id().value()));
    }
}
