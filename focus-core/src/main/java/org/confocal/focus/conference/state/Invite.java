package org.confocal.focus.conference.state;

import java.time.Instant;
import java.util.Optional;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;

/** How far the session with one participant is. {@code InviteTable} says which follows which. */
public sealed interface Invite {

    Phase phase();

    /** The names of the states, for tables and logs. */
    enum Phase {
        WAITING,
        QUEUED,
        SELECTING,
        UNSERVED,
        ALLOCATING,
        OFFERED,
        ACTIVE,
        CLOSED
    }

    /** Where its endpoint is; empty where there is none. */
    default Optional<Allocation> allocation() {
        return Optional.empty();
    }

    /** Its Jingle session; empty where there is none. */
    default Optional<Session> session() {
        return Optional.empty();
    }

    /** Not yet: its features are unknown, or too few are here. */
    record Waiting() implements Invite {
        @Override
        public Phase phase() {
            return Phase.WAITING;
        }
    }

    /**
     * Its turn comes.
     *
     * @param notBefore when it may be taken from the queue
     * @param pace whether it still has to be granted a turn by the fleet then
     * @param planned the bridge that it is moved to, if it still can be taken then
     */
    record Queued(Instant notBefore, Pace pace, Optional<BridgeId> planned) implements Invite {
        /** Where no bridge is planned. */
        public Queued(Instant notBefore, Pace pace) {
            this(notBefore, pace, Optional.empty());
        }

        @Override
        public Phase phase() {
            return Phase.QUEUED;
        }
    }

    /** A bridge is being chosen. */
    record Selecting(RequestId request) implements Invite {
        @Override
        public Phase phase() {
            return Phase.SELECTING;
        }
    }

    /** There was no bridge for it; the next one that appears takes it. */
    record Unserved() implements Invite {
        @Override
        public Phase phase() {
            return Phase.UNSERVED;
        }
    }

    /** The bridge was asked for an endpoint. */
    record Allocating(RequestId request, Allocation where) implements Invite {
        @Override
        public Phase phase() {
            return Phase.ALLOCATING;
        }

        @Override
        public Optional<Allocation> allocation() {
            return Optional.of(where);
        }
    }

    /** session-initiate was sent. */
    record Offered(Allocation where, Session jingle) implements Invite {
        @Override
        public Phase phase() {
            return Phase.OFFERED;
        }

        @Override
        public Optional<Allocation> allocation() {
            return Optional.of(where);
        }

        @Override
        public Optional<Session> session() {
            return Optional.of(jingle);
        }
    }

    /** session-accept was received. */
    record Active(Allocation where, Session jingle) implements Invite {
        @Override
        public Phase phase() {
            return Phase.ACTIVE;
        }

        @Override
        public Optional<Allocation> allocation() {
            return Optional.of(where);
        }

        @Override
        public Optional<Session> session() {
            return Optional.of(jingle);
        }
    }

    /** In the room without a session. */
    record Closed(Closing why) implements Invite {
        @Override
        public Phase phase() {
            return Phase.CLOSED;
        }
    }

    /** Why somebody has no session. */
    enum Closing {
        /** The client ended it. */
        TERMINATED,
        /** The client answered the offer with an error. */
        OFFER_REFUSED,
        /** The client's session-accept could not be accepted. */
        ACCEPT_REFUSED,
        /** The bridge could not do it, and asking again would not help. Tried again when a bridge appears. */
        ALLOCATION_FAILED,
        /** It was alone for too long. Invited anew when somebody comes. */
        IDLE
    }
}
