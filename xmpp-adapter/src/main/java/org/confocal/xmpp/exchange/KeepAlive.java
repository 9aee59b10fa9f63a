package org.confocal.xmpp.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.confocal.xmpp.IqReply;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.Jid;

/**
 * Pings the server (XEP-0199) and says when it is dead. Any answer is a sign of life, an error too. All on the connection's
 * thread.
 */
public final class KeepAlive {

    private final StanzaExchange exchange;
    private final ScheduledExecutorService thread;
    private final Jid target;
    private final Duration interval;
    private final Runnable onDead;
    private Optional<Future<?>> timer = Optional.empty();
    private long run;

    public KeepAlive(
            StanzaExchange exchange, ScheduledExecutorService thread, Jid target, Duration interval, Runnable onDead) {
        this.exchange = exchange;
        this.thread = thread;
        this.target = target;
        this.interval = interval;
        this.onDead = onDead;
    }

    public void start() {
        stop();
        schedule(run);
    }

    public void stop() {
        run++;
        timer.ifPresent(future -> future.cancel(false));
        timer = Optional.empty();
    }

    private void schedule(long ofRun) {
        try {
            timer = Optional.of(thread.schedule(() -> ping(ofRun), interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            timer = Optional.empty(); // closed meanwhile
        }
    }

    private void ping(long ofRun) {
        if (ofRun != run) {
            return;
        }
        exchange.request(new Ping(target), reply -> {
            if (ofRun != run) {
                return;
            }
            switch (reply) {
                case IqReply.Result result -> schedule(ofRun);
                case IqReply.Failed failed -> schedule(ofRun);
                case IqReply.NotSent notSent -> schedule(ofRun);
                case IqReply.ConnectionLost lost -> stop();
                case IqReply.TimedOut timedOut -> {
                    stop();
                    onDead.run();
                }
            }
        });
    }
}
