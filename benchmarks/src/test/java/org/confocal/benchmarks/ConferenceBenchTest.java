package org.confocal.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.confocal.benchmarks.LargeRoom.Tape;
import org.confocal.benchmarks.Person.Part;
import org.confocal.benchmarks.RoomTable.Joins;
import org.confocal.benchmarks.RoomTable.Minute;
import org.confocal.benchmarks.RoomTable.Row;
import org.confocal.focus.conference.ConferenceMachine;
import org.confocal.focus.config.CascadeConfig;
import org.junit.jupiter.api.Test;

/** Large rooms: what a join costs does not grow faster than the room; how long it takes is no concern of a test. */
class ConferenceBenchTest {
    private static final Map<Integer, Duration> TWO_SECONDS = Map.of(50, Duration.ofSeconds(2));
    private static final int JOINS = 20;

    private final ThreadMXBean thread = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);

    @Test
    void whatAJoinAllocatesGrowsNoFasterThanTheRoom() {
        for (ConferenceMachine machine : List.of(
                machine(CascadeConfig.FULL_MESH, Map.of()), machine(ConferenceBench.egressAware(), TWO_SECONDS))) {
            for (Part part : Part.values()) {
                long small = allocated(machine, ConferenceBench.joins(ConferenceBench.room(machine, 100), part));
                long large = allocated(machine, ConferenceBench.joins(ConferenceBench.room(machine, 400), part));

                assertThat(large).as("joins of who %s", part).isLessThan(4 * small);
            }
        }
    }

    @Test
    void whatAMinuteAllocatesGrowsNoFasterThanTheRoom() {
        ConferenceMachine machine = machine(CascadeConfig.FULL_MESH, TWO_SECONDS);

        long small = allocated(machine, ConferenceBench.minute(ConferenceBench.room(machine, 100)));
        long large = allocated(machine, ConferenceBench.minute(ConferenceBench.room(machine, 400)));

        assertThat(large).isLessThan(4 * small);
    }

    @Test
    void aMemberIsToldOnceOfManyJoinsWhereSignallingIsBatched() {
        LargeRoom room = ConferenceBench.room(machine(CascadeConfig.FULL_MESH, TWO_SECONDS), 100);

        Tape tape = ConferenceBench.joins(room, Part.TALKS);

        assertThat(tape.sourceStanzas()).isBetween(100, 100 + JOINS);
    }

    @Test
    void aMemberIsToldOfEveryJoinWhereItIsNot() {
        LargeRoom room = ConferenceBench.room(machine(CascadeConfig.FULL_MESH, Map.of()), 100);

        Tape tape = ConferenceBench.joins(room, Part.TALKS);

        assertThat(tape.sourceStanzas()).isBetween(100 * JOINS, (100 + JOINS) * JOINS);
    }

    @Test
    void whatIsTimedIsWhatHappened() {
        ConferenceMachine machine = machine(ConferenceBench.egressAware(), TWO_SECONDS);
        LargeRoom room = ConferenceBench.room(machine, 25);
        int talking = room.talking();

        Tape tape = ConferenceBench.minute(room);

        assertThat(tape.replay(machine)).isEqualTo(room.state());
        assertThat(room.state().members().size()).isEqualTo(25);
        assertThat(room.state().participants()).isEqualTo(25);
        assertThat(room.talking()).isBetween(talking - 1, talking);
        assertThat(room.state().bridges().size()).isEqualTo(7);
    }

    @Test
    void aRowIsOneLineOfNumbers() {
        RoomTable table = new RoomTable(List.of(new Row(
                "mesh",
                10,
                new Joins(1, 2_000, 3, 0, 4),
                new Joins(5, 6_000, 7, 8, 9),
                new Minute(10, 11, 12, 13),
                14)));

        assertThat(table.json())
                .isEqualTo(
                        "{\"conference\": [{\"links\": \"mesh\", \"people\": 10, \"listener_join\": {\"cpu_us\": 1.0,"
                                + " \"bytes\": 2000, \"stanzas\": 3.00, \"source_stanzas\": 0.00, \"bridge_requests\": 4.00},"
                                + " \"talker_join\": {\"cpu_us\": 5.0, \"bytes\": 6000, \"stanzas\": 7.00,"
                                + " \"source_stanzas\": 8.00, \"bridge_requests\": 9.00}, \"minute\":"
                                + " {\"us_per_event\": 10.0, \"bytes_per_event\": 11,"
                                + " \"source_stanzas_per_member_per_s\": 12.000, \"bridge_requests_per_s\": 13.0},"
                                + " \"state_bytes_per_participant\": 14}]}");
        assertThat(table.text().lines()).hasSize(4).anyMatch(line -> line.startsWith("mesh"));
    }

    private static ConferenceMachine machine(CascadeConfig cascades, Map<Integer, Duration> delays) {
        return ConferenceBench.machine(cascades, new TreeMap<>(delays));
    }

    private long allocated(ConferenceMachine machine, Tape tape) {
        tape.replay(machine);
        long before = thread.getCurrentThreadAllocatedBytes();
        tape.replay(machine);
        return thread.getCurrentThreadAllocatedBytes() - before;
    }
}
