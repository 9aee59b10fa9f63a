package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.usable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Which conferences a fleet knows to be on its bridges. */
class TenanciesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RoomId OTHER = new RoomId("other@muc.example.org");

    @Test
    void conferencesAreCountedNotEndpoints() {
        FleetSnapshot fleet = fleet(usable(), usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("b"), NOW)
                .reserved(id("jvb1"), OTHER, endpoint("a"), NOW);

        assertThat(fleet.conferences(id("jvb1"))).isEqualTo(2);
        assertThat(fleet.conferences(id("jvb2"))).isZero();
        assertThat(fleet.conferences(id("gone"))).isZero();
        FleetSnapshot oneLeft = fleet.released(id("jvb1"), ROOM, endpoint("a"), NOW);
        assertThat(oneLeft.conferences(id("jvb1"))).isEqualTo(2);
        assertThat(oneLeft.released(id("jvb1"), ROOM, endpoint("b"), NOW).conferences(id("jvb1")))
                .isEqualTo(1);
    }

    @Test
    void aMoveTakesTheConferenceAlong() {
        FleetSnapshot fleet = fleet(usable(), usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb2"), ROOM, endpoint("a"), NOW);

        assertThat(fleet.conferences(id("jvb1"))).isZero();
        assertThat(fleet.conferences(id("jvb2"))).isEqualTo(1);
    }

    @Test
    void aBridgeThatComesBackStartsAnew() {
        FleetSnapshot back = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .left(id("jvb1"))
                .reported(id("jvb1"), usable(), NOW);

        assertThat(back.conferences(id("jvb1"))).isZero();
        assertThat(back.turn(id("jvb1"))).isZero();
        assertThat(back.recentlyAdded(id("jvb1"), ROOM, MINUTE, NOW)).isZero();
        FleetSnapshot released =
                back.reserved(id("jvb1"), OTHER, endpoint("b"), NOW).released(id("jvb1"), ROOM, endpoint("a"), NOW);
        assertThat(released.conferences(id("jvb1"))).isEqualTo(1);
    }

    @Test
    void aTurnIsTakenByAConferenceNotByItsEndpoints() {
        FleetSnapshot fleet = fleet(usable(), usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb2"), OTHER, endpoint("a"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("b"), NOW);

        assertThat(fleet.turn(id("jvb1"))).isEqualTo(1);
        assertThat(fleet.turn(id("jvb2"))).isEqualTo(2);
    }

    @Test
    void arrivalsCountForAWhileWhetherOrNotTheyStay() {
        FleetSnapshot fleet = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("b"), NOW)
                .released(id("jvb1"), ROOM, endpoint("b"), later(1))
                .reserved(id("jvb1"), ROOM, endpoint("c"), later(30));

        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, MINUTE, later(30))).isEqualTo(3);
        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, MINUTE, later(59))).isEqualTo(3);
        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, MINUTE, later(60))).isEqualTo(1);
        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, MINUTE, later(90))).isZero();
        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, Duration.ofSeconds(1), later(30)))
                .isEqualTo(1);
        assertThat(fleet.recentlyAdded(id("jvb1"), OTHER, MINUTE, later(30))).isZero();
        assertThat(fleet.recentlyAdded(id("gone"), ROOM, MINUTE, later(30))).isZero();
    }

    @Test
    void theLongestIntervalIsRemembered() {
        FleetSnapshot fleet = fleet(usable());
        for (int second = 0; second < 2_000; second++) {
            fleet = fleet.reserved(id("jvb1"), ROOM, endpoint("e" + second), later(second));
        }

        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, Tenancies.MEMORY, later(1_999)))
                .isEqualTo(600);
    }

    @Test
    void arrivalsBeforeTheClockWasSetBackAreForgotten() {
        FleetSnapshot fleet = fleet(usable())
                .reserved(id("jvb1"), ROOM, endpoint("a"), later(7_200))
                .reserved(id("jvb1"), ROOM, endpoint("b"), NOW);

        assertThat(fleet.recentlyAdded(id("jvb1"), ROOM, MINUTE, NOW)).isEqualTo(1);
    }

    @Property(tries = 100)
    void countsAreThoseOfASimpleBook(@ForAll long seed) {
        Random random = new Random(seed);
        FleetSnapshot fleet = fleet(usable(), usable(), usable());
        Map<String, String> seats = new HashMap<>();
        Instant at = NOW;
        for (int step = 0; step < 200; step++) {
            String bridge = "jvb" + (1 + random.nextInt(3));
            RoomId room = random.nextBoolean() ? ROOM : OTHER;
            String endpoint = "e" + random.nextInt(4);
            String seat = room + "/" + endpoint;
            at = at.plusMillis(random.nextInt(3_000));
            if (random.nextInt(3) > 0) {
                fleet = fleet.reserved(id(bridge), room, endpoint(endpoint), at);
                seats.put(seat, bridge);
            } else {
                fleet = fleet.released(id(bridge), room, endpoint(endpoint), at);
                seats.remove(seat, bridge);
            }
            assertCounts(fleet, seats);
        }
    }

    private static void assertCounts(FleetSnapshot fleet, Map<String, String> seats) {
        for (int bridge = 1; bridge <= 3; bridge++) {
            String nick = "jvb" + bridge;
            Set<String> rooms = new HashSet<>();
            seats.forEach((seat, on) -> {
                if (on.equals(nick)) {
                    rooms.add(seat.substring(0, seat.indexOf('/')));
                }
            });
            assertThat(fleet.conferences(id(nick))).isEqualTo(rooms.size());
        }
    }
}
