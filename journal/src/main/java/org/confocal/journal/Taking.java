package org.confocal.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.confocal.journal.JournalDirectory.Left;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The candidate's side: finds out whether the last process lives, and asks it to let go. */
final class Taking implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final Duration LEEWAY = Duration.ofSeconds(3);

    private final JournalDirectory directory;
    private final SuccessionSettings settings;
    private final WarmUp warmUp;
    private final ProcessLock candidate;
    private final long raw;
    private final long epoch;
    private Optional<Line> line = Optional.empty();

    private Taking(
            JournalDirectory directory,
            SuccessionSettings settings,
            WarmUp warmUp,
            ProcessLock candidate,
            long raw,
            long epoch) {
        this.directory = directory;
        this.settings = settings;
        this.warmUp = warmUp;
        this.candidate = candidate;
        this.raw = raw;
        this.epoch = epoch;
    }

    /** @throws SuccessionRefused where another candidate was faster */
    static Taking begin(JournalDirectory directory, SuccessionSettings settings, EpochFile epochs, WarmUp warmUp)
            throws IOException {
        ProcessLock candidate = ProcessLock.tryLock(directory.candidate())
                .orElseThrow(() -> new SuccessionRefused(
                        "Another process is just taking over the journal in " + directory.path()));
        return of(directory, settings, epochs, warmUp, candidate);
    }

    /** Empty where the last process lives, or another candidate is faster. */
    static Optional<Taking> ofEnded(
            JournalDirectory directory, SuccessionSettings settings, EpochFile epochs, WarmUp warmUp)
            throws IOException {
        Optional<ProcessLock> candidate = ProcessLock.tryLock(directory.candidate());
        if (candidate.isEmpty()) {
            return Optional.empty();
        }
        Taking taking = of(directory, settings, epochs, warmUp, candidate.get());
        if (taking.epoch == 0 || taking.ended()) {
            return Optional.of(taking);
        }
        taking.close();
        return Optional.empty();
    }

    private static Taking of(
            JournalDirectory directory,
            SuccessionSettings settings,
            EpochFile epochs,
            WarmUp warmUp,
            ProcessLock candidate)
            throws IOException {
        long raw = epochs.raw();
        return new Taking(directory, settings, warmUp, candidate, raw, last(directory, raw));
    }

    /** The last process's epoch, even where the shared number was lost; 0 where there was none. */
    static long last(JournalDirectory directory, long raw) throws IOException {
        return Math.max(EpochFile.plausible(raw), directory.newest());
    }

    /** What stood there when it was read. */
    long raw() {
        return raw;
    }

    /** The last process's. */
    long epoch() {
        return epoch;
    }

    /**
     * Comes back when this process may take over.
     *
     * @throws SuccessionRefused where the last one goes on
     */
    Beginning await() throws IOException {
        if (epoch == 0) {
            return Beginning.FRESH;
        }
        if (ended()) {
            return Beginning.AFTER_END;
        }
        Optional<String> answer = hello();
        if (answer.isPresent()) {
            understand(answer.get());
            warmUp();
            answer = ready();
        }
        if (answer.isPresent()) {
            if (!answer.get().equals("YOURS")) {
                throw refused(answer.get());
            }
            return Beginning.HANDED_OVER;
        }
        if (ended()) {
            return Beginning.AFTER_END;
        }
        LOG.warn("The process of epoch {} lives but does not answer: it is fenced", epoch);
        return Beginning.FENCED;
    }

    private boolean ended() throws IOException {
        return ProcessLock.isFree(directory.lock(epoch));
    }

    private Optional<String> hello() {
        try {
            Line to = Line.to(directory.socket());
            line = Optional.of(to);
            to.say(HandoverServer.HELLO + " " + JournalFormat.VERSION);
            return to.hear(settings.answerWithin());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void understand(String answer) throws SuccessionRefused {
        String[] words = answer.split(" ", -1);
        if (!answer.startsWith(HandoverServer.HELLO + " ") || words.length < 3) {
            throw refused(answer);
        }
        int format = words[2].matches("[0-9]{1,6}") ? Integer.parseInt(words[2]) : 0;
        if (format < JournalFormat.OLDEST || format > JournalFormat.VERSION) {
            throw new SuccessionRefused("The running process writes a journal of format " + words[2]
                    + ", this one reads " + JournalFormat.OLDEST + " to " + JournalFormat.VERSION + ": stop it first");
        }
    }

    private static SuccessionRefused refused(String answer) {
        return new SuccessionRefused(
                "The running process does not let go: " + (answer.startsWith("NO ") ? answer.substring(3) : answer));
    }

    private void warmUp() throws SuccessionRefused {
        Left present = Left.NOTHING;
        try {
            Optional<Path> newest = directory.newestJournal();
            if (newest.isPresent()) {
                present = new Left(JournalFormat.read(newest.get()).values(), Optional.empty());
            }
        } catch (IOException e) {
            LOG.info("Nothing to rehearse with: {}", e.toString());
        }
        try {
            warmUp.with(present.values());
        } catch (Exception e) {
            throw new SuccessionRefused("This process cannot take over, the running one goes on: " + e);
        }
    }

    private Optional<String> ready() {
        try {
            line.orElseThrow().say("READY");
        } catch (IOException e) {
            return Optional.empty();
        }
        // Both of the other's waits, and what it takes to say so.
        return line.orElseThrow()
                .hear(settings.settleWithin().plus(settings.tuning().patience()).plus(LEEWAY));
    }

    /** Tells the last process that this one acts; without a word where it is gone. */
    void taken() {
        line.ifPresent(to -> {
            try {
                to.say("TAKEN");
            } catch (IOException e) {
                LOG.debug("The last process has gone already", e);
            }
        });
    }

    @Override
    public void close() throws IOException {
        candidate.close();
        if (line.isPresent()) {
            line.get().close();
        }
    }
}
