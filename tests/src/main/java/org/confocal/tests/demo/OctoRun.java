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
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.CascadeCheck.Cascade;
import org.confocal.tests.demo.DemoRoom.Outcome;

/** Rooms of people from all regions, over linked bridges. Each room is checked when all are there, and after each change. */
final class OctoRun {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int PATIENCE_SECONDS = 30;
    private static final int ARRIVAL_MILLIS = 3000;
    private static final int PAUSE_MILLIS = 60;

    private final Deployment deployment;
    private final DemoOptions options;
    private final SplittableRandom random;
    private final Queue<Cascade> cascades = new ConcurrentLinkedQueue<>();

    OctoRun(Deployment deployment, DemoOptions options) {
        this.deployment = deployment;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
    }

    OctoReport once() throws InterruptedException {
        List<Callable<Outcome>> rooms = new ArrayList<>();
        for (int i = 0; i < options.rooms(); i++) {
            rooms.add(new Room(DemoMeasure.roomName(i), random.split())::run);
        }
        List<Outcome> outcomes = DemoMeasure.atOnce(rooms);
        List<String> errors =
                new ArrayList<>(DemoMeasure.leftovers(deployment, deployment.bridges(), PATIENCE_SECONDS));
        errors.addAll(DemoMeasure.refusals(deployment));
        DemoReport plain = DemoMeasure.report(deployment, options, outcomes, errors);
        return new OctoReport(
                plain,
                cascades.stream().sorted(Comparator.comparing(Cascade::room)).toList());
    }

    private final class Room {
        private final String name;
        private final SplittableRandom own;
        private final List<ClientEmulator> people = new ArrayList<>();
        private final List<String> errors = new ArrayList<>();

        Room(String name, SplittableRandom own) {
            this.name = name;
            this.own = own;
        }

        Outcome run() {
            try {
                pause(ARRIVAL_MILLIS);
                List<String> regions = regions();
                for (int i = 0; i < options.participants(); i++) {
                    join(i, regions.get(i % regions.size()));
                    pause(PAUSE_MILLIS);
                }
                check("after the joins");
                CascadeCheck found = look();
                cascades.add(found.describe(name));
                spans(found, regions);
                ClientEmulator presenter = people.get(own.nextInt(people.size()));
                presenter.shareScreen().join();
                check("after the screen was shared");
            } catch (IOException | CompletionException | IllegalStateException e) {
                errors.add(name + ": " + e.getMessage());
            }
            List<ClientBooks> books = people.stream().map(ClientEmulator::books).toList();
            leave();
            books.forEach(each -> errors.addAll(each.errors()));
            return new Outcome(books, errors);
        }

        private void join(int index, String region) throws IOException {
            ClientKind[] kinds = ClientKind.values();
            ClientConfig config = ClientConfig.of(
                            deployment.prosody().config(), name, kinds[(index + own.nextInt(3)) % kinds.length])
                    .in(region)
                    .with(PATIENCE, Duration.ofMillis(200));
            people.add(ClientEmulator.join(config, own.split()));
        }

        private CascadeCheck look() {
            return CascadeCheck.of(
                    deployment.bridges(),
                    deployment.prosody().config().domains().room(name));
        }

        /** All know whom they should, and the bridges are one cascade that knows the same. */
        private void check(String when) {
            Settlement.await(people, when, PATIENCE).forEach(each -> errors.add(name + ": " + each));
            DemoMeasure.await(() -> look().wrong().isEmpty(), PATIENCE_SECONDS);
            look().wrong().forEach(each -> errors.add(name + ": " + when + " " + each));
            for (ClientEmulator person : people) {
                long holders = deployment.bridges().stream()
                        .filter(bridge ->
                                bridge.books().endpoint(person.endpoint()).isPresent())
                        .count();
                if (holders != 1) {
                    errors.add(name + ": " + when + " " + person.endpoint() + " is on " + holders + " bridges");
                }
            }
        }

        private void spans(CascadeCheck found, List<String> regions) {
            Set<String> used = new HashSet<>();
            for (BridgeEmulator bridge : deployment.bridges()) {
                if (found.bridges().contains(bridge.config().name())) {
                    bridge.config().region().ifPresent(used::add);
                }
            }
            if (options.participants() >= regions.size() && !used.containsAll(regions)) {
                errors.add(name + ": people are from " + regions + ", bridges in " + used);
            }
        }

        private void leave() {
            for (ClientEmulator person : people) {
                person.leave();
                pause(PAUSE_MILLIS);
            }
        }

        private void pause(int mostMillis) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(own.nextInt(mostMillis)));
        }
    }

    private List<String> regions() {
        return deployment.bridges().stream()
                .flatMap(bridge -> bridge.config().region().stream())
                .distinct()
                .toList();
    }
}
