package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.UnaryOperator;
import org.confocal.strategy.choice.BridgeStrategies;
import org.confocal.strategy.choice.StrategyConfig;
import org.junit.jupiter.api.Test;

class BookingTest {
    private static final RoomId OTHER_ROOM = new RoomId("other@muc.example.org");

    private final SelectionPipeline pipeline = new SelectionPipeline(
            new SelectionConfig(true, false), BridgeStrategies.named("Split", StrategyConfig.DEFAULTS));
    private final List<FleetSnapshot> looked = new ArrayList<>();
    private final List<Integer> reserved = new ArrayList<>();
    private final Deque<UnaryOperator<FleetSnapshot>> rivals = new ArrayDeque<>();
    private FleetSnapshot published = fleet(usable("stress_level", "0.1"), usable("stress_level", "0.1"));

    private Selection select() {
        Booking booking = new Booking(
                (request, fleet) -> {
                    looked.add(fleet);
                    return pipeline.select(request, fleet);
                },
                () -> published,
                this::replaced);
        return booking.select(request(noBridges(), NOW, "eu"), (bridge, before, after) -> {
            assertThat(published).isEqualTo(after);
            reserved.add(after.endpoints(bridge) - before.endpoints(bridge));
        });
    }

    /** Each rival comes in between once. */
    private boolean replaced(FleetSnapshot seen, FleetSnapshot next) {
        if (!rivals.isEmpty()) {
            published = rivals.remove().apply(published);
        }
        boolean unchanged = published.equals(seen);
        published = unchanged ? next : published;
        return unchanged;
    }

    private static UnaryOperator<FleetSnapshot> taking(String bridge) {
        return fleet -> fleet.reserved(id(bridge), OTHER_ROOM, endpoint("rival of " + bridge), NOW);
    }

    @Test
    void whoLosesToSomebodyElsewhereKeepsTheChoiceAndBothAreReserved() {
        rivals.add(taking("jvb2"));
        rivals.add(taking("jvb2"));

        assertThat(select())
                .isInstanceOfSatisfying(
                        Selection.Chosen.class,
                        chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));

        assertThat(looked).hasSize(1);
        assertThat(reserved).containsExactly(1);
        assertThat(published.endpoints(id("jvb1"))).isEqualTo(1);
        assertThat(published.endpoints(id("jvb2"))).isEqualTo(1);
    }

    @Test
    void whoLosesTheBridgeChoosesAgainWithTheWinnerInSight() {
        rivals.add(taking("jvb1"));

        assertThat(select())
                .isInstanceOfSatisfying(
                        Selection.Chosen.class,
                        chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb2")));

        assertThat(looked).hasSize(2);
        assertThat(published.endpoints(id("jvb1"))).isEqualTo(1);
        assertThat(published.endpoints(id("jvb2"))).isEqualTo(1);
    }

    @Test
    void aBridgeThatLeavesMeanwhileIsNotTaken() {
        rivals.add(fleet -> fleet.left(id("jvb1")));

        assertThat(select())
                .isInstanceOfSatisfying(
                        Selection.Chosen.class,
                        chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb2")));

        assertThat(published.reservations()).isEqualTo(1);
    }

    @Test
    void noBridgeIsAnAnswerWithoutAReservation() {
        published = FleetSnapshot.empty(FleetConfig.DEFAULTS);

        assertThat(select()).isInstanceOf(Selection.None.class);

        assertThat(published.reservations()).isZero();
        assertThat(reserved).isEmpty();
    }
}
