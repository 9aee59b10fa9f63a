package org.confocal.focus.conference.state;

/** Whether somebody's turn is taken from the budget of those who lost their session. */
public enum Pace {
    /** Newcomers, those whose turn has been granted, and those whom the fleet itself moves. */
    FREE,
    /** The bridge or the way to it failed: there is no media until there is a new session. */
    URGENT
}
