package org.confocal.xmpp.gateway;

import java.time.Duration;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.XmppConnection;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.jxmpp.jid.Jid;

/**
 * Asks a room every {@link #INTERVAL} whether the focus is still in it, by a ping to its own occupant (XEP-0410). A room that
 * was restarted or forgot an occupant says so in no other way. All in the queue that it is given. A question that its
 * process does not outlive is lost without harm: the next process asks when the stream is resumed.
 */
final class SelfPing {
    /** A thousand rooms make 67 questions a second. */
    static final Duration INTERVAL = Duration.ofSeconds(15);

    private final XmppConnection connection;
    private final Timers timers;
    private final SerialTasks tasks;
    private final Runnable forgotten;
    private Timers.Timer timer = () -> {};
    private Runnable question = () -> {};
    private long run;

    /** @param forgotten called in the queue when the room does not know the focus any more; it is not asked again then */
    SelfPing(XmppConnection connection, Timers timers, SerialTasks tasks, Runnable forgotten) {
        this.connection = connection;
        this.timers = timers;
        this.tasks = tasks;
        this.forgotten = forgotten;
    }

    /** The focus is in the room, under that address. */
    void start(Jid self) {
        stop();
        long mine = run;
        question = () -> ask(self, mine);
        waitForNext(mine);
    }

    /** The focus is not, or need not be, in the room. */
    void stop() {
        run++;
        timer.cancel();
        timer = () -> {};
        question = () -> {};
    }

    /** Asks at once, where it is asked at all. */
    void ask() {
        question.run();
    }

    private void ask(Jid self, long mine) {
        waitForNext(mine);
        connection.request(
                new Ping(self),
                reply -> tasks.execute(() -> {
                    // No answer says nothing about the room; the next question will.
                    if (run == mine && reply instanceof IqReply.Failed) {
                        stop();
                        forgotten.run();
                    }
                }));
    }

    private void waitForNext(long mine) {
        timer.cancel();
        timer = timers.start(
                INTERVAL,
                () -> tasks.execute(() -> {
                    if (run == mine) {
                        question.run();
                    }
                }));
    }
}
