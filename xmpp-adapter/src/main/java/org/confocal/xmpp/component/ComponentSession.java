package org.confocal.xmpp.component;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.confocal.xmpp.StanzaIds;
import org.confocal.xmpp.stream.Outbox;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlText;

/**
 * One connection of a component, from the stream's header to its end (XEP-0114): the handshake, and whether the server holds
 * the stream ({@link Hold}). Runs on the channel's thread, {@link #write} and {@link #say} excepted.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and the session hears of that
final class ComponentSession extends SimpleChannelInboundHandler<StreamEvent> {

    static final String NAMESPACE = "jabber:component:accept";

    private static final String ERROR_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";
    /** Stanzas between the handshake and the answer whether the stream is held: a round trip to the server. */
    private static final int MAX_EARLY = 10_000;

    /** Who wants to know; called on the channel's thread. */
    interface Owner {
        /** The server waits for {@link #authenticate}. */
        void opened(ComponentSession session);

        /** Whether the server holds the stream; what comes from now on is counted where it does. */
        void established(ComponentSession session, Hold.Answer answer);

        /** A stanza that counts. */
        void received(XmlElement stanza);

        /** A stanza from before the counting. */
        void receivedEarly(XmlElement stanza);

        /** The server asks how much has come in. */
        void askedForCount();

        /** The server has so many stanzas; false where that cannot be. */
        boolean acknowledged(long count);

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
        /** The server's header is there, the handshake is not sent. */
        OPENED,
        PROVING,
        /** The server has taken the handshake and is asked to hold the stream. */
        ASKING,
        ESTABLISHED
    }

    private final ComponentConfig config;
    private final Owner owner;
    private final Channel channel;
    private final Outbox outbox;
    private final List<XmlElement> early = new ArrayList<>();
    private Stage stage = Stage.CONNECTED;
    private boolean deaf;
    private String streamId = "";
    private String requestId = "";
    private boolean resuming;
    private Optional<String> condition = Optional.empty();
    private String reason = "the server closed the connection";

    ComponentSession(ComponentConfig config, Channel channel, Owner owner) {
        super(StreamEvent.class);
        this.config = config;
        this.channel = channel;
        this.owner = owner;
        this.outbox = new Outbox(channel, config.limits().outboundBytes());
    }

    /**
     * Writes a stanza's text, from any thread. What cannot be written because the server does not take what was written
     * before ends the session.
     */
    void write(String text, Runnable onFailure) {
        if (!outbox.offer(text, onFailure)) {
            onFailure.run();
            abort("the server does not take what is sent to it");
        }
    }

    /** Writes what is not a stanza, from any thread. */
    void say(String text) {
        outbox.say(text);
    }

    /** Gives the connection up, from any thread. */
    void abort(String why) {
        if (channel.isOpen()) {
            channel.eventLoop().execute(() -> {
                reason = why;
                channel.close();
            });
        }
    }

    /** Ends the stream politely; the session ends when the server agrees. */
    void close() {
        reason = "closed";
        say("</stream:stream>");
    }

    /** Whether Nagle's algorithm is off. */
    boolean sendsWithoutDelay() {
        return channel.config().getOption(ChannelOption.TCP_NODELAY);
    }

    /** Takes nothing from the server any more; what comes counts as not read. The socket stays open. */
    void goDeaf() {
        deaf = true;
        channel.config().setAutoRead(false);
    }

    /** Ends without a word. */
    void leave(String why) {
        deaf = true;
        reason = why;
        channel.close();
    }

    /** Proves who this is, and asks for the stream to be held, from {@link Stage#OPENED} only. */
    void authenticate(Optional<Hold.Resumption> resumption) {
        if (stage != Stage.OPENED) {
            return;
        }
        stage = Stage.PROVING;
        resuming = resumption.isPresent();
        say(Hold.handshake(proof(streamId, config.secret()), resumption) + request(resumption));
        giveUpAfter(config.connectTimeout(), Stage.PROVING, "no handshake within ");
    }

    private String request(Optional<Hold.Resumption> resumption) {
        requestId = StanzaIds.next();
        String domain = config.domain().toString();
        return resumption
                .map(asked -> Hold.resume(requestId, domain, asked))
                .orElseGet(() -> Hold.enable(requestId, domain));
    }

    private void giveUpAfter(Duration patience, Stage until, String what) {
        after(patience, () -> {
            if (stage == until) {
                reason = what + patience;
                channel.close();
            }
        });
    }

    private void after(Duration patience, Runnable then) {
        channel.eventLoop().schedule(then, patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        say("<?xml version='1.0'?><stream:stream xmlns='" + NAMESPACE + "' xmlns:stream='"
                + StreamParser.STREAM_NAMESPACE + "' to='"
                + XmlText.escape(config.domain().toString()) + "'>");
        giveUpAfter(config.connectTimeout(), Stage.CONNECTED, "no stream within ");
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, StreamEvent event) {
        if (deaf) {
            return;
        }
        switch (event) {
            case StreamEvent.Opened opened -> {
                stage = Stage.OPENED;
                streamId = opened.id().orElse("");
                owner.opened(this);
            }
            case StreamEvent.Received received -> received(received.element());
            case StreamEvent.Closed closed -> channel.close();
        }
    }

    private void received(XmlElement element) {
        if (element.name().equals("error") && element.namespace().equals(StreamParser.STREAM_NAMESPACE)) {
            List<String> children = element.children(ERROR_NAMESPACE);
            condition = children.stream().filter(name -> !name.equals("text")).findFirst();
            reason = "the server said " + condition.orElse("that something is wrong");
            channel.close();
            return;
        }
        switch (stage) {
            case CONNECTED, OPENED -> {}
            case PROVING -> {
                if (element.name().equals("handshake")) {
                    stage = Stage.ASKING;
                    after(config.replyTimeout(), () -> {
                        if (stage == Stage.ASKING) {
                            established(new Hold.Answer.Unknown());
                        }
                    });
                }
            }
            case ASKING -> asking(element);
            case ESTABLISHED -> {
                if (element.namespace().equals(Hold.NAMESPACE)) {
                    count(element);
                } else {
                    owner.received(element);
                }
            }
        }
    }

    private void asking(XmlElement element) {
        Optional<Hold.Answer> answer = Hold.answer(element, requestId);
        if (answer.isEmpty()) {
            early.add(element);
            if (early.size() > MAX_EARLY) {
                reason = "the server does not answer whether it holds the stream";
                channel.close();
            }
        } else if (resuming && answer.get() instanceof Hold.Answer.Refused) {
            resuming = false;
            say(request(Optional.empty()));
        } else {
            established(answer.get());
        }
    }

    private void established(Hold.Answer answer) {
        stage = Stage.ESTABLISHED;
        owner.established(this, answer);
        early.forEach(owner::receivedEarly);
        early.clear();
    }

    private void count(XmlElement element) {
        if (element.name().equals("r")) {
            owner.askedForCount();
        } else if (element.name().equals("a")
                && !Hold.count(element).map(owner::acknowledged).orElse(false)) {
            reason = "the server has counted wrong: h=" + element.attribute("h").orElse("");
            channel.close();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof IdleStateEvent) {
            say(" ");
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof StreamViolation violation) {
            reason = "the server sent something that ends a stream: " + violation.getMessage();
            say("<stream:error><" + violation.condition().element() + " xmlns='" + ERROR_NAMESPACE
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
