package org.confocal.xmpp;

import java.util.concurrent.CompletionStage;

/**
 * A connection whose stream one process hands to the next while both run. The order is: {@link #prepare} here, {@link
 * #letGo} there, {@link #takeOver} here. Any thread; every call returns at once.
 */
public interface Handover {

    /**
     * Connects as far as the server allows without taking the stream from the process that has it, and waits there. In the
     * place of {@link XmppConnection#start}. A second call does nothing.
     *
     * @return completes when that is reached, on any thread; a server that cannot be reached is tried for ever, so that
     *     whoever waits needs a limit of time
     */
    CompletionStage<Void> prepare();

    /** Goes on with the stream that the last process let go of, from wherever {@link #prepare} has come to. */
    void takeOver();

    /**
     * Reads and writes no more. The socket stays as it is, since the server would tell the rooms of its end; {@link
     * XmppConnection#close} closes it without a word.
     *
     * @return completes when all that was read is settled and kept, on any thread; from then on the journal has the last
     *     word about the stream
     */
    CompletionStage<Void> letGo();

    /** Acts again after {@link #letGo}, since nobody took over: goes on with the stream on a new connection. */
    void takeBack();
}
