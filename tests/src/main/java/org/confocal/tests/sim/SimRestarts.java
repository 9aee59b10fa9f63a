package org.confocal.tests.sim;

import java.time.Duration;
import org.confocal.focus.runtime.Focus.Farewell;

/**
 * Ends processes of the focus, at any point of what they do, and has the next one take up what was kept: while Prosody still
 * holds the streams, or too late for that.
 */
final class SimRestarts {
    private static final int LONGEST_GAP_MILLIS = 10_000;
    private static final int FURTHEST_POINT = 80;

    private final Schedule schedule;
    private final Chaos chaos;
    private final SimFocus focus;
    private final SimProsody prosody;
    private Farewell farewell = Farewell.DIED;
    private boolean down;
    private int successors;

    SimRestarts(SimProcess.Surroundings around, SimFocus focus, SimProsody prosody) {
        this.schedule = around.schedule();
        this.chaos = around.chaos();
        this.focus = focus;
        this.prosody = prosody;
    }

    /** Processes end now and then, until there is calm. */
    void misbehave() {
        schedule.in(chaos.millis(1_000, 15_000), "processes", () -> {
            if (chaos.isCalm()) {
                return;
            }
            if (!down) {
                end();
            }
            misbehave();
        });
    }

    private void end() {
        if (chaos.strikes(Fault.PROCESS_KILLED)) {
            if (chaos.chance(0.3)) {
                focus.process().life().end();
            } else {
                focus.process().life().dieAt(chaos.between(1, FURTHEST_POINT));
            }
        } else if (chaos.strikes(Fault.HANDED_OVER)) {
            focus.enter(process -> process.journal().flush());
            if (focus.isAlive()) {
                focus.process().life().end();
                farewell = Farewell.HANDED_OVER;
            }
        } else if (chaos.strikes(Fault.PROCESS_GONE_TOO_LONG)) {
            focus.process().life().end();
            died();
            prosody.giveUp();
        }
    }

    /** After every event: somebody notices that the process is no more. */
    void look() {
        if (!down && !focus.isAlive()) {
            died();
        }
    }

    private void died() {
        down = true;
        schedule.remember("the focus is gone: ", farewell);
        focus.died();
        prosody.hold();
        int successor = ++successors;
        int longest = farewell == Farewell.HANDED_OVER ? 100 : LONGEST_GAP_MILLIS;
        Duration gap = chaos.millis(0, longest);
        schedule.in(gap, "next process", () -> {
            if (down && successor == successors) {
                takeUp();
            }
        });
    }

    private void takeUp() {
        schedule.remember("the focus is taken up: ", farewell);
        boolean dies = chaos.strikes(Fault.PROCESS_KILLED_TAKING_UP);
        focus.begin(dies ? chaos.between(1, FURTHEST_POINT) : 0);
        if (!focus.isAlive()) {
            farewell = Farewell.DIED;
            died();
            return;
        }
        down = false;
        Farewell before = farewell;
        farewell = Farewell.DIED;
        if (!prosody.connect() && focus.isAlive()) {
            throw new Violation("a stream was not resumed, although nothing was lost");
        }
        focus.enter(process -> process.focus().goOn(before));
    }

    /** Nothing ends any more, and what ended is there again. */
    void heal() {
        focus.process().life().spare();
        if (down) {
            takeUp();
        }
    }
}
