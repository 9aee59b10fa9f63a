package org.confocal.tests.placement;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.tests.placement.Meeting.View;

/**
 * A few minutes in which everything comes at once (placement.md, section 5).
 *
 * @param name A to D
 */
record Burst(String name, Workload workload, World world, List<Crash> crashes) {
    private static final int MINUTE_MS = 60_000;
    private static final String REGION = "us-east-1";
    private static final String METRO = "Washington";

    /**
     * What a contender made of it.
     *
     * @param peakStress the highest true stress of any bridge
     * @param bridges the most bridges of one conference
     */
    record Result(double peakStress, int bridges, int refused) {}

    Result run(Contender contender, long seed) {
        DayResult result = new Day(workload, world, contender, crashes, seed).run();
        return new Result(result.loads().highest(), result.busiestBridges(), result.refused());
    }

    /** All four. */
    static List<Burst> all(Geography geography, EgressPrices prices, List<Machine> fleet, long seed) {
        return List.of(
                incident(geography, prices, seed),
                townHall(geography, prices, fleet, seed),
                fullHour(geography, prices, fleet, seed),
                death(geography, prices, seed));
    }

    /** A: 92 joins in 31 s, half of them with cameras, all with microphones, in a region with 11 idle bridges. */
    static Burst incident(Geography geography, EgressPrices prices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int metro = geography.metroCalled(METRO);
        List<Person> people = IntStream.range(0, 92)
                .map(i -> random.nextInt(31_000))
                .sorted()
                .mapToObj(join -> new Person(join, 10 * MINUTE_MS, metro, random.nextBoolean(), true))
                .toList();
        Meeting meeting = new Meeting(0, Meeting.room(0), people, View.SPEAKER, false);
        World world = World.of(geography, FleetPlan.idle(geography, geography.regionCalled(REGION), 11), prices);
        return new Burst("A", new Workload(List.of(meeting), 3 * MINUTE_MS), world, List.of());
    }

    /** B: a town hall of 1,000 that join within 60 s, from eight metros, with eight presenters, on an idle fleet. */
    private static Burst townHall(Geography geography, EgressPrices prices, List<Machine> fleet, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Places places = new Places(geography.metros());
        List<Integer> metros = places.spread(places.home(random), 8, random);
        int[] joins = IntStream.range(0, 1000)
                .map(i -> random.nextInt(MINUTE_MS))
                .sorted()
                .toArray();
        List<Person> people = new ArrayList<>();
        for (int i = 0; i < joins.length; i++) {
            people.add(new Person(joins[i], 10 * MINUTE_MS, Places.someone(metros, random), i < 8, i < 8));
        }
        Meeting meeting = new Meeting(0, Meeting.room(0), people, View.SPEAKER, true);
        return new Burst(
                "B", new Workload(List.of(meeting), 4 * MINUTE_MS), World.of(geography, fleet, prices), List.of());
    }

    /** C: 200 conferences of ten that begin at once, each with everybody within ten seconds, on an idle fleet. */
    private static Burst fullHour(Geography geography, EgressPrices prices, List<Machine> fleet, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Places places = new Places(geography.metros());
        List<Meeting> meetings = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            int home = places.home(random);
            List<Integer> metros = places.metros(home, 10, random);
            boolean video = random.nextDouble() < 0.43;
            List<Person> people = IntStream.range(0, 10)
                    .map(j -> random.nextInt(10_000))
                    .sorted()
                    .mapToObj(join -> new Person(
                            join,
                            10 * MINUTE_MS,
                            Places.someone(metros, random),
                            video && random.nextDouble() < 0.4,
                            random.nextBoolean()))
                    .toList();
            meetings.add(new Meeting(i, Meeting.room(i), people, View.SPEAKER, false));
        }
        return new Burst("C", new Workload(meetings, 3 * MINUTE_MS), World.of(geography, fleet, prices), List.of());
    }

    /**
     * D: eight bridges of one region with about 250 people each, in conferences of four of which a fifth has cameras; one
     * of the bridges dies, and everybody on it is placed anew at once. The others have the room: a stress of 0.7.
     */
    private static Burst death(Geography geography, EgressPrices prices, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int metro = geography.metroCalled(METRO);
        List<Meeting> meetings = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int start = random.nextInt(10 * MINUTE_MS);
            boolean video = random.nextDouble() < 0.2;
            List<Person> people = IntStream.range(0, 4)
                    .map(j -> start + random.nextInt(MINUTE_MS))
                    .sorted()
                    .mapToObj(join -> new Person(join, 30 * MINUTE_MS, metro, video && random.nextDouble() < 0.6, true))
                    .toList();
            meetings.add(new Meeting(i, Meeting.room(i), people, View.SPEAKER, false));
        }
        List<Machine> machines = FleetPlan.idle(geography, geography.regionCalled(REGION), 8);
        return new Burst(
                "D",
                new Workload(meetings, 16 * MINUTE_MS),
                World.of(geography, machines, prices),
                List.of(new Crash(0, 12 * MINUTE_MS, 20 * MINUTE_MS)));
    }
}
