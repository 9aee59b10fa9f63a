package org.confocal.xmpp;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jxmpp.jid.Jid;

/**
 * One way into a Prosody, as a component or as a client; both behave the same above this interface.
 *
 * <p>Every connection has one thread of its own. Listeners and reply callbacks run on it, in stream order, replies and
 * requests alike: what the server sent first is seen first. They must not block. The methods here may be called from any
 * thread, return at once, and never throw for a peer's sake.
 *
 * <p>The transport itself answers disco#info, disco#items, ping and version for every address of the focus, and puts the
 * matching caps into each available presence it sends.
 */
public interface XmppConnection extends AutoCloseable {

    /** The focus' own full address, like {@code focus@focus.example.org/focus}; it does not change with a reconnect. */
    Jid self();

    /** Connects, and connects again for ever whenever the stream is lost. A second call does nothing. */
    void start();

    /**
     * Sends a stanza that expects no answer. Dropped and counted where there is no stream. A missing id is set; the
     * component connection also sets {@code from} where it is missing. The caller must not change the stanza afterwards.
     */
    void send(Stanza stanza);

    /**
     * Sends an IQ get or set. {@code onReply} is called exactly once, at the latest after the reply timeout. Requests
     * leave in the order of the calls. Pending requests are bounded: beyond the bound the answer is
     * {@link IqReply.NotSent}. An id that is set is kept, unless an answer to an equal one is still waited for: then the
     * request has a new one.
     *
     * @throws IllegalArgumentException where the IQ is not a request
     */
    void request(IQ iq, Consumer<IqReply> onReply);

    /**
     * Waits for the answer to a request that was sent on this stream before this process was there; sends nothing. {@code
     * onReply} is called exactly once, at the latest after the reply timeout, which begins with this call; where too many
     * are pending, with {@link IqReply.ConnectionLost}. Before {@link #start}, for a stream that is to be resumed.
     *
     * @param id that the request has
     * @param to where it went: nobody else can answer it
     */
    void expect(String id, Jid to, Consumer<IqReply> onReply);

    /** Adds a listener. Presences and messages go to all of them; see {@link StanzaListener} for IQs. */
    void listen(StanzaListener listener);

    /** Adds a listener to what becomes of the stream. */
    void onState(StateListener listener);

    boolean isConnected();

    /**
     * How long the server holds the present stream when it is lost, zero where it does not say; empty where a lost stream
     * is gone.
     */
    Optional<Duration> held();

    /** Counters since the start; a consistent picture is not promised. */
    ConnectionSnapshot snapshot();

    /**
     * Sends what is queued, for at most two seconds, and closes the stream. Pending requests end in
     * {@link IqReply.ConnectionLost}. Afterwards no thread of the connection is left. A second call does nothing.
     */
    @Override
    void close();
}
