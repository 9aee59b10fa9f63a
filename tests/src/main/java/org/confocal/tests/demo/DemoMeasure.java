package org.confocal.tests.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientBooks.Offer;
import org.confocal.tests.demo.DemoReport.Bridge;
import org.confocal.tests.demo.DemoReport.Percentiles;
import org.confocal.tests.demo.DemoRoom.Outcome;

/** What all scenarios do alike: run rooms at once, wait, add up. Stateless. */
final class DemoMeasure {
    private static final int MAX_ERRORS = 200;

    private DemoMeasure() {}

    static String roomName(int index) {
        return String.format(Locale.ROOT, "room%03d", index);
    }

    /** Runs all at once, each on a thread of its own; one that fails is a failed outcome. */
    static List<Outcome> atOnce(List<Callable<Outcome>> rooms) throws InterruptedException {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> room : threads.invokeAll(rooms)) {
                try {
                    outcomes.add(room.get());
                } catch (ExecutionException e) {
                    outcomes.add(Outcome.failed("a room failed: " + e.getCause()));
                }
            }
        }
        return outcomes;
    }

    /** @return whether it became true within that time */
    static boolean await(BooleanSupplier condition, int seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    /** Waits until neither the focus nor these bridges hold anything. @return a sentence for each who does all the same */
    static List<String> leftovers(Deployment deployment, List<BridgeEmulator> running, int seconds) {
        boolean nothing = await(
                () -> deployment.focus().holdings().nothing()
                        && running.stream()
                                .allMatch(bridge -> bridge.books().conferences().isEmpty()),
                seconds);
        List<String> left = new ArrayList<>();
        if (nothing) {
            return left;
        }
        if (!deployment.focus().holdings().nothing()) {
            left.add("the focus still holds " + deployment.focus().holdings());
        }
        for (BridgeEmulator bridge : running) {
            if (!bridge.books().conferences().isEmpty()) {
                left.add(bridge.config().name() + " still holds "
                        + bridge.books().conferences().size() + " conferences with "
                        + bridge.books().endpoints() + " endpoints");
            }
        }
        return left;
    }

    /**
     * Adds up.
     *
     * @param more errors beside those of the outcomes
     */
    static DemoReport report(Deployment deployment, DemoOptions options, List<Outcome> outcomes, List<String> more) {
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
        int accepted =
                count(people.stream().filter(books -> books.accepted() > 0).count());
        int participants = options.rooms() * options.participants();
        List<String> errors = new ArrayList<>();
        outcomes.forEach(outcome -> errors.addAll(outcome.errors()));
        errors.addAll(more);
        if (conferences != options.rooms()) {
            errors.add(conferences + " conferences instead of " + options.rooms());
        }
        if (waits.size() != participants || accepted != participants) {
            errors.add(waits.size() + " invited and " + accepted + " accepted of " + participants);
        }
        return new DemoReport(
                options.mode().name().toLowerCase(Locale.ROOT),
                conferences,
                participants,
                waits.size(),
                accepted,
                people.stream().mapToLong(ClientBooks::sourcesTold).sum(),
                Percentiles.ofNanos(waits),
                deployment.bridges().stream().map(DemoMeasure::bridge).toList(),
                deployment.focus().holdings(),
                errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
    }

    private static int count(long value) {
        return Math.toIntExact(value);
    }

    static Bridge bridge(BridgeEmulator bridge) {
        return new Bridge(
                bridge.config().name(),
                bridge.config().region().orElse(""),
                bridge.books().peakEndpoints(),
                bridge.books().endpoints(),
                bridge.books().conferences().size());
    }

    /** A sentence for each bridge that refused something. */
    static List<String> refusals(Deployment deployment) {
        return deployment.bridges().stream()
                .filter(bridge -> bridge.refusals() > 0)
                .map(bridge -> bridge.config().name() + " refused " + bridge.refusals() + " requests")
                .toList();
    }
}
