package org.confocal.tests.demo;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Draws what people do next, so that rooms keep between {@value #FEWEST} and {@value #MOST} people. Used by one thread. */
final class TrafficPlan {
    static final int FEWEST = 3;
    static final int MOST = 7;

    /** How often a room is drawn in which nothing can be done, before that is the answer. */
    private static final int TRIES = 8;

    private static final int WEIGHT_OF_SHARING = 4;
    private static final int WEIGHT_OF_CAMERA = 2;

    private final SplittableRandom random;

    TrafficPlan(SplittableRandom random) {
        this.random = random;
    }

    /** What a person does. */
    enum Act {
        JOIN,
        LEAVE,
        /** source-add of a screen. */
        SHARE,
        /** source-remove of it. */
        UNSHARE,
        /** Turns the camera off, or on again: presence. */
        CAMERA
    }

    /**
     * A room.
     *
     * @param size who is in it or on the way
     * @param idle of those: who has a session and waits for no answer
     * @param sharing of the idle: who shares a screen
     */
    record Room(int size, int idle, int sharing) {
        /** A room in which nobody is to do anything. */
        static final Room HELD = new Room(MOST, 0, 0);
    }

    /** What is done, and in which of the rooms. */
    record Step(int room, Act act) {}

    /** The next step; empty where no drawn room has anybody who could do anything. */
    Optional<Step> next(List<Room> rooms) {
        for (int i = 0; i < TRIES; i++) {
            int index = random.nextInt(rooms.size());
            Map<Act, Integer> weights = weights(rooms.get(index));
            int total = weights.values().stream().mapToInt(Integer::intValue).sum();
            if (total > 0) {
                return Optional.of(new Step(index, drawn(weights, random.nextInt(total))));
            }
        }
        return Optional.empty();
    }

    private static Map<Act, Integer> weights(Room room) {
        Map<Act, Integer> weights = new EnumMap<>(Act.class);
        weights.put(Act.JOIN, Math.max(0, MOST - room.size));
        // Those who are on the way do not count: whoever waits for an answer is not left alone.
        weights.put(Act.LEAVE, room.idle > FEWEST ? room.size - FEWEST : 0);
        weights.put(Act.SHARE, room.idle > room.sharing ? WEIGHT_OF_SHARING : 0);
        weights.put(Act.UNSHARE, room.sharing > 0 ? WEIGHT_OF_SHARING : 0);
        weights.put(Act.CAMERA, room.idle > 0 ? WEIGHT_OF_CAMERA : 0);
        return weights;
    }

    private static Act drawn(Map<Act, Integer> weights, int at) {
        int left = at;
        for (Map.Entry<Act, Integer> each : weights.entrySet()) {
            left -= each.getValue();
            if (left < 0) {
                return each.getKey();
            }
        }
        throw new IllegalArgumentException(at + " is not below the sum of " + weights);
    }
}
