package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.confocal.tests.placement.Meeting.View;

/**
 * Makes up a day of conferences (placement.md, section 5). The same scenario and seed give the same day.
 *
 * <p>Where section 5 leaves a choice: sizes are uniform from 3 to 6 and log-uniform above; a conference starts by two humps
 * of its home metro's working day (10:00 and 14:30, sigma 1.5 h) over a floor of 15 %; people who come late come uniformly
 * over the first nine tenths; 80 % stay to the end; microphones are on for everybody up to 6 people, for half up to 20, for
 * a tenth above. A town hall has eight presenters with camera and microphone and a mute audience without cameras: with 15 %
 * of a thousand cameras on, no bridge could take part in its mesh. It scales with the scenario, down to 200 concurrent
 * conferences. Calls of two use the bridge, although real clients would leave it (peer to peer).
 */
final class WorkloadGenerator {
    private static final int MINUTE_MS = 60_000;
    private static final int HALF_HOUR_MS = 30 * MINUTE_MS;
    private static final int DAY_MS = 24 * 60 * MINUTE_MS;
    private static final int SHORTEST_MS = 2 * MINUTE_MS;
    private static final int LONGEST_MS = 6 * 60 * MINUTE_MS;
    private static final int JOINING_MS = 300_000;
    private static final double DURATION_SIGMA = Math.log(90.0 / 25) / 1.645;
    private static final int CALIBRATION_DRAWS = 40_000;
    private static final int PRESENTERS = 8;

    private final Geography geography;
    private final Places places;

    WorkloadGenerator(Geography geography) {
        this.geography = geography;
        places = new Places(geography.metros());
    }

    /** When a conference takes place, within a day that has no end; milliseconds. */
    private record Slot(int startMs, int durationMs) {}

    Workload generate(Scenario scenario, long seed) {
        int fromMs = (int) (scenario.startHour() * 3_600_000);
        SplittableRandom random = new SplittableRandom(seed);
        long conferences = Math.round(scenario.concurrent() / concurrentAtPeak());
        List<Meeting> meetings = new ArrayList<>();
        for (long i = 0; i < conferences; i++) {
            SplittableRandom own = random.split();
            int home = places.home(own);
            Slot slot = slot(home, own);
            int start = Math.floorMod(slot.startMs - fromMs, DAY_MS);
            if (start < scenario.lengthMs()) {
                meetings.add(meeting(meetings.size(), home, new Slot(start, slot.durationMs), own));
            }
        }
        addTownHalls(scenario, random, meetings);
        return new Workload(meetings, scenario.lengthMs());
    }

    private Slot slot(int home, SplittableRandom random) {
        double local = random.nextDouble() < 0.15
                ? 24 * random.nextDouble()
                : (random.nextBoolean() ? 10 : 14.5) + 1.5 * random.nextGaussian();
        int start = (int) ((local - geography.metros().get(home).utcOffsetHours()) * 3_600_000);
        if (random.nextBoolean()) {
            start = nearestHalfHour(start) + random.nextInt(-2 * MINUTE_MS, 2 * MINUTE_MS);
        }
        int duration = (int) (25 * MINUTE_MS * Math.exp(DURATION_SIGMA * random.nextGaussian()));
        if (random.nextDouble() < 0.6) {
            int end = Math.max(nearestHalfHour(start + duration), nearestHalfHour(start) + HALF_HOUR_MS);
            duration = end + random.nextInt(-MINUTE_MS, MINUTE_MS) - start;
        }
        return new Slot(start, Math.clamp(duration, SHORTEST_MS, LONGEST_MS));
    }

    private static int nearestHalfHour(int ms) {
        return Math.floorDiv(ms + HALF_HOUR_MS / 2, HALF_HOUR_MS) * HALF_HOUR_MS;
    }

    /** How many conferences are there at the busiest five minutes of a day, for each conference of the day. */
    private double concurrentAtPeak() {
        SplittableRandom random = new SplittableRandom(0);
        int interval = 5 * MINUTE_MS;
        double[] there = new double[DAY_MS / interval];
        for (int i = 0; i < CALIBRATION_DRAWS; i++) {
            Slot slot = slot(places.home(random), random);
            for (int ms = slot.startMs; ms < slot.startMs + slot.durationMs; ms += interval) {
                there[Math.floorMod(ms, DAY_MS) / interval] += 1.0 / CALIBRATION_DRAWS;
            }
        }
        return Arrays.stream(there).max().orElseThrow();
    }

    private Meeting meeting(int number, int home, Slot slot, SplittableRandom random) {
        int size = size(random);
        boolean videoCall = random.nextDouble() < 0.43;
        double video = videoCall ? size <= 6 ? 0.6 : size <= 20 ? 0.4 : 0.15 : 0;
        double audio = size <= 6 ? 1 : size <= 20 ? 0.5 : 0.1;
        List<Integer> metros = places.metros(home, size, random);
        // The first one to join is of the majority's metro in 92.5 % of all conferences.
        int first = random.nextDouble() < 0.925 ? home : metros.get(random.nextInt(metros.size()));
        int[] joins = joins(size, slot, random);
        List<Person> people = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            int metro = i == 0 ? first : i < metros.size() ? metros.get(i) : Places.someone(metros, random);
            int leave = leave(joins[i], slot, random);
            people.add(new Person(joins[i], leave, metro, random.nextDouble() < video, random.nextDouble() < audio));
        }
        View view = random.nextDouble() < 0.6 ? View.SPEAKER : View.TILE;
        return new Meeting(number, Meeting.room(number), people, view, random.nextDouble() < 0.15);
    }

    private static int size(SplittableRandom random) {
        double u = random.nextDouble();
        if (u < 0.45) {
            return 2;
        }
        if (u < 0.80) {
            return random.nextInt(3, 7);
        }
        return u < 0.95
                ? logUniform(7, 20, random)
                : u < 0.99 ? logUniform(21, 60, random) : logUniform(61, 200, random);
    }

    private static int logUniform(int from, int to, SplittableRandom random) {
        double log = Math.log(from) + random.nextDouble() * (Math.log(to + 1) - Math.log(from));
        return Math.min(to, (int) Math.exp(log));
    }

    private static int[] joins(int size, Slot slot, SplittableRandom random) {
        int early = Math.min(JOINING_MS, slot.durationMs * 9 / 10);
        int[] joins = new int[size];
        for (int i = 0; i < size; i++) {
            double late = random.nextDouble() < 0.8
                    ? Math.min(early, -Math.log(1 - random.nextDouble()) * early / 3)
                    : random.nextDouble() * slot.durationMs * 0.9;
            joins[i] = slot.startMs + (int) late;
        }
        joins[0] = slot.startMs;
        Arrays.sort(joins);
        return joins;
    }

    private static int leave(int join, Slot slot, SplittableRandom random) {
        int end = slot.startMs + slot.durationMs;
        int lastMinute = end - random.nextInt(Math.min(MINUTE_MS, slot.durationMs / 10));
        int leave = random.nextDouble() < 0.8 ? lastMinute : random.nextInt(join, end) + MINUTE_MS;
        return Math.clamp(leave, join + 1, end + MINUTE_MS);
    }

    private void addTownHalls(Scenario scenario, SplittableRandom random, List<Meeting> meetings) {
        double scale = Math.min(1, scenario.concurrent() / 2000.0);
        int anHour = Math.max(1, scenario.concurrent() / 2000);
        for (int hour = 0; hour < scenario.hours(); hour++) {
            for (int i = 0; i < anHour; i++) {
                SplittableRandom own = random.split();
                int size = Math.max(20, (int) (scale * own.nextInt(500, 1001)));
                int start = hour * 3_600_000 + own.nextInt(2 * MINUTE_MS);
                Slot slot = new Slot(start, own.nextInt(40, 60) * MINUTE_MS);
                if (slot.startMs < scenario.lengthMs()) {
                    meetings.add(townHall(meetings.size(), size, slot, own));
                }
            }
        }
    }

    private Meeting townHall(int number, int size, Slot slot, SplittableRandom random) {
        int home = places.home(random);
        List<Integer> metros = places.spread(home, random.nextInt(4, 13), random);
        int[] joins = joins(size, slot, random);
        List<Person> people = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            boolean presents = i < PRESENTERS;
            int metro = i == 0 ? home : Places.someone(metros, random);
            people.add(new Person(joins[i], leave(joins[i], slot, random), metro, presents, presents));
        }
        return new Meeting(number, Meeting.room(number), people, View.SPEAKER, true);
    }
}
