package org.confocal.tests.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * The focus' pool of threads, on one thread: what is handed in within one event is run at its end, in an order that the seed
 * decides. A mailbox keeps the order of what is in it; which mailbox is worked off first is what a real pool leaves open, too.
 */
final class SimWorkers implements Executor {
    private final Chaos chaos;
    private final SimLife life;
    private final List<Runnable> waiting = new ArrayList<>();

    SimWorkers(Chaos chaos, SimLife life) {
        this.chaos = chaos;
        this.life = life;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    /** Runs until nobody has anything to do. */
    void work() {
        while (!waiting.isEmpty() && life.isAlive()) {
            int next = waiting.size() == 1 ? 0 : chaos.between(0, waiting.size() - 1);
            life.enter(waiting.remove(next));
        }
    }
}
