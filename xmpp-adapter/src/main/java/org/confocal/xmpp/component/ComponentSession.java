package org.confocal.xmpp.component;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaReading;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlText;

/**
 * One stream of a component, from its header to its end (XEP-0114). Runs on the channel's thread, {@link #write} excepted.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and the session hears of that
final class ComponentSession extends SimpleChannelInboundHandler<StreamEvent> {

    static final String NAMESPACE = "jabber:component:accept";

    private static final String ERROR_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";

    /** Who wants to know; called on the channel's thread. */
    interface Owner {
        void established(ComponentSession session);

        void received(StanzaReading reading);

        /** The last call. */
        void ended(ComponentSession session, End end);
    }

    /**
     * Why a session ended.
     *
     * @param condition of the stream error that the server sent
     */
    record End(Stage stage, Optional<String> condition, String text) {}

    /** How far the session came. */
    enum Stage {
        CONNECTED,
        OPENED,
        ESTABLISHED
    }

    private final ComponentConfig config;
    private final Owner owner;
    private final Channel channel;
    private final AtomicLong outstanding = new AtomicLong();
    private Stage stage = Stage.CONNECTED;
    private Optional<String> condition = Optional.empty();
    private String reason = "the server closed the connection";

    ComponentSession(ComponentConfig config, Channel channel, Owner owner) {
        super(StreamEvent.class);
        this.config = config;
        this.channel = channel;
        this.owner = owner;
    }

    /**
     * Writes a stanza's text, from any thread. What cannot be written because the server does not take what was written
     * before ends the session.
     */
    void write(String text, Runnable onFailure) {
        int size = text.length();
        if (outstanding.addAndGet(size) > config.limits().outboundBytes()) {
            outstanding.addAndGet(-size);
            onFailure.run();
            abort("the server does not take what is sent to it");
            return;
        }
        channel.writeAndFlush(text).addListener(written -> {
            outstanding.addAndGet(-size);
            if (!written.isSuccess()) {
                onFailure.run();
            }
        });
    }

    /** Gives the stream up, from any thread. */
    void abort(String why) {
        channel.eventLoop().execute(() -> {
            reason = why;
            channel.close();
        });
    }

    /** Ends the stream politely; the session ends when the server agrees. */
    void close() {
        reason = "closed";
        channel.writeAndFlush("</stream:stream>");
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        context.writeAndFlush("<?xml version='1.0'?><stream:stream xmlns='" + NAMESPACE + "' xmlns:stream='"
                + StreamParser.STREAM_NAMESPACE + "' to='"
                + XmlText.escape(config.domain().toString()) + "'>");
        context.executor()
                .schedule(
                        () -> {
                            if (stage != Stage.ESTABLISHED) {
                                reason = "no handshake within " + config.connectTimeout();
                                context.close();
                            }
                        },
                        config.connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, StreamEvent event) {
        switch (event) {
            case StreamEvent.Opened opened -> {
                stage = Stage.OPENED;
                context.writeAndFlush("<handshake>" + proof(opened.id().orElse(""), config.secret()) + "</handshake>");
            }
            case StreamEvent.Received received -> received(context, received.element());
            case StreamEvent.Closed closed -> context.close();
        }
    }

    private void received(ChannelHandlerContext context, XmlElement element) {
        if (element.name().equals("error") && element.namespace().equals(StreamParser.STREAM_NAMESPACE)) {
            List<String> children = element.children(ERROR_NAMESPACE);
            condition = children.stream().filter(name -> !name.equals("text")).findFirst();
            reason = "the server said " + condition.orElse("that something is wrong");
            context.close();
        } else if (stage == Stage.ESTABLISHED) {
            owner.received(StanzaReader.read(element));
        } else if (element.name().equals("handshake")) {
            stage = Stage.ESTABLISHED;
            owner.established(this);
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            context.writeAndFlush(" ");
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof StreamViolation violation) {
            reason = "the server sent something that ends a stream: " + violation.getMessage();
            context.writeAndFlush("<stream:error><" + violation.condition().element() + " xmlns='" + ERROR_NAMESPACE
                    + "'/></stream:error></stream:stream>");
        } else {
            reason = cause.toString();
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        owner.ended(this, new End(stage, condition, reason));
    }

    private static String proof(String streamId, String secret) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-1").digest((streamId + secret).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
