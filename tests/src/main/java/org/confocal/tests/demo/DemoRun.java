package org.confocal.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientBooks.Offer;
import org.confocal.tests.demo.DemoReport.Bridge;
import org.confocal.tests.demo.DemoReport.Percentiles;
import org.confocal.tests.demo.DemoRoom.Outcome;

/** All rooms of the demo at once, and what they add up to. */
final class DemoRun {
    private static final int MAX_ERRORS = 200;
    private static final int SETTLE_SECONDS = 20;
    private static final int STATUS_SECONDS = 10;

    private final Deployment deployment;
    private final DemoOptions options;
    private final SplittableRandom random;

    DemoRun(Deployment deployment, DemoOptions options) {
        this.deployment = deployment;
        this.options = options;
        this.random = new SplittableRandom(options.seed());
    }

    /** Every room once, and the report. */
    DemoReport once() throws InterruptedException {
        List<Outcome> outcomes = rooms();
        awaitNothingLeft();
        return report(outcomes);
    }

    /** One room after the other in each place, until the thread is interrupted; the interrupt is used up. */
    void forEver() {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < options.rooms(); i++) {
                String name = roomName(i);
                SplittableRandom own = random.split();
                threads.execute(() -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Outcome outcome =
                                new DemoRoom(deployment, name, 2 + own.nextInt(options.participants()), own).run();
                        // People who are interrupted by the end of the demo have reason to complain.
                        if (!Thread.currentThread().isInterrupted()) {
                            outcome.errors().forEach(System.err::println);
                        }
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(own.nextInt(5_000)));
                    }
                });
            }
            // Clears the interrupt, for what is closed afterwards waits.
            while (!Thread.interrupted()) {
                System.err.println(status());
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(STATUS_SECONDS));
            }
            threads.shutdownNow();
        }
    }

    private String status() {
        StringBuilder text = new StringBuilder(120);
        text.append(deployment.focus().holdings());
        for (BridgeEmulator bridge : deployment.bridges()) {
            text.append("  ")
                    .append(bridge.config().name())
                    .append(' ')
                    .append(bridge.books().endpoints());
        }
        return text.append("  ").append(deployment.url("/stats")).toString();
    }

    private static String roomName(int index) {
        return String.format(Locale.ROOT, "room%03d", index);
    }

    private List<Outcome> rooms() throws InterruptedException {
        List<Callable<Outcome>> tasks = new ArrayList<>();
        for (int i = 0; i < options.rooms(); i++) {
            DemoRoom room = new DemoRoom(deployment, roomName(i), options.participants(), random.split());
            tasks.add(room::run);
        }
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> room : threads.invokeAll(tasks)) {
                try {
                    outcomes.add(room.get());
                } catch (ExecutionException e) {
                    outcomes.add(Outcome.failed("a room failed: " + e.getCause()));
                }
            }
        }
        return outcomes;
    }

    private void awaitNothingLeft() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SETTLE_SECONDS);
        while (System.nanoTime() < deadline && !isEmpty()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private boolean isEmpty() {
        return deployment.focus().holdings().nothing()
                && deployment.bridges().stream()
                        .allMatch(bridge -> bridge.books().conferences().isEmpty());
    }

    private DemoReport report(List<Outcome> outcomes) {
        List<ClientBooks> people = outcomes.stream()
                .flatMap(outcome -> outcome.participants().stream())
                .toList();
        List<Long> waits = people.stream()
                .flatMap(books -> books.offers().stream().limit(1))
                .map(Offer::waitedNanos)
                .toList();
        int conferences = count(outcomes.stream()
                .filter(outcome -> outcome.participants().stream()
                        .anyMatch(books -> !books.offers().isEmpty()))
                .count());
        DemoReport measured = new DemoReport(
                options.mode().name().toLowerCase(Locale.ROOT),
                conferences,
                options.rooms() * options.participants(),
                waits.size(),
                count(people.stream().filter(books -> books.accepted() > 0).count()),
                people.stream().mapToLong(ClientBooks::sourcesTold).sum(),
                Percentiles.ofNanos(waits),
                deployment.bridges().stream().map(DemoRun::bridge).toList(),
                deployment.focus().holdings(),
                List.of());
        List<String> errors = new ArrayList<>();
        outcomes.forEach(outcome -> errors.addAll(outcome.errors()));
        errors.addAll(complaints(measured));
        return new DemoReport(
                measured.mode(),
                measured.conferences(),
                measured.participants(),
                measured.invited(),
                measured.accepted(),
                measured.sourcesPropagated(),
                measured.inviteMs(),
                measured.bridges(),
                measured.left(),
                errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }

    private static int count(long value) {
        return Math.toIntExact(value);
    }

    private static Bridge bridge(BridgeEmulator bridge) {
        return new Bridge(
                bridge.config().name(),
                bridge.config().region().orElse(""),
                bridge.books().peakEndpoints(),
                bridge.books().endpoints(),
                bridge.books().conferences().size());
    }

    private List<String> complaints(DemoReport report) {
        List<String> complaints = new ArrayList<>();
        if (report.conferences() != options.rooms()) {
            complaints.add(report.conferences() + " conferences instead of " + options.rooms());
        }
        if (report.invited() != report.participants() || report.accepted() != report.participants()) {
            complaints.add(
                    report.invited() + " invited and " + report.accepted() + " accepted of " + report.participants());
        }
        if (!report.left().nothing()) {
            complaints.add("the focus still holds " + report.left());
        }
        for (BridgeEmulator bridge : deployment.bridges()) {
            if (!bridge.books().conferences().isEmpty()) {
                complaints.add(bridge.config().name() + " still holds "
                        + bridge.books().conferences().size() + " conferences with "
                        + bridge.books().endpoints() + " endpoints");
            }
            if (bridge.refusals() > 0) {
                complaints.add(bridge.config().name() + " refused " + bridge.refusals() + " requests");
            }
        }
        return complaints;
    }
}
