package org.confocal.journal;

/**
 * A process that is to act, as {@link Succession} deals with it.
 *
 * @param manner what it does where another process of this machine acts
 * @param warmUp what it does meanwhile so that nobody waits for it later
 * @param waits called where it has to wait for its turn, perhaps for weeks; again where it has to wait for another process. Short, on
 *     the thread that waits
 * @param onLost called once, on the journal's thread, when another process has taken over without asking: this one must end
 *     without a word
 */
public record Candidate(Manner manner, WarmUp warmUp, Runnable waits, Runnable onLost) {

    /** What a process does where another one of its machine acts. */
    public enum Manner {
        /** Asks it to let go, and takes its place even where it does not answer. */
        ASKS,
        /** Is a spare: waits until that one has ended, however it ends. */
        WAITS
    }

    /** One that asks, and has nothing to do where another machine acts. */
    public static Candidate asking(WarmUp warmUp, Runnable onLost) {
        return new Candidate(Manner.ASKS, warmUp, () -> {}, onLost);
    }
}
