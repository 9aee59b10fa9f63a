package org.confocal.tests.demo;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes people come, go and change their sources at a steady rate, whether they are answered or not. One thread decides, a
 * virtual thread each carries it out. What it is late with for more than a second it leaves out.
 */
final class Traffic implements AutoCloseable {
    private static final long LATEST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final List<HandoverRoom> rooms;
    private final TrafficPlan plan;
    private final long intervalNanos;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong leftOut = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Thread thread = Thread.ofVirtual().name("traffic").unstarted(this::run);
    private final long started = System.nanoTime();

    private Traffic(List<HandoverRoom> rooms, double perSecond, SplittableRandom random) {
        this.rooms = List.copyOf(rooms);
        this.plan = new TrafficPlan(random);
        this.intervalNanos = Math.round(TimeUnit.SECONDS.toNanos(1) / perSecond);
    }

    static Traffic start(List<HandoverRoom> rooms, double perSecond, SplittableRandom random) {
        Traffic traffic = new Traffic(rooms, perSecond, random);
        traffic.thread.start();
        return traffic;
    }

    /**
     * What it has done.
     *
     * @param leftOut as it was late, or nobody could do anything
     */
    record Amount(long steps, double perSecond, long leftOut) {}

    Amount amount() {
        double seconds = (System.nanoTime() - started) / 1e9;
        return new Amount(done.get(), Math.round(10 * done.get() / seconds) / 10.0, leftOut.get());
    }

    private void run() {
        long next = System.nanoTime();
        while (!ended.get()) {
            long wait = next - System.nanoTime();
            if (wait > 0) {
                LockSupport.parkNanos(wait);
                continue;
            }
            next += intervalNanos;
            if (wait < -LATEST_NANOS) {
                leftOut.incrementAndGet();
            } else {
                step();
            }
        }
    }

    private void step() {
        plan.next(rooms.stream().map(HandoverRoom::view).toList())
                .flatMap(step -> rooms.get(step.room()).begin(step.act()))
                .ifPresentOrElse(
                        work -> {
                            done.incrementAndGet();
                            workers.execute(work);
                        },
                        leftOut::incrementAndGet);
    }

    /** Begins nothing more, and waits until what was begun is done. */
    @Override
    public void close() {
        ended.set(true);
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        workers.close();
    }
}
