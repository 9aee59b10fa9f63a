package org.confocal.focus.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.MoveCause;
import org.confocal.focus.config.MoveConfig;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.Test;

class MoveQueueTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    /** Four a second in all, two away from one bridge. */
    private static final MoveConfig CONFIG = new MoveConfig(1, 1, 4, 2);

    private final UrgentMoves urgent = new UrgentMoves(CONFIG);
    private final List<String> moved = new ArrayList<>();
    private final MoveQueue queue = new MoveQueue(
            CONFIG,
            urgent,
            order -> moved.add(order.from().nick() + " "
                    + order.who().map(EndpointId::value).orElse("all " + order.people())));

    @Test
    void oneBridgeIsLeftAtItsOwnPace() {
        queue.add(people(JVB1, 5));
        assertThat(queue.release(NOW)).contains(Duration.ofMillis(500));
        assertThat(moved).containsExactly("jvb1 e0", "jvb1 e1");
        assertThat(queue.release(NOW.plusMillis(499))).contains(Duration.ofMillis(1));
        assertThat(moved).hasSize(2);
        assertThat(queue.release(NOW.plusMillis(500))).contains(Duration.ofMillis(500));
        assertThat(queue.release(NOW.plusMillis(1_000))).contains(Duration.ofMillis(500));
        assertThat(queue.release(NOW.plusMillis(1_500))).isEmpty();
        assertThat(moved).hasSize(5);
    }

    @Test
    void bridgesTakeTurnsAndShareTheBudgetOfAll() {
        queue.add(people(JVB1, 9));
        queue.add(people(JVB2, 9));
        queue.release(NOW);
        assertThat(moved).containsExactly("jvb1 e0", "jvb2 e0", "jvb1 e1", "jvb2 e1");
        queue.release(NOW.plusMillis(250));
        assertThat(moved).hasSize(4);
    }

    @Test
    void aConferenceTakesTheTurnsOfItsPeople() {
        queue.add(List.of(order(JVB1, Optional.empty(), 6)));
        queue.add(people(JVB1, 1));
        assertThat(queue.release(NOW)).contains(Duration.ofMillis(2_500));
        assertThat(moved).containsExactly("jvb1 all 6");
    }

    @Test
    void urgentMovesComeFirst() {
        urgent.turn(JVB2, NOW);
        urgent.turn(JVB2, NOW);
        queue.add(people(JVB1, 1));
        assertThat(queue.release(NOW)).contains(MoveQueue.REST);
        assertThat(moved).isEmpty();
        assertThat(queue.release(NOW.plusSeconds(3))).isEmpty();
        assertThat(moved).hasSize(1);
    }

    @Test
    void whoeverWasOnABridgeThatIsGoneIsForgotten() {
        queue.add(people(JVB1, 5));
        queue.left(JVB1);
        assertThat(queue.release(NOW)).isEmpty();
        assertThat(moved).isEmpty();
    }

    @Test
    void onlySoManyWait() {
        assertThat(queue.add(List.of(order(JVB1, Optional.empty(), MoveQueue.MAX_PEOPLE))))
                .isOne();
        assertThat(queue.add(people(JVB2, 3))).isZero();
        queue.left(JVB1);
        assertThat(queue.add(people(JVB2, 3))).isEqualTo(3);
    }

    private static List<MoveOrder> people(BridgeId from, int count) {
        List<MoveOrder> orders = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            orders.add(order(from, Optional.of(new EndpointId("e" + i)), 1));
        }
        return orders;
    }

    private static MoveOrder order(BridgeId from, Optional<EndpointId> who, int people) {
        return new MoveOrder(new RoomId("standup@muc.example.org"), from, who, people, MoveCause.REQUESTED);
    }
}
