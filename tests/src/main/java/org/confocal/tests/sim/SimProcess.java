package org.confocal.tests.sim;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.FocusEnvironment;
import org.confocal.strategy.RoomId;

/** One process of the real focus, from its inbox to its ports, on one thread and the simulation's clock. */
final class SimProcess {
    private final SimLife life = new SimLife();
    private final SimJournal journal;
    private final SimWorkers workers;
    private final SimPorts ports;
    private final MoveBudgets budgets;
    private final Focus focus;

    /**
     * What is there whatever becomes of a process.
     *
     * @param journal makes of a process' journal the one that it uses
     */
    record Surroundings(
            SimSetting setting,
            Schedule schedule,
            Chaos chaos,
            Map<RoomId, SimRoom> rooms,
            SimFleet fleet,
            SimStream stream,
            SimStream brewery,
            SimDisk disk,
            UnaryOperator<Journal> journal) {}

    /** Makes the kind of conferences that a process runs. */
    interface Conferences {
        SimModel in(SimJournal journal);
    }

    /** A process that has read what the one before it kept, and neither taken it up nor said a word. */
    SimProcess(Surroundings around, Conferences conferences) {
        journal = new SimJournal(around.disk(), life, around.schedule(), around.chaos());
        workers = new SimWorkers(around.chaos(), life);
        budgets = new MoveBudgets(around.setting().budget());
        Journal used = around.journal().apply(journal);
        ports = new SimPorts(around, budgets, life, used);
        SimTime time = new SimTime(around.schedule(), life);
        SplittableRandom seeds = new SplittableRandom(around.chaos().number());
        focus = new Focus(
                around.setting().focus(),
                conferences.in(journal),
                ports.all(),
                new FocusEnvironment(time, workers, time, seeds, used));
        ports.attach(focus);
    }

    SimLife life() {
        return life;
    }

    SimJournal journal() {
        return journal;
    }

    SimPorts ports() {
        return ports;
    }

    MoveBudgets budgets() {
        return budgets;
    }

    Focus focus() {
        return focus;
    }

    /** Works off what there is. */
    void work() {
        workers.work();
    }
}
