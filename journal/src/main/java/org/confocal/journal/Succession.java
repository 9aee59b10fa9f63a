package org.confocal.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the processes with the same journal acts: each has an epoch of its own, one more than the last; the number of the one
 * that acts stands in memory that all share, and whoever finds another number there is no longer the one. Each writes a file
 * of its own, beginning with all that the last one's file says, so a process that was stopped for a while spoils nothing.
 *
 * <p>In the directory: {@code epoch}, the shared number; {@code N.journal} and {@code N.lock}, which the process of epoch N
 * writes and holds; {@code candidate.lock}, held by whoever is about to take over; {@code handover.sock}, where the running
 * process can be asked to let go; {@code unreadable-*}, at most three.
 */
public final class Succession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    private final JournalDirectory directory;
    private final SuccessionSettings settings;
    private final Term term;
    private final Beginning beginning;
    private final Optional<Instant> lastKept;
    private final Optional<OtherMachines.Turn> turn;
    private final AtomicBoolean letGo = new AtomicBoolean();
    private final BatchingJournal journal;
    private final HandoverServer server;

    private Succession(JournalDirectory directory, SuccessionSettings settings, Place place, Runnable onLost) {
        this.directory = directory;
        this.settings = settings;
        this.term = place.term();
        this.beginning = place.beginning();
        this.lastKept = place.left().lastKept();
        this.turn = place.turn();
        Fence fence = turn.map(mine -> mine.fence(term)).orElse(term);
        this.journal = new BatchingJournal(store(), place.left().values(), settings.tuning(), fence, () -> {
            if (!letGo.get()) {
                LOG.warn("Another process has taken over the journal; this one is no longer the focus");
                onLost.run();
            }
        });
        this.server = new HandoverServer(this, settings);
    }

    /**
     * Takes over from whoever was there. One that asks waits for as long as the settings and the warming up say; a spare waits,
     * perhaps for weeks, until it is its turn.
     *
     * @throws SuccessionRefused where another process acts and goes on, or is just taking over
     * @throws IOException where the directory cannot be used; nothing was taken over
     */
    public static Succession open(SuccessionSettings settings, Candidate candidate)
            throws IOException, InterruptedException {
        JournalDirectory directory = new JournalDirectory(settings.directory());
        directory.make();
        EpochFile epochs = EpochFile.open(directory.epoch());
        try (Taking taking = approach(directory, settings, epochs, candidate)) {
            Succession succession =
                    new Succession(directory, settings, Place.take(directory, epochs, taking), candidate.onLost());
            succession.begin();
            taking.taken();
            return succession;
        }
    }

    /**
     * As {@link #open(SuccessionSettings, Candidate)}, and then waits, perhaps for weeks, until it is this machine's turn. A
     * process that waits for that gives way to the next one of its machine that asks.
     *
     * @param machines taken into use here; the caller closes it in the end, after this
     * @throws Superseded where another process of this machine was started while this one waited
     */
    public static Succession open(SuccessionSettings settings, Candidate candidate, OtherMachines machines)
            throws IOException, InterruptedException {
        JournalDirectory directory = new JournalDirectory(settings.directory());
        directory.make();
        EpochFile epochs = EpochFile.open(directory.epoch());
        machines.watch();
        Place place;
        try (Taking taking = approach(directory, settings, epochs, candidate)) {
            place = Place.take(directory, epochs, taking);
            // The process before this one has nothing to wait for: where this one dies now, it is as if that one had
            // died.
            taking.taken();
        }
        Succession succession;
        try {
            succession = new Succession(
                    directory, settings, place.among(machines, directory, candidate.waits()), candidate.onLost());
        } catch (IOException | InterruptedException | RuntimeException e) {
            place.term().close();
            throw e;
        }
        succession.begin();
        return succession;
    }

    /**
     * Who has begun the newest epoch of a journal, and acts unless it has ended since; empty where nobody has, or did not say so. Not
     * to be asked by a process that acts itself: reading its own lock's file, it would lose the lock.
     *
     * @throws IOException where the directory is there and cannot be read
     */
    public static Optional<Acting> acting(Path directory) throws IOException {
        return Files.isDirectory(directory) ? new JournalDirectory(directory).acting() : Optional.empty();
    }

    private static Taking approach(
            JournalDirectory directory, SuccessionSettings settings, EpochFile epochs, Candidate candidate)
            throws IOException, InterruptedException {
        return switch (candidate.manner()) {
            case ASKS -> Taking.begin(directory, settings, epochs, candidate.warmUp());
            case WAITS -> {
                try (Spare spare = new Spare(directory, settings, epochs, candidate)) {
                    yield spare.await();
                }
            }
        };
    }

    private void begin() {
        server.start();
        LOG.info(
                "Journal {}: epoch {}, {}, {} values",
                directory.path(),
                term.epoch(),
                beginning,
                journal.inherited().size());
    }

    private JournalStore store() {
        Optional<Path> predecessor = Optional.empty();
        try {
            predecessor = directory.newestJournal();
        } catch (IOException e) {
            LOG.warn("Cannot list {}: {}", directory.path(), e.toString());
        }
        JournalStore file = new FileStore(directory.journal(term.epoch()), predecessor, settings.durability());
        return turn.map(mine -> mine.store(file)).orElse(file);
    }

    public BatchingJournal journal() {
        return journal;
    }

    /** How this process came to be the one. What the last one kept is the journal's {@link BatchingJournal#inherited}. */
    public Beginning beginning() {
        return beginning;
    }

    /** When the last process kept something for the last time; empty where nothing is inherited. */
    public Optional<Instant> lastKept() {
        return lastKept;
    }

    /** From now on this process lets go when it is asked to; before that, it refuses as one that is just starting. */
    public void serve(Incumbent incumbent) {
        server.serve(incumbent);
    }

    /** Whether this process is still the one of its machine. */
    public boolean isMachines() {
        return term.owned();
    }

    JournalDirectory directory() {
        return directory;
    }

    long epoch() {
        return term.epoch();
    }

    /** From now on the end of this term is expected. */
    void lettingGo() {
        letGo.set(true);
    }

    /**
     * Goes on in a term of its own, so that the candidate that was about to take over cannot any more.
     *
     * @return false where it has taken over
     */
    boolean takeBack() throws IOException {
        if (!term.renew()) {
            return false;
        }
        letGo.set(false);
        journal.resume(store());
        return true;
    }

    /** As {@link #close}; where other machines could act, one of them goes on at once. */
    public void leave() {
        close();
        turn.ifPresent(OtherMachines.Turn::giveAway);
    }

    /** Keeps what is left to keep, and ends; the next process finds this one ended. */
    @Override
    public void close() {
        server.close();
        journal.close();
        term.close();
    }
}
