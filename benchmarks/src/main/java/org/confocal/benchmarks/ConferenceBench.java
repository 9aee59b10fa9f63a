package org.confocal.benchmarks;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.confocal.benchmarks.LargeRoom.Tape;
import org.confocal.benchmarks.RoomTable.Joins;
import org.confocal.benchmarks.RoomTable.Minute;
import org.confocal.benchmarks.RoomTable.Row;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.conference.ConferenceRecords;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.config.CascadeConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.journal.RecordSink;
import org.confocal.focus.model.Feature;
import org.confocal.strategy.choice.EgressAwareConfig;
import org.confocal.strategy.choice.MediaRates;

/**
 * Measures what large rooms cost the focus: {@code ./dev bench conference [--json]}. The real machine, over seven bridges in
 * three regions; no network. People come, and things happen, 20 a second in virtual time. First all of it happens once and is
 * noted; what is timed is the machine that is given the same inputs again, so that neither bridges nor clients count.
 */
public final class ConferenceBench {
    private static final List<Integer> SIZES = List.of(10, 25, 50, 100, 200, 350, 500);
    private static final int MOST_TALKERS = 20;
    private static final int PER_SECOND = 20;
    private static final Duration BETWEEN = Duration.ofMillis(1000 / PER_SECOND);
    /** Longer than any delay that is configured here. */
    private static final Duration SETTLED = Duration.ofSeconds(5);

    private static final int EVENTS = 60 * PER_SECOND;
    /** A choice for large rooms; the default is none. */
    private static final NavigableMap<Integer, Duration> DELAYS =
            new TreeMap<>(Map.of(50, Duration.ofSeconds(1), 100, Duration.ofSeconds(2)));

    /** As a browser of today, but that bridges do not rewrite SSRCs for it: then every source is signalled to it. */
    private static final Set<Feature> FEATURES = Set.copyOf(EnumSet.complementOf(EnumSet.of(Feature.SSRC_REWRITING)));

    private static final long MOST_NANOS = 120_000_000;
    private static final int MOST_TURNS = 15;
    private static final int LEAST_TURNS = 3;

    private final ThreadMXBean thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
    private final String way;
    private final ConferenceMachine machine;

    private ConferenceBench(String way, CascadeConfig cascades, NavigableMap<Integer, Duration> delays) {
        this.way = way;
        this.machine = machine(cascades, delays);
    }

    public static void main(String[] args) {
        List<String> options = List.of(args);
        if (!List.of("--json").containsAll(options)) {
            throw new IllegalArgumentException("usage: ConferenceBench [--json]");
        }
        ConferenceBench first = new ConferenceBench("mesh", CascadeConfig.FULL_MESH, new TreeMap<>());
        List<ConferenceBench> ways = List.of(
                first,
                new ConferenceBench("mesh, batched", CascadeConfig.FULL_MESH, DELAYS),
                new ConferenceBench("egress", egressAware(), new TreeMap<>()),
                new ConferenceBench("egress, batched", egressAware(), DELAYS));
        first.row(100);
        List<Row> rows = new ArrayList<>();
        for (ConferenceBench way : ways) {
            for (int size : SIZES) {
                rows.add(way.row(size));
            }
        }
        RoomTable table = new RoomTable(rows);
        System.out.println(options.isEmpty() ? table.text() : table.json());
    }

    /** The machine with Octo on, and otherwise the defaults. */
    static ConferenceMachine machine(CascadeConfig cascades, NavigableMap<Integer, Duration> delays) {
        ConferenceConfig d = ConferenceConfig.DEFAULTS;
        ConferenceConfig config = new ConferenceConfig(
                d.owners(),
                d.initialTimeout(),
                d.singleParticipantTimeout(),
                d.minParticipants(),
                d.maxSsrcsPerUser(),
                d.maxSsrcGroupsPerUser(),
                d.maxAudioSenders(),
                d.maxVideoSenders(),
                d.stripSimulcast(),
                d.useSsrcRewriting(),
                d.useRtpMidDemux(),
                d.useJsonEncodedSources(),
                d.randomSharedDocumentName(),
                delays,
                d.iceRestart(),
                d.restartLimits(),
                d.trustedDomains(),
                d.sctp(),
                d.visitors(),
                d.reinvites(),
                new ConferenceConfig.Octo(true, true),
                d.codecs());
        return new ConferenceMachine(config, cascades);
    }

    static CascadeConfig egressAware() {
        return new CascadeConfig(EgressAwareConfig.defaults().cascades(), List.of(), MediaRates.DEFAULTS);
    }

    /** A room of that size, the first of whom talk: at most {@value #MOST_TALKERS}. Everything is told. */
    static LargeRoom room(ConferenceMachine machine, int size) {
        LargeRoom room = new LargeRoom(machine, FEATURES);
        for (int i = 0; i < size; i++) {
            room.joins(i < MOST_TALKERS ? Person.Part.TALKS : Person.Part.LISTENS);
            room.pass(BETWEEN);
        }
        room.pass(SETTLED);
        return room;
    }

    /** A second of joins, and the time until all is told. */
    static Tape joins(LargeRoom room, Person.Part part) {
        Tape tape = room.record();
        for (int i = 0; i < PER_SECOND; i++) {
            room.joins(part);
            room.pass(BETWEEN);
        }
        room.pass(SETTLED);
        return tape;
    }

    /** A minute of joins, leaves and mutes, as many of each; whoever comes talks if one who talked has left. */
    static Tape minute(LargeRoom room) {
        int talkers = room.talking();
        Tape tape = room.record();
        for (int event = 0; event < EVENTS; event++) {
            switch (event % 3) {
                case 0 -> room.joins(room.talking() < talkers ? Person.Part.TALKS : Person.Part.LISTENS);
                case 1 -> room.leaves(room.anybody());
                default -> room.somebodyMutes();
            }
            room.pass(BETWEEN);
        }
        room.pass(SETTLED);
        return tape;
    }

    /** The whole state, in bytes. */
    private static long written(ConferenceState state) {
        LongAdder bytes = new LongAdder();
        new ConferenceRecords().write(state, new RecordSink() {
            @Override
            public void put(String key, Supplier<byte[]> value) {
                bytes.add(value.get().length);
            }

            @Override
            public void remove(String key) {}
        });
        return bytes.sum();
    }

    private Row row(int size) {
        double written = written(room(machine, size).state());
        Tape listeners = joins(room(machine, size), Person.Part.LISTENS);
        Tape talkers = joins(room(machine, size), Person.Part.TALKS);
        Tape minute = minute(room(machine, size));
        Cost ofMinute = cost(minute);
        return new Row(
                way,
                size,
                joins(listeners),
                joins(talkers),
                new Minute(
                        ofMinute.micros() / EVENTS,
                        ofMinute.bytes() / EVENTS,
                        minute.sourceStanzas() / 60.0 / size,
                        minute.requests() / 60.0),
                written / size);
    }

    private Joins joins(Tape tape) {
        Cost cost = cost(tape);
        return new Joins(
                cost.micros() / PER_SECOND,
                cost.bytes() / PER_SECOND,
                (double) tape.stanzas() / PER_SECOND,
                (double) tape.sourceStanzas() / PER_SECOND,
                (double) tape.requests() / PER_SECOND);
    }

    private record Cost(double micros, double bytes) {}

    /** The medians of several turns, after as many that do not count. */
    private Cost cost(Tape tape) {
        turns(tape);
        return turns(tape);
    }

    private Cost turns(Tape tape) {
        List<Double> micros = new ArrayList<>();
        List<Double> bytes = new ArrayList<>();
        long begun = System.nanoTime();
        while (micros.size() < LEAST_TURNS || (micros.size() < MOST_TURNS && System.nanoTime() - begun < MOST_NANOS)) {
            long allocated = thread.getCurrentThreadAllocatedBytes();
            long time = thread.getCurrentThreadCpuTime();
            tape.replay(machine);
            micros.add((thread.getCurrentThreadCpuTime() - time) / 1e3);
            bytes.add((double) thread.getCurrentThreadAllocatedBytes() - allocated);
        }
        return new Cost(median(micros), median(bytes));
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
