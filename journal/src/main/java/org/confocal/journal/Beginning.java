package org.confocal.journal;

/** How this process came to be the one that acts. */
public enum Beginning {
    /** There was none before. */
    FRESH,
    /** The last one has ended. */
    AFTER_END,
    /** The last one was asked and let go. */
    HANDED_OVER,
    /** The last one is there but does not answer; it will find that it is no longer the one. */
    FENCED
}
