package org.confocal.xmpp.gateway;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one after the other in the order they came, without a thread of its own: whoever brings a task to an idle queue
 * runs it, and whatever others bring meanwhile. Nobody ever waits. What one task wrote the next one sees.
 */
final class SerialTasks implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(SerialTasks.class);

    private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();

    @Override
    public void execute(Runnable task) {
        queue.add(task);
        if (pending.getAndIncrement() > 0) {
            return;
        }
        do {
            Runnable next = queue.poll();
            if (next != null) {
                run(next);
            }
        } while (pending.decrementAndGet() > 0);
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            // Also after an error: whoever stopped here would leave the tasks behind it waiting for ever.
            LOG.error("A task failed, the next one goes on", e);
        }
    }
}
