package org.confocal.journal;

/**
 * What two processes know of each other in memory that they share: no method waits for a disk, so all work on one that is
 * full or hangs.
 */
public interface Fence {

    /** Nobody else is there. */
    Fence ALONE = new Fence() {
        @Override
        public boolean owned() {
            return true;
        }

        @Override
        public void valid(boolean valid) {}
    };

    /** Whether this process is still the one that acts. */
    boolean owned();

    /**
     * Whether that is certain just now, even where the server has given the stream to somebody else. False where it cannot be
     * found out; it is asked for then, so that a later call may know more. Does not wait.
     */
    default boolean certain() {
        return owned();
    }

    /** Tells a successor whether what this process has written is all that there is; where not, it begins empty. */
    void valid(boolean valid);
}
