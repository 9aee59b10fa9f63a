package org.confocal.pair;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.confocal.journal.Acting;
import org.confocal.journal.Succession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Two processes over one journal. The first takes over from whoever acts; when it acts, the second is started as its spare, so
 * that two young ones do not compete for the processor. Whoever ends is followed by a spare, as then the other one acts.
 *
 * <p>What happens to it happens one after the other, on one thread; so does what {@link #reload} asks for.
 */
final class Pair implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Pair.class);

    private final Path journal;
    private final Waits waits;
    private final Seat one;
    private final Seat two;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("pair").daemon().factory());
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    // Of the thread.
    private Optional<Acting> seen = Optional.empty();
    private long seenSince;
    private boolean acted;
    private boolean stopping;
    private Optional<Reload> reload = Optional.empty();
    private Optional<PairSocket> socket = Optional.empty();

    /** A new process that is to act. */
    private record Reload(Seat seat, CompletableFuture<String> answer) {}

    /** @param journal its directory */
    Pair(Command command, Path journal, Waits waits) {
        this.journal = journal;
        this.waits = waits;
        this.one = new Seat("one", command, waits, thread, this::newestEpoch, this::ended);
        this.two = new Seat("two", command, waits, thread, this::newestEpoch, this::ended);
    }

    /**
     * Keeps the two, until {@link #close} or for ever.
     *
     * @return the exit code of the first process, where that was of no use
     */
    int keep() throws InterruptedException {
        thread.execute(one::start);
        var unused = thread.scheduleWithFixedDelay(
                this::look, waits.look().toMillis(), waits.look().toMillis(), TimeUnit.MILLISECONDS);
        try {
            return end.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void look() {
        if (stopping || (acted && reload.isEmpty())) {
            return;
        }
        Optional<Acting> now = newest();
        if (!now.equals(seen)) {
            seen = now;
            seenSince = System.nanoTime();
        }
        if (System.nanoTime() - seenSince >= waits.settled().toNanos()) {
            now.flatMap(this::seatOf).ifPresent(this::acts);
        }
    }

    private void acts(Seat seat) {
        if (!acted) {
            acted = true;
            socket = Optional.of(PairSocket.open(journal, this::reload));
            other(seat).startSpare();
        }
        reload.filter(asked -> asked.seat() == seat)
                .ifPresent(asked -> over(
                        asked,
                        "OK a new process acts, " + seat.process().orElseThrow().pid()));
    }

    private void ended(Seat seat, int code) {
        if (stopping) {
            return;
        }
        if (!acted && seat == one && seat.isFirstProcess() && (code == 1 || code == 2)) {
            // Whoever has started the pair decides whether to try that again.
            end.complete(code);
            return;
        }
        reload.filter(asked -> asked.seat() == seat)
                .ifPresent(asked ->
                        over(asked, "NO the new process has ended with " + Seat.describe(code) + "; its log says why"));
        seat.follow();
    }

    /**
     * Goes over to a new process, with the configuration and the jars of now.
     *
     * @return OK or NO, and a sentence
     */
    CompletableFuture<String> reload() {
        CompletableFuture<String> answer = new CompletableFuture<>();
        thread.execute(() -> reload(answer));
        return answer;
    }

    private void reload(CompletableFuture<String> answer) {
        Optional<Seat> acting = newest().flatMap(this::seatOf);
        if (reload.isPresent()) {
            answer.complete("NO another reload is under way");
        } else if (stopping || acting.isEmpty()) {
            answer.complete("NO no process of this pair acts");
        } else {
            Reload asked = new Reload(other(acting.get()), answer);
            reload = Optional.of(asked);
            asked.seat().replace();
            var unused = thread.schedule(() -> tooLong(asked), waits.reload().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void tooLong(Reload asked) {
        if (reload.filter(asked::equals).isPresent()) {
            over(
                    asked,
                    "NO the new process did not act within " + waits.reload().toSeconds() + " s");
            asked.seat().kill();
        }
    }

    private void over(Reload asked, String answer) {
        log.info("Reload: {}", answer);
        reload = Optional.empty();
        asked.answer().complete(answer);
    }

    /** Ends all: first the one that does not act, as it would go on for the other one. For the thread of a shutdown hook. */
    @Override
    public void close() {
        long until = System.nanoTime() + waits.allEnd().toNanos();
        try {
            List<Process> last = thread.submit(this::stop).get(waits.allEnd().toMillis(), TimeUnit.MILLISECONDS);
            for (Process process : last) {
                process.destroy();
                if (!process.equals(last.getLast())) {
                    process.waitFor(waits.spareEnds().toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            for (Process process : last) {
                if (!process.waitFor(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                    log.warn("Process {} does not end and is killed", process.pid());
                    process.destroyForcibly();
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            // They find that this process is gone, and leave.
            log.warn("The processes of this pair are left to themselves: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The one that acts last. */
    private List<Process> stop() {
        stopping = true;
        socket.ifPresent(PairSocket::close);
        reload.ifPresent(asked -> over(asked, "NO the pair ends"));
        Seat acting = newest().flatMap(this::seatOf).orElse(one);
        List<Process> processes = new ArrayList<>();
        other(acting).stop().ifPresent(processes::add);
        acting.stop().ifPresent(processes::add);
        return processes;
    }

    private Seat other(Seat seat) {
        return seat == one ? two : one;
    }

    private Optional<Seat> seatOf(Acting acting) {
        return Stream.of(one, two).filter(seat -> seat.has(acting)).findFirst();
    }

    private long newestEpoch() {
        return newest().map(Acting::epoch).orElse(0L);
    }

    private Optional<Acting> newest() {
        try {
            return Succession.acting(journal);
        } catch (IOException | UncheckedIOException e) {
            log.debug("Who acts cannot be read", e);
            return Optional.empty();
        }
    }
}
