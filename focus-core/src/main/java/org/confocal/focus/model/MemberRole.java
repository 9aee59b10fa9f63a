package org.confocal.focus.model;

/** What a member may do, from its MUC affiliation and role (spec/02, section 8). */
public enum MemberRole {
    OWNER,
    MODERATOR,
    PARTICIPANT,
    VISITOR;

    /** Whether this one may act on others. */
    public boolean moderates() {
        return this == OWNER || this == MODERATOR;
    }
}
