package org.confocal.xmpp.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Bytes from the socket to {@link StreamEvent}s. After a {@link StreamViolation}, which it throws on, it reads no more. */
public final class StreamDecoder extends ChannelInboundHandlerAdapter {

    private StreamParser parser;
    private boolean broken;

    public StreamDecoder(StreamParser parser) {
        this.parser = parser;
    }

    /** What follows is a new stream (RFC 6120, section 4.3.3). Not while bytes of the old one are handed out. */
    public void restart(StreamParser fresh) {
        parser = fresh;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        try {
            if (!broken && message instanceof ByteBuf bytes) {
                parser.feed(ByteBufUtil.getBytes(bytes), context::fireChannelRead);
            }
        } catch (StreamViolation e) {
            broken = true;
            context.fireExceptionCaught(e);
        } finally {
            ReferenceCountUtil.release(message);
        }
    }
}
