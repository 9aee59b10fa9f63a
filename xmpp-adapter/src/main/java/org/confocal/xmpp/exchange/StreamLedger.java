package org.confocal.xmpp.exchange;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.serial.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The books of one stream whose stanzas are counted on both sides (XEP-0198): what came in and is settled, what went out and
 * is not acknowledged, and which stream that is. All of it is in the journal, so that a successor process can go on with the
 * stream. Any thread.
 *
 * <p>A stanza leaves when it and all before it are kept, on one stream once and in order. A stanza that came in may be
 * acknowledged when all that it and those before it brought about is kept; whoever holds a {@link Receipt} therefore lets go
 * of it after the change that the work was done in.
 *
 * <p>Locks are taken in the order of journal, ledger; nothing is called with the ledger's lock held but {@link Journal#put},
 * {@link Journal#remove} and {@link Output#write}.
 */
public final class StreamLedger {

    /** Stanzas that are unacknowledged; beyond it the stream is given up, as a stream with a hole would be worse. */
    public static final int MAX_OUT = 20_000;
    /** The same in characters. */
    public static final int MAX_OUT_CHARACTERS = 64 << 20;
    /**
     * Stanzas that came in after one that is not settled. Beyond it that one counts as settled, with a line in the log: the
     * server would run out of room to hold what is unacknowledged, and the stream be lost with everything.
     */
    public static final int MAX_IN = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(StreamLedger.class);
    private static final long WIRE = 0xFFFF_FFFFL; // XEP-0198, section 4: counts wrap at 2^32

    /**
     * What a stream is resumed with.
     *
     * @param id of the server's for the stream
     * @param location where to connect for a resumption, as {@code host:port}; empty for where it was opened
     * @param address full JID of the focus on this stream
     * @param hold how long the server holds the stream when the connection is gone; zero where it does not say
     */
    public record Terms(String id, String location, String address, Duration hold) {}

    /** Where stanzas leave. */
    public interface Output {
        /** Enqueues the text; must return at once. Where {@code onFailure} is called, it has not left. */
        void write(String text, Runnable onFailure);
    }

    /** Told with no lock held, on any thread; must return at once. */
    public interface Listener {
        /** {@link StreamLedger#acknowledgeable} has grown. */
        void moreToAcknowledge();

        /** The books are closed as by {@link StreamLedger#end}; the stream must be ended, and begun anew. */
        void givenUp(String why);
    }

    private static final class Entry {
        private final long number;
        private final String text;
        private final Runnable onFailure;
        private boolean kept;

        Entry(long number, String text, Runnable onFailure) {
            this.number = number;
            this.text = text;
            this.onFailure = onFailure;
        }
    }

    /** What the stream is. */
    private enum Mode {
        /** There is none, and none to resume. */
        NONE,
        /** It cannot be resumed: nothing of it is in the journal. */
        UNCOUNTED,
        COUNTED
    }

    private final Journal journal;
    private final Listener listener;
    private final LedgerRecords records;
    private final LogBudget log = new LogBudget(5);
    private final ReentrantLock lock = new ReentrantLock();

    // Guarded by the lock.
    private final ArrayDeque<Entry> written = new ArrayDeque<>();
    private final ArrayDeque<Entry> waiting = new ArrayDeque<>();
    private final List<Runnable> onSettled = new ArrayList<>();
    private Set<String> leftKeys;
    private Mode mode = Mode.NONE;
    private Optional<Terms> terms = Optional.empty();
    private Optional<Output> output = Optional.empty();
    private Arrivals arrivals = new Arrivals(0, 0, MAX_IN);
    private long outBase;
    private long sent;
    private long acked;
    private long characters;

    /**
     * With what the last process left, if it can be read.
     *
     * @param name of the stream in the journal
     */
    public StreamLedger(String name, Journal journal, Listener listener) {
        this.journal = journal;
        this.listener = listener;
        this.records = new LedgerRecords(name);
        var inherited = journal.inherited();
        this.leftKeys = new TreeSet<>(records.of(inherited).keySet());
        records.read(inherited).ifPresent(left -> journal.change(() -> restore(left)));
    }

    private void restore(LedgerRecords.Left left) {
        mode = Mode.COUNTED;
        terms = Optional.of(left.opening().terms());
        arrivals = new Arrivals(left.opening().inBase(), left.in(), MAX_IN);
        outBase = left.opening().outBase();
        acked = left.acked();
        sent = acked;
        left.written().forEach(text -> written.add(inherited(text)));
        left.unwritten().forEach(text -> {
            Entry entry = inherited(text);
            waiting.add(entry);
            journal.put(records.out(entry.number), () -> text.getBytes(StandardCharsets.UTF_8));
        });
        // Where a stanza was not kept, those after it have moved up; what is above is of the time before.
        leftKeys.stream().filter(key -> key.compareTo(records.out(sent)) > 0).forEach(journal::remove);
    }

    private Entry inherited(String text) {
        Entry entry = new Entry(++sent, text, () -> {});
        entry.kept = true;
        characters += text.length();
        return entry;
    }

    // --- the stream ---

    /** The stream that can be resumed: this process', or the one that the last process left. */
    public Optional<Terms> terms() {
        return locked(() -> terms);
    }

    /** A fresh stream. What was not sent on the one before is lost; its records are removed. */
    public void begin(Terms fresh, Output to) {
        open(Mode.COUNTED, Optional.of(fresh), Optional.of(to));
    }

    /** A fresh stream that the server does not count on. */
    public void beginUncounted(Output to) {
        open(Mode.UNCOUNTED, Optional.empty(), Optional.of(to));
    }

    /** There is no stream, and none to resume. What was not sent is lost; nothing is left in the journal. */
    public void end() {
        open(Mode.NONE, Optional.empty(), Optional.empty());
    }

    /** The connection is gone. What is sent waits, where the stream can be resumed; else this is its end. */
    public void interrupt() {
        boolean over = locked(() -> {
            output = Optional.empty();
            return mode == Mode.UNCOUNTED;
        });
        if (over) {
            end();
        }
    }

    /** How many stanzas the server is told that came in, modulo 2^32, in a request to resume the stream. */
    public long resume() {
        return locked(() -> arrivals.resume() & WIRE);
    }

    /**
     * The server goes on with the stream; it is sent what it has not got.
     *
     * @param count of stanzas that the server has got, modulo 2^32
     * @return false where that cannot be: the stream is lost, and the books are to be closed
     */
    public boolean resumed(long count, Output to) {
        if (!acknowledged(count)) {
            return false;
        }
        return locked(() -> {
            while (!written.isEmpty()) {
                waiting.addFirst(written.removeLast());
            }
            arrivals.resumed();
            output = Optional.of(to);
            release();
            return true;
        });
    }

    private void open(Mode next, Optional<Terms> fresh, Optional<Output> to) {
        List<Runnable> failed = new ArrayList<>();
        List<Runnable> settled = new ArrayList<>();
        journal.change(() -> {
            lock.lock();
            try {
                close(failed, settled);
                mode = next;
                terms = fresh;
                output = to;
                fresh.ifPresent(this::record);
            } finally {
                lock.unlock();
            }
        });
        settled.forEach(Runnable::run);
        failed.forEach(Runnable::run);
    }

    private void close(List<Runnable> failed, List<Runnable> settled) {
        if (mode == Mode.COUNTED) {
            journal.remove(records.id());
            journal.remove(records.in());
            journal.remove(records.acked());
        }
        leftKeys.forEach(journal::remove);
        leftKeys = Set.of();
        written.forEach(entry -> journal.remove(records.out(entry.number)));
        waiting.forEach(entry -> journal.remove(records.out(entry.number)));
        waiting.forEach(entry -> failed.add(entry.onFailure));
        written.clear();
        waiting.clear();
        settled.addAll(onSettled);
        onSettled.clear();
        characters = 0;
        outBase = sent;
        acked = sent;
        arrivals = new Arrivals(arrivals.last(), arrivals.last(), MAX_IN);
    }

    private void record(Terms fresh) {
        byte[] opening = LedgerRecords.opening(new LedgerRecords.Opening(fresh, arrivals.settled(), outBase));
        byte[] in = LedgerRecords.number(arrivals.settled());
        byte[] out = LedgerRecords.number(outBase);
        journal.put(records.id(), () -> opening);
        journal.put(records.in(), () -> in);
        journal.put(records.acked(), () -> out);
    }

    // --- inbound ---

    /** Handles the next stanza of the stream on this thread. Call on one thread, in stream order. */
    public void receive(Runnable handling) {
        Optional<Arrivals> counted = locked(() -> mode == Mode.COUNTED ? Optional.of(arrivals) : Optional.empty());
        if (counted.isEmpty()) {
            handling.run();
            return;
        }
        Arrivals stream = counted.get();
        Optional<Arrivals.Arrival> arrival =
                locked(() -> stream.isRepeat() ? Optional.empty() : Optional.of(stream.arrived()));
        if (arrival.isEmpty()) {
            return;
        }
        Receipt.handle(arrival.get().number(), handling, () -> settled(stream, arrival.get()));
        if (locked(stream::tooMany)) {
            log.log(more -> LOG.error("a stanza that came in is not settled after {} more; it is given up", MAX_IN));
            locked(() -> {
                stream.giveUpOldest();
                return true;
            });
            keep(stream);
        }
    }

    /** How many stanzas may be acknowledged, modulo 2^32. */
    public long acknowledgeable() {
        return locked(() -> arrivals.acknowledgeable() & WIRE);
    }

    /** Calls back once, on any thread, when all that has come in is settled and kept, or the stream has ended. */
    public void whenSettled(Runnable then) {
        boolean now = locked(() -> {
            if (arrivals.isAllKept()) {
                return true;
            }
            onSettled.add(then);
            return false;
        });
        if (now) {
            then.run();
        } else {
            // What is on its way into the journal already has somebody who waits for it now.
            journal.change(() -> journal.whenKept(() -> {}));
        }
    }

    private void settled(Arrivals stream, Arrivals.Arrival arrival) {
        if (locked(() -> stream.settle(arrival))) {
            keep(stream);
        }
    }

    /**
     * One record at a time is on its way into the journal; what is settled meanwhile is in the next. The server waits for an
     * acknowledgement much longer than the journal does, so there is no hurry.
     */
    private void keep(Arrivals stream) {
        if (locked(() -> stream == arrivals && stream.beginKeeping())) {
            putIn(stream);
        }
    }

    private void putIn(Arrivals stream) {
        journal.change(() -> {
            long number = locked(() -> {
                long settled = stream.settled();
                if (stream == arrivals) {
                    journal.put(records.in(), () -> LedgerRecords.number(settled));
                }
                return settled;
            });
            Runnable then = () -> inKept(stream, number);
            if (locked(onSettled::isEmpty)) {
                journal.whenKeptAtLeisure(then);
            } else {
                journal.whenKept(then);
            }
        });
    }

    private void inKept(Arrivals stream, long number) {
        List<Runnable> settled = new ArrayList<>();
        boolean more;
        lock.lock();
        try {
            if (stream != arrivals) {
                return;
            }
            more = stream.endKeeping(number);
            if (stream.isAllKept()) {
                settled.addAll(onSettled);
                onSettled.clear();
            }
        } finally {
            lock.unlock();
        }
        listener.moreToAcknowledge();
        settled.forEach(Runnable::run);
        if (more) {
            putIn(stream);
        }
    }

    // --- outbound ---

    /**
     * Sends a stanza with the change that is open on this thread. It waits where the stream is to be resumed.
     *
     * @param onFailure called at most once, on any thread, where it turns out that the stanza is not sent
     */
    public void send(String text, Runnable onFailure) {
        journal.change(() -> {
            Optional<Entry> entry = locked(() -> {
                if (mode == Mode.NONE || isFull(text)) {
                    return Optional.empty();
                }
                Entry next = new Entry(++sent, text, onFailure);
                waiting.add(next);
                characters += text.length();
                if (mode == Mode.COUNTED) {
                    journal.put(records.out(next.number), () -> text.getBytes(StandardCharsets.UTF_8));
                }
                return Optional.of(next);
            });
            if (entry.isPresent()) {
                journal.whenKept(() -> outKept(entry.get()));
                return;
            }
            onFailure.run();
            if (locked(() -> mode != Mode.NONE)) {
                end();
                listener.givenUp("more than " + MAX_OUT + " stanzas or " + MAX_OUT_CHARACTERS
                        + " characters are unacknowledged");
            }
        });
    }

    private boolean isFull(String text) {
        return written.size() + waiting.size() >= MAX_OUT || characters + text.length() > MAX_OUT_CHARACTERS;
    }

    private void outKept(Entry entry) {
        locked(() -> {
            entry.kept = true;
            release();
            return true;
        });
    }

    private void release() {
        while (output.isPresent() && !waiting.isEmpty() && waiting.getFirst().kept) {
            Entry entry = waiting.removeFirst();
            if (mode == Mode.COUNTED) {
                written.add(entry);
                output.get().write(entry.text, () -> {}); // it is sent again on the resumed stream
            } else {
                characters -= entry.text.length();
                output.get().write(entry.text, entry.onFailure);
            }
        }
    }

    /**
     * The server has so many stanzas of this stream, modulo 2^32.
     *
     * @return false where it has acknowledged fewer than before, or more than were sent: the stream is lost
     */
    public boolean acknowledged(long count) {
        boolean[] possible = new boolean[1];
        journal.change(() -> {
            lock.lock();
            try {
                possible[0] = mode == Mode.COUNTED && acknowledge((count - (acked - outBase)) & WIRE);
            } finally {
                lock.unlock();
            }
        });
        return possible[0];
    }

    private boolean acknowledge(long more) {
        if (more > written.size()) {
            return false;
        }
        for (long i = 0; i < more; i++) {
            Entry entry = written.removeFirst();
            characters -= entry.text.length();
            journal.remove(records.out(entry.number));
        }
        if (more > 0) {
            acked += more;
            byte[] number = LedgerRecords.number(acked);
            journal.put(records.acked(), () -> number);
        }
        return true;
    }

    /** Stanzas that the server has not acknowledged, those included that have not left yet. */
    public int unacknowledged() {
        return locked(() -> written.size() + waiting.size());
    }

    private <T> T locked(java.util.function.Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
