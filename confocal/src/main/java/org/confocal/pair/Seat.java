package org.confocal.pair;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.confocal.journal.Acting;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the two places of a pair: one process after the other. Used by the pair's thread only. */
final class Seat {
    /** As a shell says of a command that cannot be started. */
    private static final int NOT_STARTED = 127;

    private static final int BY_SIGNAL = 128;
    private static final List<String> SPARE = List.of("--spare");
    private static final Logger log = LoggerFactory.getLogger(Pair.class);

    /** Is told of each end of a process but of those that were to be replaced. */
    interface Watcher {
        void ended(Seat seat, int exitCode);
    }

    private final String name;
    private final Command command;
    private final Waits waits;
    private final ScheduledExecutorService thread;
    private final LongSupplier newestEpoch;
    private final Watcher watcher;

    private Optional<Process> process = Optional.empty();
    private Optional<Future<?>> next = Optional.empty();
    private boolean replaced;
    private boolean stopped;
    private long begun;
    private long epochBefore;
    private Duration pause = Duration.ZERO;
    private int processes;

    /** @param newestEpoch of the journal, 0 where it is not known */
    Seat(
            String name,
            Command command,
            Waits waits,
            ScheduledExecutorService thread,
            LongSupplier newestEpoch,
            Watcher watcher) {
        this.name = name;
        this.command = command;
        this.waits = waits;
        this.thread = thread;
        this.newestEpoch = newestEpoch;
        this.watcher = watcher;
    }

    /** Starts a process that asks whoever acts to hand over. */
    void start() {
        start(List.of());
    }

    /** Starts one that waits, where there is none and none is to follow. */
    void startSpare() {
        if (process.isEmpty() && next.isEmpty()) {
            start(SPARE);
        }
    }

    /** Ends what is there, and then starts a process that asks whoever acts to hand over. */
    void replace() {
        next.ifPresent(pending -> pending.cancel(false));
        next = Optional.empty();
        if (process.isEmpty()) {
            start();
            return;
        }
        replaced = true;
        Process old = process.get();
        old.destroy();
        var unused = thread.schedule(old::destroyForcibly, waits.spareEnds().toMillis(), TimeUnit.MILLISECONDS);
    }

    private void start(List<String> options) {
        if (stopped) {
            return;
        }
        next = Optional.empty();
        processes++;
        begun = System.nanoTime();
        epochBefore = newestEpoch.getAsLong();
        try {
            Process started = command.start(options);
            process = Optional.of(started);
            var unused = started.onExit().thenAcceptAsync(this::ended, thread);
        } catch (IOException e) {
            log.error("Seat {}: {}", name, e.getMessage());
            thread.execute(() -> watcher.ended(this, NOT_STARTED));
        }
    }

    private void ended(Process old) {
        process = Optional.empty();
        int code = old.exitValue();
        log.info("Seat {}: process {} has ended with {}", name, old.pid(), describe(code));
        if (replaced && !stopped) {
            replaced = false;
            start();
        } else {
            watcher.ended(this, code);
        }
    }

    /** Starts one that waits, after a pause. */
    void follow() {
        pause = waits.pause(pause, Duration.ofNanos(System.nanoTime() - begun));
        log.info("Seat {}: a spare follows in {} s", name, pause.toMillis() / 1000.0);
        next = Optional.of(thread.schedule(() -> start(SPARE), pause.toMillis(), TimeUnit.MILLISECONDS));
    }

    /** Starts nothing any more. */
    Optional<Process> stop() {
        stopped = true;
        return process;
    }

    /** Gives up waiting for its process to do anything. */
    void kill() {
        process.ifPresent(Process::destroyForcibly);
    }

    /** Whether that is this seat's process. One with its pid in another container began its epoch earlier. */
    boolean has(Acting acting) {
        return acting.epoch() > epochBefore
                && process.filter(own -> own.pid() == acting.pid()).isPresent();
    }

    boolean isFirstProcess() {
        return processes == 1;
    }

    Optional<Process> process() {
        return process;
    }

    static String describe(int exitCode) {
        return exitCode > BY_SIGNAL
                ? "exit code " + exitCode + " (signal " + (exitCode - BY_SIGNAL) + ")"
                : "exit code " + exitCode;
    }
}
