package org.confocal.tests.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.BridgeFault;
import org.confocal.tests.bridge.BridgeFlag;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.DemoReport.Percentiles;
import org.confocal.tests.demo.DemoRoom.Outcome;
import org.confocal.tests.demo.FailuresReport.Delays;
import org.confocal.tests.demo.FailuresReport.Failure;
import org.confocal.tests.demo.FailuresReport.Invites;

/**
 * Rooms under which one bridge after the other fails, each in its own way, and then Prosody. After each failure all people have
 * to be in conferences again, and nobody may have been invited who was not hit.
 */
final class FailuresRun {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LEFTOVER_SECONDS = 90;

    /** Issue 4: who comes back after a restart of Prosody is in media within this time of its own connection. */
    private static final Duration BACK_IN_MEDIA = Duration.ofSeconds(10);

    private final Deployment deployment;
    private final DemoOptions options;
    private final SplittableRandom random;
    private final List<Room> rooms = new ArrayList<>();
    private final List<Failure> failures = new ArrayList<>();
    private final Queue<String> errors = new ConcurrentLinkedQueue<>();
    private final Queue<Long> comebacks = new ConcurrentLinkedQueue<>();
    private final List<BridgeEmulator> alive;

    FailuresRun(Deployment deployment, DemoOptions options) {
        this.deployment = deployment;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
        this.alive = new ArrayList<>(deployment.bridges());
        for (int i = 0; i < options.rooms(); i++) {
            rooms.add(new Room(DemoMeasure.roomName(i)));
        }
    }

    /** One room and its people. */
    private final class Room {
        private final String name;
        private final List<DemoPerson> people = new ArrayList<>();

        Room(String name) {
            this.name = name;
            ClientKind[] kinds = ClientKind.values();
            for (int i = 0; i < options.participants(); i++) {
                ClientConfig config = ClientConfig.of(deployment.prosody().config(), name, kinds[i % kinds.length])
                        .with(PATIENCE, Duration.ofMillis(200));
                people.add(new DemoPerson(config, random.split()));
            }
        }

        List<ClientEmulator> clients() {
            return people.stream().map(DemoPerson::current).toList();
        }

        boolean isOn(BridgeEmulator bridge) {
            return clients().stream()
                    .anyMatch(
                            client -> bridge.books().endpoint(client.endpoint()).isPresent());
        }
    }

    /** What is done to a room. */
    private interface Action {
        void on(Room room) throws IOException;
    }

    FailuresReport once() throws InterruptedException {
        inAll(rooms, room -> {
            for (DemoPerson person : room.people) {
                person.join();
            }
        });
        settle("after the joins");
        List<ClientBooks> first =
                people().stream().flatMap(person -> person.books().stream()).toList();
        bridgesFail();
        prosodyRestarts();
        inAll(rooms, room -> room.clients().forEach(ClientEmulator::leave));
        errors.addAll(DemoMeasure.leftovers(deployment, alive, LEFTOVER_SECONDS));
        people().forEach(person -> person.books().forEach(books -> errors.addAll(books.errors())));
        return report(first);
    }

    private void bridgesFail() throws InterruptedException {
        fails("killed", Hit.ALL, victim -> {
            alive.remove(victim);
            victim.kill();
        });
        hangs();
        fails("drained", Hit.NOBODY, victim -> victim.set(BridgeFlag.DRAIN));
        fails("shut down", Hit.ALL, victim -> victim.set(BridgeFlag.SHUTTING_DOWN));
    }

    /** Who has to be invited again when a bridge fails. */
    private enum Hit {
        /** Everybody in the rooms on it. */
        ALL,
        NOBODY
    }

    private void fails(String what, Hit hit, Consumer<BridgeEmulator> how) throws InterruptedException {
        BridgeEmulator victim = busiest();
        List<Room> on = rooms.stream().filter(room -> room.isOn(victim)).toList();
        Set<DemoPerson> moved = new HashSet<>();
        if (hit == Hit.ALL) {
            on.forEach(room -> moved.addAll(room.people));
        }
        List<Integer> before = people().stream().map(DemoPerson::invites).toList();
        long started = System.nanoTime();
        how.accept(victim);
        invitedAgain(what + " " + victim.config().name(), moved, before);
        recovered(what, victim.config().name(), moved.size(), started);
    }

    /** A bridge that hangs is noticed by whoever is to be put on it: one person in each of its rooms reloads. */
    private void hangs() throws InterruptedException {
        BridgeEmulator victim = busiest();
        List<Room> on = rooms.stream().filter(room -> room.isOn(victim)).toList();
        Set<DemoPerson> moved = new HashSet<>();
        on.forEach(room -> moved.addAll(room.people));
        List<Integer> before = people().stream().map(DemoPerson::invites).toList();
        long started = System.nanoTime();
        victim.misbehave(new BridgeFault.Hang());
        alive.remove(victim);
        inAll(on, room -> room.people.getFirst().reload());
        invitedAgain("hung " + victim.config().name(), moved, before);
        recovered("hung", victim.config().name(), moved.size(), started);
        victim.misbehave(new BridgeFault.None());
        // What it was told while it hung it is told again.
        if (!DemoMeasure.await(() -> victim.books().conferences().isEmpty(), LEFTOVER_SECONDS)) {
            errors.add(victim.config().name() + " hung, and still holds what was moved away from it");
        }
        alive.add(victim);
    }

    /** Everybody who was hit gets one more invitation, nobody else gets any. */
    private void invitedAgain(String why, Set<DemoPerson> hit, List<Integer> before) {
        List<DemoPerson> all = people();
        DemoMeasure.await(
                () -> {
                    for (int i = 0; i < all.size(); i++) {
                        if (hit.contains(all.get(i)) && all.get(i).invites() <= before.get(i)) {
                            return false;
                        }
                    }
                    return true;
                },
                Math.toIntExact(PATIENCE.toSeconds()));
        settle(why);
        for (int i = 0; i < all.size(); i++) {
            int more = all.get(i).invites() - before.get(i);
            int needed = hit.contains(all.get(i)) ? 1 : 0;
            if (more != needed) {
                errors.add(why + ": " + all.get(i).current().endpoint() + " was invited " + more + " times, " + needed
                        + " would do");
            }
        }
    }

    private void prosodyRestarts() throws InterruptedException {
        long started = System.nanoTime();
        try {
            deployment.prosody().restart();
        } catch (IOException e) {
            errors.add("Prosody did not come back: " + e.getMessage());
            return;
        }
        List<Callable<Outcome>> returns = new ArrayList<>();
        for (DemoPerson person : people()) {
            returns.add(() -> {
                comebacks.add(person.comeBack(PATIENCE));
                return new Outcome(List.of(), List.of());
            });
        }
        DemoMeasure.atOnce(returns).forEach(each -> errors.addAll(each.errors()));
        settle("after the restart of Prosody");
        for (DemoPerson person : people()) {
            int invites = person.current().books().offers().size();
            if (invites != 1) {
                errors.add("after the restart of Prosody " + person.current().endpoint() + " was invited " + invites
                        + " times, 1 would do");
            }
        }
        recovered("restarted", "Prosody", people().size(), started);
    }

    private void recovered(String what, String victim, int hit, long started) {
        failures.add(new Failure(what, victim, hit, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started)));
    }

    /** All people in all rooms are in conferences, each room on bridges that run, and each person on one. */
    private void settle(String when) {
        Settlement.Deadline deadline = Settlement.Deadline.in(PATIENCE);
        for (Room room : rooms) {
            List<ClientEmulator> clients = room.clients();
            Settlement.await(clients, when, deadline.left()).forEach(wrong -> errors.add(room.name + ": " + wrong));
            for (ClientEmulator client : clients) {
                if (!DemoMeasure.await(
                        () -> holders(client) == 1,
                        Math.toIntExact(deadline.left().toSeconds()))) {
                    errors.add(room.name + ": " + when + " " + client.endpoint() + " is on " + holders(client)
                            + " bridges");
                }
            }
        }
    }

    private long holders(ClientEmulator client) {
        return alive.stream()
                .filter(bridge -> bridge.books().endpoint(client.endpoint()).isPresent())
                .count();
    }

    /** The bridge with the most people of those to which nothing has happened yet. */
    private BridgeEmulator busiest() {
        Set<String> struck = new HashSet<>();
        failures.forEach(failure -> struck.add(failure.victim()));
        return alive.stream()
                .filter(bridge -> !struck.contains(bridge.config().name()))
                .max(Comparator.comparingInt(bridge -> bridge.books().endpoints()))
                .orElseThrow();
    }

    private void inAll(List<Room> some, Action action) throws InterruptedException {
        List<Callable<Outcome>> tasks = new ArrayList<>();
        for (Room room : some) {
            tasks.add(() -> {
                action.on(room);
                return new Outcome(List.of(), List.of());
            });
        }
        DemoMeasure.atOnce(tasks).forEach(each -> errors.addAll(each.errors()));
    }

    private List<DemoPerson> people() {
        return rooms.stream().flatMap(room -> room.people.stream()).toList();
    }

    private FailuresReport report(List<ClientBooks> first) {
        long slowest = comebacks.stream().mapToLong(Long::longValue).max().orElse(0);
        if (slowest > BACK_IN_MEDIA.toNanos()) {
            errors.add("somebody was in media " + TimeUnit.NANOSECONDS.toMillis(slowest)
                    + " ms after coming back to the restarted Prosody");
        }
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < rooms.size(); i++) {
            int from = i * options.participants();
            outcomes.add(new Outcome(first.subList(from, from + options.participants()), List.of()));
        }
        Percentiles delays = Percentiles.ofNanos(List.copyOf(comebacks));
        List<Integer> invites = people().stream().map(DemoPerson::invites).toList();
        return new FailuresReport(
                DemoMeasure.report(deployment, options, outcomes, List.copyOf(errors)),
                failures,
                new Invites(
                        Math.round(10.0
                                        * invites.stream()
                                                .mapToInt(Integer::intValue)
                                                .sum()
                                        / invites.size())
                                / 10.0,
                        invites.stream().mapToInt(Integer::intValue).max().orElse(0)),
                new Delays(delays.p50(), delays.p99(), Math.round(slowest / 100_000.0) / 10.0));
    }
}
