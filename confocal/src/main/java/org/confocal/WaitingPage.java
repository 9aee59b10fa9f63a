package org.confocal;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.confocal.health.HealthServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a process that waits: where the address is free, since the one that acts is elsewhere. It gives way to
 * whoever begins to act. Any thread; what listens and binds is a thread of its own.
 */
final class WaitingPage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Supplier<HealthServer> make;
    private final Duration patience;
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("standby-http").daemon().factory());
    private volatile boolean waiting;

    // Of that thread.
    private Optional<HealthServer> server = Optional.empty();
    private long round;
    private boolean said;

    /**
     * Does nothing yet.
     *
     * @param make makes a server that is not started yet
     * @param patience how long whoever acts has for listening there itself, before this does; it then tries once a second
     */
    WaitingPage(Supplier<HealthServer> make, Duration patience) {
        this.make = make;
        this.patience = patience;
    }

    /** Another process acts: the address is left to it, if it wants that. */
    void waits() {
        waiting = true;
        thread.execute(() -> {
            stop();
            long mine = ++round;
            listenAfter(patience, mine);
        });
    }

    /** Whether another process acts. */
    boolean isWaiting() {
        return waiting;
    }

    private void listenAfter(Duration wait, long mine) {
        var unused = thread.schedule(() -> listen(mine), wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void listen(long mine) {
        if (mine != round) {
            return;
        }
        HealthServer fresh = make.get();
        try {
            fresh.start();
            server = Optional.of(fresh);
            log.info("HTTP on {}, which says that this process waits", fresh.address());
        } catch (IOException taken) {
            if (!said) {
                said = true;
                log.info("HTTP is left to another process while this one waits: {}", taken.getMessage());
            }
            listenAfter(RETRY, mine);
        }
    }

    private void stop() {
        server.ifPresent(HealthServer::close);
        server = Optional.empty();
    }

    /** It is this process' turn, or the end: the address is free, unless its server does not stop in time. */
    @Override
    public void close() {
        waiting = false;
        if (thread.isShutdown()) {
            return;
        }
        Future<?> stopped = thread.submit(this::stop);
        try {
            stopped.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            log.warn("The page of a process that waits did not end: {}", e.toString());
        }
        thread.shutdownNow();
    }
}
