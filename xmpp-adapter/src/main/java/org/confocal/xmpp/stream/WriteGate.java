package org.confocal.xmpp.stream;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.function.Supplier;

/** Stands before the socket of a process that may find, after any pause, that another one acts in its place. */
@SuppressWarnings("FutureReturnValueIgnored") // the session hears of a closed channel
public final class WriteGate extends ChannelOutboundHandlerAdapter {

    /** What becomes of the next bytes. */
    public enum Verdict {
        WRITE,
        /** The socket stays open and silent. */
        KEEP_SILENT,
        /** The socket is closed without a word. */
        HANG_UP
    }

    private final Supplier<Verdict> verdict;

    public WriteGate(Supplier<Verdict> verdict) {
        this.verdict = verdict;
    }

    /** One for another place of the pipeline. */
    public WriteGate another() {
        return new WriteGate(verdict);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        Verdict now = verdict.get();
        if (now == Verdict.WRITE) {
            context.write(message, promise);
            return;
        }
        ReferenceCountUtil.release(message);
        promise.tryFailure(new ClosedChannelException());
        if (now == Verdict.HANG_UP) {
            context.close();
        }
    }
}
