package org.confocal.health;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;

/**
 * Reads a request's body as it arrives, without a thread that waits. What is beyond the limit is read and thrown away, up
 * to {@value #MAX_DISCARDED} bytes: to close a connection that still sends means to reset it, and the client would lose
 * the answer that says why. Run by Jetty, one call at a time.
 */
final class BodyReader implements Runnable {
    static final int MAX_DISCARDED = 1 << 20;

    private final Request request;
    private final int limit;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> result = new CompletableFuture<>();
    private long seen;

    private BodyReader(Request request, int limit) {
        this.request = request;
        this.limit = limit;
    }

    /**
     * Reads.
     *
     * @param limit the most bytes that a body may have
     * @return the body; fails with {@link TooLargeException}, or with what happened to the connection
     */
    static CompletableFuture<byte[]> read(Request request, int limit) {
        BodyReader reader = new BodyReader(request, limit);
        if (request.getLength() > limit + (long) MAX_DISCARDED) {
            reader.result.completeExceptionally(new TooLargeException());
        } else {
            reader.run();
        }
        return reader.result;
    }

    @Override
    public void run() {
        while (!result.isDone()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                result.completeExceptionally(chunk.getFailure());
                return;
            }
            take(chunk);
        }
    }

    private void take(Content.Chunk chunk) {
        seen += chunk.remaining();
        if (seen <= limit) {
            kept.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
        }
        chunk.release();
        if (seen > limit + (long) MAX_DISCARDED || (chunk.isLast() && seen > limit)) {
            result.completeExceptionally(new TooLargeException());
        } else if (chunk.isLast()) {
            result.complete(kept.toByteArray());
        }
    }

    /** The body is larger than allowed. */
    static final class TooLargeException extends Exception {
        private static final long serialVersionUID = 1;
    }
}
