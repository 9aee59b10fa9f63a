package org.confocal.xmpp.stream;

import io.netty.channel.Channel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is to be written to one connection, from any thread, in order. The connection's thread is woken once for all that has
 * gathered, and writes it with one flush.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and the session hears of that
public final class Outbox {
    private final Channel channel;
    private final long most;
    private final Queue<Text> texts = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicLong outstanding = new AtomicLong();

    private record Text(String text, int size, Runnable onFailure) {}

    /** @param most characters of stanzas that may wait for the server to take them */
    public Outbox(Channel channel, long most) {
        this.channel = channel;
        this.most = most;
    }

    /**
     * Writes a stanza's text.
     *
     * @param onFailure called at most once, on any thread, where it turns out that the text is not written
     * @return false where too much waits already; the text is not written then, and nobody is called
     */
    public boolean offer(String text, Runnable onFailure) {
        int size = text.length();
        if (outstanding.addAndGet(size) > most) {
            outstanding.addAndGet(-size);
            return false;
        }
        add(new Text(text, size, onFailure));
        return true;
    }

    /** Writes what is no stanza, and is never too much. */
    public void say(String text) {
        add(new Text(text, 0, () -> {}));
    }

    private void add(Text text) {
        texts.add(text);
        if (channel.eventLoop().inEventLoop()) {
            write();
        } else if (called.compareAndSet(false, true)) {
            try {
                channel.eventLoop().execute(this::write);
            } catch (RejectedExecutionException ended) {
                called.set(false);
                for (Text left = texts.poll(); left != null; left = texts.poll()) {
                    failed(left);
                }
            }
        }
    }

    private void write() {
        called.set(false);
        for (Text next = texts.poll(); next != null; next = texts.poll()) {
            write(next);
        }
        channel.flush();
    }

    private void write(Text text) {
        channel.write(text.text()).addListener(written -> {
            if (written.isSuccess()) {
                outstanding.addAndGet(-text.size());
            } else {
                failed(text);
            }
        });
    }

    private void failed(Text text) {
        outstanding.addAndGet(-text.size());
        text.onFailure().run();
    }
}
