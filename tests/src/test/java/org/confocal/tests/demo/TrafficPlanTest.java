package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confocal.tests.demo.TrafficPlan.Act;
import org.confocal.tests.demo.TrafficPlan.Room;
import org.confocal.tests.demo.TrafficPlan.Step;
import org.junit.jupiter.api.Test;

class TrafficPlanTest {
    private static final int STEPS = 20_000;

    private static Room after(Room room, Act act) {
        return switch (act) {
            case JOIN -> new Room(room.size() + 1, room.idle() + 1, room.sharing());
            // Whoever shares leaves last, which is the harder case for those who want to share.
            case LEAVE -> new Room(room.size() - 1, room.idle() - 1, Math.min(room.sharing(), room.idle() - 1));
            case SHARE -> new Room(room.size(), room.idle(), room.sharing() + 1);
            case UNSHARE -> new Room(room.size(), room.idle(), room.sharing() - 1);
            case CAMERA -> room;
        };
    }

    @Test
    void roomsKeepBetweenThreeAndSevenPeopleAndEverythingHappensInThem() {
        TrafficPlan plan = new TrafficPlan(new SplittableRandom(1));
        List<Room> rooms = new ArrayList<>(List.of(new Room(5, 5, 0), new Room(3, 3, 0), new Room(7, 7, 7)));
        Map<Act, Integer> counts = new EnumMap<>(Act.class);
        for (int i = 0; i < STEPS; i++) {
            Step step = plan.next(rooms).orElseThrow();
            rooms.set(step.room(), after(rooms.get(step.room()), step.act()));
            counts.merge(step.act(), 1, Integer::sum);

            assertThat(rooms.get(step.room()).size()).isBetween(TrafficPlan.FEWEST, TrafficPlan.MOST);
            assertThat(rooms.get(step.room()).sharing())
                    .isBetween(0, rooms.get(step.room()).idle());
        }
        assertThat(counts).hasSize(Act.values().length);
        assertThat(counts.values()).allMatch(count -> count > STEPS / 20);
    }

    @Test
    void nobodyIsLeftAloneWithThoseWhoWaitToBeLetIn() {
        TrafficPlan plan = new TrafficPlan(new SplittableRandom(2));
        List<Room> rooms = List.of(new Room(7, 3, 0));
        for (int i = 0; i < STEPS; i++) {
            assertThat(plan.next(rooms).map(Step::act)).isNotEqualTo(Optional.of(Act.LEAVE));
        }
    }

    @Test
    void nothingBeginsInARoomThatIsHeldOrWhereAllWaitForAnswers() {
        TrafficPlan plan = new TrafficPlan(new SplittableRandom(3));

        assertThat(plan.next(List.of(Room.HELD, new Room(7, 0, 0)))).isEmpty();
    }

    @Test
    void theSameSeedGivesTheSameSteps() {
        List<Room> rooms = List.of(new Room(5, 5, 2), new Room(4, 4, 1));
        TrafficPlan one = new TrafficPlan(new SplittableRandom(4));
        TrafficPlan other = new TrafficPlan(new SplittableRandom(4));
        for (int i = 0; i < 100; i++) {
            assertThat(one.next(rooms)).isEqualTo(other.next(rooms));
        }
    }
}
