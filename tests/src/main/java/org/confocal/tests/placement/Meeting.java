package org.confocal.tests.placement;

import java.util.List;
import org.confocal.strategy.RoomId;

/**
 * One conference of the workload, as it will happen whatever the bridges.
 *
 * @param number counts the meetings of a workload from 0
 * @param people in the order in which they join; the first one shares the screen, if anybody does
 */
record Meeting(int number, RoomId room, List<Person> people, View view, boolean screenShared) {
    /** How most of the people look at it. */
    enum View {
        SPEAKER,
        TILE
    }

    Meeting {
        people = List.copyOf(people);
    }

    static RoomId room(int number) {
        return new RoomId("c" + number + "@muc.example.org");
    }
}
