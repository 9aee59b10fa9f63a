package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.focus.conference.ConferenceScript.JVB1;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.none;
import static org.confocal.focus.conference.ConferenceScript.refused;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput.BridgeLoss;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.conference.InviteTable.Row;
import org.confocal.focus.conference.InviteTable.Trigger;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Invite.Phase;
import org.confocal.focus.model.BridgeAnswer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of session states: every row is taken, and nothing else is possible. */
class InviteTableTest {

    /** For each row: how to come to its first state, and what then takes {@code a} along the row. */
    private record Way(Consumer<ConferenceScript> before, Consumer<ConferenceScript> take, Phase seen) {}

    private static final Map<Row, Way> WAYS = ways();

    static List<Row> rows() {
        return InviteTable.ROWS;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void everyRowIsTaken(Row row) {
        Way way = Optional.ofNullable(WAYS.get(row)).orElseThrow(() -> new AssertionError("no way along " + row));
        // Who has no endpoint ends a session only where sessions stay without one.
        boolean held = row.trigger() == Trigger.TERMINATE
                && !List.of(Phase.OFFERED, Phase.ACTIVE).contains(row.from());
        Configs.Variation configs = held ? Configs.REPLACING : Configs.DEFAULTS;
        ConferenceScript s = new ConferenceScript(configs.withBatch(1)).inRoom();
        way.before().accept(s);
        boolean passedThrough = row.from() == Phase.SELECTING || row.to() == Phase.SELECTING;
        if (!passedThrough) {
            assertThat(s.member("a").invite().phase()).as("before").isEqualTo(row.from());
        }
        way.take().accept(s);
        assertThat(s.member("a").invite().phase()).as("after").isEqualTo(way.seen());
    }

    @Test
    void theTableHasOneRowForAStateAndATrigger() {
        assertThat(InviteTable.ROWS.stream().map(row -> row.from() + " " + row.trigger()))
                .doesNotHaveDuplicates();
    }

    @Test
    void everyStateCanBeReachedAndLeft() {
        assertThat(Stream.of(Phase.values()))
                .allMatch(phase -> InviteTable.ROWS.stream().anyMatch(row -> row.from() == phase));
        assertThat(Stream.of(Phase.values()).filter(phase -> phase != Phase.WAITING))
                .allMatch(phase -> InviteTable.ROWS.stream().anyMatch(row -> row.to() == phase));
    }

    @Test
    void aMoveWithoutARowIsABrokenInvariant() {
        assertThatThrownBy(() -> InviteTable.check(Phase.WAITING, Trigger.ACCEPT, Phase.ACTIVE))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("WAITING")
                .hasMessageContaining("ACCEPT");
    }

    private static Map<Row, Way> ways() {
        Map<Row, Way> ways = new LinkedHashMap<>();
        Consumer<ConferenceScript> waiting = s -> s.joins("a");
        Consumer<ConferenceScript> allocating = s -> {
            s.joins("a");
            s.joins("b");
        };
        Consumer<ConferenceScript> offered = allocating.andThen(s -> s.bridgeDoes("a"));
        Consumer<ConferenceScript> active = offered.andThen(s -> {
            s.accepts("a", 11);
            s.bridgeDoes("a");
        });
        Consumer<ConferenceScript> unserved = s -> {
            s.fleetSays(none(), none());
            allocating.accept(s);
        };
        Consumer<ConferenceScript> idle = active.andThen(s -> {
            s.leaves("b");
            s.pass(Duration.ofSeconds(20));
        });
        // b and a are moved, b first, one at a time; a waits for its batch.
        Consumer<ConferenceScript> queued = s -> {
            s.joins("b");
            s.joins("a");
            s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        };
        Consumer<ConferenceScript> comes = s -> s.joins("b");
        Consumer<ConferenceScript> lost = s -> s.input(new ConferenceInput.BridgeLost(JVB1, BridgeLoss.REMOVED));
        Consumer<ConferenceScript> alone = s -> {
            s.leaves("b");
            s.pass(Duration.ofSeconds(20));
        };

        put(ways, Phase.WAITING, Trigger.INVITE, Phase.QUEUED, waiting, comes, Phase.ALLOCATING);
        put(
                ways,
                Phase.UNSERVED,
                Trigger.INVITE,
                Phase.QUEUED,
                unserved,
                s -> s.input(new ConferenceInput.BridgeUsable(JVB1)),
                Phase.ALLOCATING);
        put(ways, Phase.CLOSED, Trigger.INVITE, Phase.QUEUED, idle, s -> s.joins("c"), Phase.ALLOCATING);
        put(
                ways,
                Phase.QUEUED,
                Trigger.SELECT,
                Phase.SELECTING,
                queued,
                s -> s.pass(Duration.ofMillis(100)),
                Phase.ALLOCATING);
        put(ways, Phase.SELECTING, Trigger.CHOSEN, Phase.ALLOCATING, waiting, comes, Phase.ALLOCATING);
        put(
                ways,
                Phase.SELECTING,
                Trigger.NO_BRIDGE,
                Phase.UNSERVED,
                waiting.andThen(s -> s.fleetSays(none(), none())),
                comes,
                Phase.UNSERVED);
        put(
                ways,
                Phase.SELECTING,
                Trigger.POSTPONED,
                Phase.QUEUED,
                active.andThen(s -> s.fleetPostpones(Duration.ofSeconds(1))),
                lost,
                Phase.QUEUED);
        put(
                ways,
                Phase.ALLOCATING,
                Trigger.ALLOCATED,
                Phase.OFFERED,
                allocating,
                s -> s.bridgeDoes("a"),
                Phase.OFFERED);
        put(
                ways,
                Phase.ALLOCATING,
                Trigger.FAILED,
                Phase.CLOSED,
                allocating,
                s -> s.bridgeAnswers("a", refused("bad-request", "")),
                Phase.CLOSED);
        put(
                ways,
                Phase.ALLOCATING,
                Trigger.NOT_SENT,
                Phase.UNSERVED,
                allocating,
                s -> s.bridgeAnswers("a", new BridgeAnswer.NotSent()),
                Phase.UNSERVED);
        put(ways, Phase.OFFERED, Trigger.ACCEPT, Phase.ACTIVE, offered, s -> s.accepts("a", 11), Phase.ACTIVE);
        put(ways, Phase.OFFERED, Trigger.BAD_ACCEPT, Phase.CLOSED, offered, s -> s.accepts("a", 0), Phase.CLOSED);
        put(
                ways,
                Phase.OFFERED,
                Trigger.REFUSE,
                Phase.CLOSED,
                offered,
                s -> s.input(new ConferenceInput.OfferAnswered(endpoint("a"), s.sid("a"), OfferAnswer.REFUSED)),
                Phase.CLOSED);
        Consumer<ConferenceScript> terminates = s -> s.jingle("a", Jingle.terminate(s, "a"));
        put(ways, Phase.OFFERED, Trigger.TERMINATE, Phase.CLOSED, offered, terminates, Phase.CLOSED);
        put(ways, Phase.ACTIVE, Trigger.TERMINATE, Phase.CLOSED, active, terminates, Phase.CLOSED);
        put(
                ways,
                Phase.QUEUED,
                Trigger.TERMINATE,
                Phase.CLOSED,
                active.andThen(s -> s.fleetPostpones(Duration.ofSeconds(1))).andThen(lost),
                terminates,
                Phase.CLOSED);
        put(
                ways,
                Phase.UNSERVED,
                Trigger.TERMINATE,
                Phase.CLOSED,
                active.andThen(s -> s.fleetSays(none(), none())).andThen(lost),
                terminates,
                Phase.CLOSED);
        put(ways, Phase.ALLOCATING, Trigger.TERMINATE, Phase.CLOSED, active.andThen(lost), terminates, Phase.CLOSED);
        Consumer<ConferenceScript> restarts = s -> s.jingle("a", Jingle.restart(s, "a"));
        put(ways, Phase.OFFERED, Trigger.RESTART, Phase.QUEUED, offered, restarts, Phase.ALLOCATING);
        put(ways, Phase.ACTIVE, Trigger.RESTART, Phase.QUEUED, active, restarts, Phase.ALLOCATING);
        put(ways, Phase.ALLOCATING, Trigger.MOVE, Phase.QUEUED, allocating, lost, Phase.ALLOCATING);
        put(ways, Phase.OFFERED, Trigger.MOVE, Phase.QUEUED, offered, lost, Phase.ALLOCATING);
        put(ways, Phase.ACTIVE, Trigger.MOVE, Phase.QUEUED, active, lost, Phase.ALLOCATING);
        put(
                ways,
                Phase.QUEUED,
                Trigger.IDLE,
                Phase.CLOSED,
                InviteTableTest::queuedAlone,
                s -> s.pass(Duration.ofSeconds(1)),
                Phase.CLOSED);
        put(ways, Phase.UNSERVED, Trigger.IDLE, Phase.CLOSED, unserved, alone, Phase.CLOSED);
        put(ways, Phase.ALLOCATING, Trigger.IDLE, Phase.CLOSED, allocating, alone, Phase.CLOSED);
        put(ways, Phase.OFFERED, Trigger.IDLE, Phase.CLOSED, offered, alone, Phase.CLOSED);
        put(ways, Phase.ACTIVE, Trigger.IDLE, Phase.CLOSED, active, alone, Phase.CLOSED);
        return ways;
    }

    /** Bridges have failed so often that the next attempt is later than the end of being alone. */
    private static void queuedAlone(ConferenceScript s) {
        s.joins("a");
        s.joins("b");
        s.leaves("b");
        Duration passed = Duration.ZERO;
        Duration step = Duration.ofMillis(50);
        while (passed.compareTo(Duration.ofSeconds(19).plusMillis(900)) < 0) {
            if (s.member("a").invite().phase() == Phase.ALLOCATING) {
                s.bridgeAnswers("a", refused("conflict", ""));
            }
            s.pass(step);
            passed = passed.plus(step);
        }
    }

    private static void put(
            Map<Row, Way> ways,
            Phase from,
            Trigger trigger,
            Phase to,
            Consumer<ConferenceScript> before,
            Consumer<ConferenceScript> take,
            Phase seen) {
        ways.put(new Row(from, trigger, to), new Way(before, take, seen));
    }

    @Test
    void theScriptKnowsAWayForEveryRowAndForNoOther() {
        assertThat(WAYS.keySet()).containsExactlyInAnyOrderElementsOf(InviteTable.ROWS);
    }

    @Test
    void aStateSaysItsPhase() {
        assertThat(new Invite.Waiting().phase()).isEqualTo(Phase.WAITING);
        assertThat(new Invite.Closed(Invite.Closing.IDLE).phase()).isEqualTo(Phase.CLOSED);
    }
}
