package org.confocal.tests.sim;

import java.io.Serial;

/** Whether a process of the focus lives. Where it is to die in the middle of what it does, that is thrown through it. */
final class SimLife {
    private boolean alive = true;
    private int left;

    /** The process ends here and now: no code of the focus catches this. */
    static final class Killed extends Error {
        @Serial
        private static final long serialVersionUID = 1L;

        private Killed() {
            super("killed", null, false, false);
        }
    }

    boolean isAlive() {
        return alive;
    }

    /** It dies at the so-manieth point from now. */
    void dieAt(int point) {
        left = point;
    }

    /** It lives on, whatever was planned. */
    void spare() {
        left = 0;
    }

    /** It dies where nothing is being done. */
    void end() {
        alive = false;
    }

    /** Between any two things that the process does: it may end here. */
    void point() {
        if (!alive) {
            throw new Killed();
        }
        if (left > 0 && --left == 0) {
            alive = false;
            throw new Killed();
        }
    }

    /** Has the process do something; nothing happens where it is dead. */
    void enter(Runnable work) {
        if (!alive) {
            return;
        }
        try {
            work.run();
        } catch (Killed killed) {
            if (alive) {
                throw killed;
            }
        }
    }
}
