package org.confocal.xmpp.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.MessageToByteEncoder;

/** XML text to UTF-8, without the characters that XML forbids. */
public final class TextEncoder extends MessageToByteEncoder<String> {

    public TextEncoder() {
        super(String.class);
    }

    @Override
    protected void encode(ChannelHandlerContext context, String text, ByteBuf out) {
        ByteBufUtil.writeUtf8(out, XmlText.clean(text));
    }
}
