package org.confocal.xmpp.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.focus.serial.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order they came, without a thread of its own: whoever brings a task to an idle queue
 * runs it, and whatever others bring meanwhile. Nobody ever waits. What one task wrote the next one sees. A task's
 * {@link Receipt} is held until it has run.
 *
 * <p>The journal's change is not: what is brought within a change while another thread is at work here belongs to no change,
 * or to another. Should the process die between the two, then the core believes that a presence was shown or a room left of
 * which nothing was sent. A room that was to be entered is entered by the next process; the others stay as they are until the
 * core's next word.
 */
final class SerialTasks implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    private record Waiting(Runnable task, Receipt receipt) {}

    @Override
    public void execute(Runnable task) {
        queue.add(new Waiting(task, Receipt.current().retain()));
        if (pending.getAndIncrement() > 0) {
            return;
        }
        do {
            Waiting next = queue.poll();
            if (next != null) {
                run(next);
            }
        } while (pending.decrementAndGet() > 0);
    }

    private static void run(Waiting next) {
        try {
            next.receipt().during(next.task());
        } catch (RuntimeException | Error e) {
            // Also after an error: whoever stopped here would leave the tasks behind it waiting for ever.
            LOG.error("A task failed, the next one goes on", e);
        } finally {
            next.receipt().release();
        }
    }
}
