package org.confocal.journal;

import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;

/**
 * The machines that can act in the place of this one. The processes of one machine follow each other by the files of the
 * journal; which machine's turn it is, is asked here after that.
 */
public interface OtherMachines extends AutoCloseable {

    /**
     * Looks how things stand from now on, and does once what will have to be done later, without taking the turn. Returns at
     * once. Once.
     */
    void watch();

    /**
     * Takes the turn as soon as no other machine has it, which may be weeks later. Once, after {@link #watch}.
     *
     * @param beginning how this process came to be the one of this machine
     * @param elsewhere called when another machine is found to act or to have acted since: what this one's files say is of
     *     long ago then. Before the turn is there, on any thread, at most once
     * @return completes on any thread
     */
    CompletionStage<? extends Turn> take(Beginning beginning, Runnable elsewhere);

    /** Ends everything without a word to the others, the turn too. */
    @Override
    void close();

    /** This machine's. */
    interface Turn {

        /** What the machine whose turn it was before has left; empty where that was this one, whose own file says it. */
        Optional<SortedMap<String, byte[]>> left();

        /** A store that writes to this one, and where other machines find it. */
        JournalStore store(JournalStore local);

        /** Both must agree that this process acts. */
        Fence fence(Fence local);

        /** Lets another machine act at once; for a focus that has settled everything and closed its journal. Waits a little. */
        void giveAway();
    }
}
