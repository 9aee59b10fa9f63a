package org.confocal.focus.conference;

import static org.confocal.focus.conference.InviteTable.Trigger.ACCEPT;
import static org.confocal.focus.conference.InviteTable.Trigger.ALLOCATED;
import static org.confocal.focus.conference.InviteTable.Trigger.BAD_ACCEPT;
import static org.confocal.focus.conference.InviteTable.Trigger.CHOSEN;
import static org.confocal.focus.conference.InviteTable.Trigger.FAILED;
import static org.confocal.focus.conference.InviteTable.Trigger.IDLE;
import static org.confocal.focus.conference.InviteTable.Trigger.INVITE;
import static org.confocal.focus.conference.InviteTable.Trigger.MOVE;
import static org.confocal.focus.conference.InviteTable.Trigger.NOT_SENT;
import static org.confocal.focus.conference.InviteTable.Trigger.NO_BRIDGE;
import static org.confocal.focus.conference.InviteTable.Trigger.POSTPONED;
import static org.confocal.focus.conference.InviteTable.Trigger.REFUSE;
import static org.confocal.focus.conference.InviteTable.Trigger.RESTART;
import static org.confocal.focus.conference.InviteTable.Trigger.SELECT;
import static org.confocal.focus.conference.InviteTable.Trigger.TERMINATE;
import static org.confocal.focus.conference.state.Invite.Phase.ACTIVE;
import static org.confocal.focus.conference.state.Invite.Phase.ALLOCATING;
import static org.confocal.focus.conference.state.Invite.Phase.CLOSED;
import static org.confocal.focus.conference.state.Invite.Phase.OFFERED;
import static org.confocal.focus.conference.state.Invite.Phase.QUEUED;
import static org.confocal.focus.conference.state.Invite.Phase.SELECTING;
import static org.confocal.focus.conference.state.Invite.Phase.UNSERVED;
import static org.confocal.focus.conference.state.Invite.Phase.WAITING;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.conference.state.Invite.Phase;

/**
 * The life of one participant's session, one row a line. A move without a row is a broken invariant, because triggers
 * from outside are looked at before they become a move.
 */
public final class InviteTable {

    /** What moves an invite. */
    public enum Trigger {
        /** Enough people, features known, and no session. */
        INVITE,
        /** Its turn came. */
        SELECT,
        /** The fleet has a bridge for it. */
        CHOSEN,
        /** The fleet has none. */
        NO_BRIDGE,
        /** Too many want a bridge at once. */
        POSTPONED,
        /** The bridge made an endpoint. */
        ALLOCATED,
        /** The bridge could not, and would not the next time either. */
        FAILED,
        /** The bridge could not be asked. */
        NOT_SENT,
        /** session-accept or transport-accept. */
        ACCEPT,
        /** An accept that cannot be accepted. */
        BAD_ACCEPT,
        /** The client answered session-initiate with an error. */
        REFUSE,
        /** session-terminate from the client. */
        TERMINATE,
        /** session-terminate from the client that asks for a new session. */
        RESTART,
        /** The focus takes it from its bridge. */
        MOVE,
        /** It was alone for too long. */
        IDLE
    }

    /** In {@code from}, on {@code trigger}: next is {@code to}. */
    public record Row(Phase from, Trigger trigger, Phase to) {}

    public static final List<Row> ROWS = List.of(
            new Row(WAITING, INVITE, QUEUED),
            new Row(UNSERVED, INVITE, QUEUED),
            new Row(CLOSED, INVITE, QUEUED),
            new Row(QUEUED, SELECT, SELECTING),
            new Row(SELECTING, CHOSEN, ALLOCATING),
            new Row(SELECTING, NO_BRIDGE, UNSERVED),
            new Row(SELECTING, POSTPONED, QUEUED),
            new Row(ALLOCATING, ALLOCATED, OFFERED),
            new Row(ALLOCATING, FAILED, CLOSED),
            new Row(ALLOCATING, NOT_SENT, UNSERVED),
            new Row(OFFERED, ACCEPT, ACTIVE),
            new Row(OFFERED, BAD_ACCEPT, CLOSED),
            new Row(OFFERED, REFUSE, CLOSED),
            // Without an endpoint only one can end a session that keeps it while it is moved.
            new Row(QUEUED, TERMINATE, CLOSED),
            new Row(UNSERVED, TERMINATE, CLOSED),
            new Row(ALLOCATING, TERMINATE, CLOSED),
            new Row(OFFERED, TERMINATE, CLOSED),
            new Row(ACTIVE, TERMINATE, CLOSED),
            new Row(OFFERED, RESTART, QUEUED),
            new Row(ACTIVE, RESTART, QUEUED),
            new Row(ALLOCATING, MOVE, QUEUED),
            new Row(OFFERED, MOVE, QUEUED),
            new Row(ACTIVE, MOVE, QUEUED),
            new Row(QUEUED, IDLE, CLOSED),
            new Row(UNSERVED, IDLE, CLOSED),
            new Row(ALLOCATING, IDLE, CLOSED),
            new Row(OFFERED, IDLE, CLOSED),
            new Row(ACTIVE, IDLE, CLOSED));

    private InviteTable() {}

    /** What comes next; empty where the table has no such row. */
    public static Optional<Phase> next(Phase from, Trigger trigger) {
        return ROWS.stream()
                .filter(row -> row.from() == from && row.trigger() == trigger)
                .map(Row::to)
                .findFirst();
    }

    static void check(Phase from, Trigger trigger, Phase to) {
        Optional<Phase> expected = next(from, trigger);
        if (!expected.equals(Optional.of(to))) {
            throw new IllegalStateException("%s on %s must become %s, not %s".formatted(from, trigger, expected, to));
        }
    }
}
