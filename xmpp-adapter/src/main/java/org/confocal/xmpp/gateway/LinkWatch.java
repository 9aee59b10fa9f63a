package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.function.Supplier;
import org.confocal.xmpp.StateListener;

/**
 * Tells a stream that is lost from one that only stopped for a while: lost is what was not resumed within a time (XEP-0198),
 * or what came back fresh. Runs on the connection's thread and on the timers', in one queue.
 *
 * <p>What it tells holds no receipt and is in no journal: a process that goes on from another begins with a stream that was
 * up and is away, and finds out the same again.
 */
final class LinkWatch implements StateListener {
    private final Supplier<Duration> resumeGrace;
    private final Timers timers;
    private final Events events;
    private final SerialTasks tasks = new SerialTasks();

    // All below is only touched in the queue.
    private boolean up;
    private long outage;
    private Timers.Timer timer = () -> {};

    /** What became of the stream. Never two of a kind in a row, except {@code resumed}. */
    interface Events {
        void connected();

        void resumed();

        void lost();
    }

    /** @param resumeGrace how long a stream that is lost now may be away; zero where it cannot be resumed */
    LinkWatch(Supplier<Duration> resumeGrace, Timers timers, Events events) {
        this.resumeGrace = resumeGrace;
        this.timers = timers;
        this.events = events;
    }

    /** There was a stream in the process before this one: it is resumed within this time, or lost. */
    void restore(Duration within) {
        tasks.execute(() -> {
            up = true;
            await(within);
        });
    }

    @Override
    public void onState(ConnectionState state) {
        tasks.execute(() -> {
            timer.cancel();
            outage++;
            switch (state) {
                case CONNECTED -> {
                    lose();
                    up = true;
                    events.connected();
                }
                case RESUMED -> resume();
                case DISCONNECTED -> disconnect();
            }
        });
    }

    private void resume() {
        if (up) {
            events.resumed();
        } else {
            // It came back after it was given up: everybody has been told that the rooms are gone.
            up = true;
            events.connected();
        }
    }

    private void disconnect() {
        Duration grace = resumeGrace.get();
        if (grace.isPositive()) {
            await(grace);
        } else {
            lose();
        }
    }

    private void await(Duration grace) {
        long now = outage;
        timer = timers.start(
                grace,
                () -> tasks.execute(() -> {
                    if (outage == now) {
                        lose();
                    }
                }));
    }

    private void lose() {
        if (up) {
            up = false;
            events.lost();
        }
    }
}
