package org.confocal;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import org.confocal.health.HealthServer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTP server of a process that waits. Tries to listen until it can: the process before this one may still do. */
final class WaitingPage implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);
    private static final long RETRY_MILLIS = 500;

    private final Supplier<HealthServer> make;
    private final Thread thread =
            Thread.ofPlatform().name("standby-http").daemon().unstarted(this::listen);

    // Under the lock of this.
    private Optional<HealthServer> server = Optional.empty();
    private boolean said;
    private boolean over;

    private WaitingPage(Supplier<HealthServer> make) {
        this.make = make;
    }

    /** @param make makes a server that is not started yet */
    static WaitingPage open(Supplier<HealthServer> make) {
        WaitingPage page = new WaitingPage(make);
        page.thread.start();
        return page;
    }

    private void listen() {
        try {
            while (!isDone()) {
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isDone() {
        if (over) {
            return true;
        }
        HealthServer fresh = make.get();
        try {
            fresh.start();
        } catch (IOException taken) {
            if (!said) {
                said = true;
                log.warn("HTTP is not answered yet while this process waits: {}", taken.getMessage());
            }
            return false;
        }
        server = Optional.of(fresh);
        log.info("HTTP on {}, which says that this process waits", fresh.address());
        return true;
    }

    @Override
    public synchronized void close() {
        over = true;
        thread.interrupt();
        server.ifPresent(HealthServer::close);
    }
}
