package org.confocal.journal;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.confocal.journal.JournalDirectory.Left;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a process has that is the one of its machine.
 *
 * @param turn where other machines could act too
 */
record Place(Term term, Beginning beginning, Left left, Optional<OtherMachines.Turn> turn) {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final long LOOK_EVERY_MILLIS = 500;

    /** Of this machine's processes. */
    static Place take(JournalDirectory directory, EpochFile epochs, Taking taking) throws IOException {
        Beginning beginning = taking.await();
        Term term = Term.begin(directory, epochs, taking.raw(), taking.epoch() + 1);
        Left left = Term.believed(epochs, taking.epoch()) ? directory.left() : disbelieved(directory);
        return new Place(term, beginning, left, Optional.empty());
    }

    private static Left disbelieved(JournalDirectory directory) throws IOException {
        LOG.warn("The last process could not keep its journal up to date; the focus begins without it");
        directory.forgetJournals();
        return Left.NOTHING;
    }

    /**
     * Waits until it is this machine's turn too.
     *
     * @param waits called once where that takes a while
     * @throws Superseded where another process of this machine has taken this place meanwhile
     */
    Place among(OtherMachines machines, JournalDirectory directory, Runnable waits)
            throws IOException, InterruptedException {
        CompletableFuture<? extends OtherMachines.Turn> coming =
                machines.take(beginning, () -> forget(directory)).toCompletableFuture();
        boolean told = false;
        while (true) {
            try {
                OtherMachines.Turn mine = coming.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
                return mine.left()
                        .map(records -> new Place(
                                term, Beginning.AFTER_END, new Left(records, Optional.empty()), Optional.of(mine)))
                        .orElseGet(() -> new Place(term, beginning, left, Optional.of(mine)));
            } catch (TimeoutException e) {
                if (!term.owned()) {
                    throw new Superseded("Another process of this machine waits in the place of this one");
                }
                if (!told) {
                    told = true;
                    waits.run();
                }
            } catch (ExecutionException e) {
                throw new IOException("Waiting for other machines has failed", e.getCause());
            }
        }
    }

    /** Nobody shall go on with what is of long ago. */
    private static void forget(JournalDirectory directory) {
        try {
            directory.forgetJournals();
        } catch (IOException e) {
            LOG.warn("What another machine has gone on with since cannot be removed: {}", e.toString());
        }
    }
}
