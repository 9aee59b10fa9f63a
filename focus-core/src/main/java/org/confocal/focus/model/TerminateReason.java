package org.confocal.focus.model;

/** Why the focus ends a session (spec/03, section 9): the Jingle reason and its text. */
public enum TerminateReason {
    /** Invited again elsewhere. */
    MOVING("success", "moving"),
    /** Alone for too long. */
    IDLE("expired", "Idle session timeout"),
    /** The offer was refused. */
    OFFER_FAILED("general-error", "jingle session failed");

    private final String reason;
    private final String text;

    TerminateReason(String reason, String text) {
        this.reason = reason;
        this.text = text;
    }

    public String reason() {
        return reason;
    }

    public String text() {
        return text;
    }
}
