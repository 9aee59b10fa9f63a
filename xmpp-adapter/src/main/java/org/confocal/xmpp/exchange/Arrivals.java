package org.confocal.xmpp.exchange;

import java.util.ArrayDeque;

/** Inbound stanzas of one stream by number, until they are settled. Guarded by the ledger's lock. */
final class Arrivals {

    /** One stanza on its way through the focus. */
    static final class Arrival {
        private final long number;
        private boolean settled;

        Arrival(long number) {
            this.number = number;
        }

        /** The same when the stanza comes again, and never that of another, on this stream or a later one. */
        long number() {
            return number;
        }
    }

    private final ArrayDeque<Arrival> unsettled = new ArrayDeque<>();
    private final int bound;
    private final long base;
    private long settled;
    private long kept;
    private boolean keeping;
    private long asked;
    private int repeats;

    /** @param number of the last stanza that is settled and kept */
    Arrivals(long base, long number, int bound) {
        this.base = base;
        this.settled = number;
        this.kept = number;
        this.asked = number;
        this.bound = bound;
    }

    /** Whether the server sends the next stanza a second time; told once for each. */
    boolean isRepeat() {
        if (repeats == 0) {
            return false;
        }
        repeats--;
        return true;
    }

    Arrival arrived() {
        Arrival arrival = new Arrival(settled + unsettled.size() + 1);
        unsettled.add(arrival);
        return arrival;
    }

    boolean tooMany() {
        return unsettled.size() > bound;
    }

    /** The oldest is taken for settled. */
    void giveUpOldest() {
        settle(unsettled.getFirst());
    }

    /** All that came before is settled up to a higher number than before: true. */
    boolean settle(Arrival arrival) {
        arrival.settled = true;
        long before = settled;
        while (!unsettled.isEmpty() && unsettled.getFirst().settled) {
            unsettled.removeFirst();
            settled++;
        }
        return settled > before;
    }

    /** Whether it is now up to the caller to have {@link #settled} kept. */
    boolean beginKeeping() {
        if (keeping || settled == kept) {
            return false;
        }
        keeping = true;
        return true;
    }

    /** Returns whether the caller has to go on: more was settled meanwhile. */
    boolean endKeeping(long number) {
        kept = number;
        keeping = settled > kept;
        return keeping;
    }

    long settled() {
        return settled;
    }

    /** The number of the last stanza that came in. */
    long last() {
        return settled + unsettled.size();
    }

    /** How many stanzas of this stream may be acknowledged. */
    long acknowledgeable() {
        return kept - base;
    }

    boolean isAllKept() {
        return unsettled.isEmpty() && settled == kept;
    }

    /** How many stanzas the server is told that we have; it will send again what is above. */
    long resume() {
        asked = kept;
        return kept - base;
    }

    /** The server sends again from there: what is at work here already is not taken twice. */
    void resumed() {
        repeats = Math.toIntExact(last() - asked);
    }
}
