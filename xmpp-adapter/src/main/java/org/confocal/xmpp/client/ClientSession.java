package org.confocal.xmpp.client;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import org.confocal.xmpp.exchange.StreamLedger;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.confocal.xmpp.stream.Outbox;
import org.confocal.xmpp.stream.StreamDecoder;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.WriteGate;
import org.confocal.xmpp.stream.XmlElement;
import org.confocal.xmpp.stream.XmlText;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a client from its header to its end: TLS, login, and then either a stream of its own or one that is
 * resumed (RFC 6120, XEP-0198). Runs on the channel's thread, {@link #write} excepted.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and the session hears of that
final class ClientSession extends SimpleChannelInboundHandler<StreamEvent> implements StreamLedger.Output {

    private static final String ERROR_NAMESPACE = "urn:ietf:params:xml:ns:xmpp-streams";
    private static final String BIND = "urn:ietf:params:xml:ns:xmpp-bind";
    private static final String MANAGEMENT = "urn:xmpp:sm:3";
    private static final String ASK = "<r xmlns='" + MANAGEMENT + "'/>";
    /** Stanzas between two questions of what the server has got; fewer are asked about after {@link #ASK_AFTER}. */
    private static final int ASK_EVERY = 20;

    private static final Duration ASK_AFTER = Duration.ofSeconds(1);

    /** Who wants to know; called on the channel's thread. */
    interface Owner {
        /** May be answered, now or later, by {@link ClientSession#resume} or {@link ClientSession#bind}. */
        void authenticated(ClientSession session);

        /** There is a fresh stream; without terms it cannot be resumed. */
        void bound(ClientSession session, String address, Optional<Terms> terms);

        /** @param count of stanzas that the server has got */
        void resumed(ClientSession session, long count);

        /** The server does not know the stream, or no longer. */
        void notResumed(ClientSession session, String condition);

        /** @param counted whether the server counts it as a stanza */
        void received(XmlElement element, boolean counted);

        void acknowledged(long count);

        /** What may be acknowledged is to be told. */
        void acknowledgementWanted(ClientSession session);

        /** The last call. */
        void ended(ClientSession session, End end);
    }

    /** Why a session ended. */
    record End(Stage stage, ClientRefusal why) {}

    /** How far the session came. */
    enum Stage {
        CONNECTED,
        AUTHENTICATED,
        ESTABLISHED
    }

    private final ClientConfig config;
    private final Channel channel;
    private final ClientLogin login;
    private final Owner owner;
    private final Outbox outbox;
    private final AtomicInteger unasked = new AtomicInteger();

    private Stage stage = Stage.CONNECTED;
    /** The stream begins anew; nothing may come until we have said so. */
    private boolean restarting;

    private boolean counts;
    private boolean mute;
    private Optional<Future<?>> asking = Optional.empty();
    private String bindId = "";
    private String address = "";
    private ClientRefusal reason = ClientRefusal.other("the server closed the connection");

    ClientSession(ClientConfig config, Channel channel, RandomGenerator random, Owner owner) {
        super(StreamEvent.class);
        this.config = config;
        this.channel = channel;
        this.outbox = new Outbox(channel, config.limits().outboundBytes());
        this.login = new ClientLogin(config, random, new LoginStream());
        this.owner = owner;
    }

    boolean isEncrypted() {
        return login.isEncrypted();
    }

    boolean isEstablished() {
        return stage == Stage.ESTABLISHED;
    }

    // --- what the owner wants ---

    /** Goes on with this stream. Where the server cannot, {@link Owner#notResumed}. */
    void resume(Terms terms, long received) {
        limit("resumption");
        say("<resume xmlns='" + MANAGEMENT + "' previd='" + XmlText.escape(terms.id()) + "' h='" + received + "'/>");
    }

    /** Begins a fresh stream. */
    void bind() {
        limit("resource");
        bindId = "bind";
        say("<iq type='set' id='" + bindId + "'><bind xmlns='" + BIND + "'><resource>"
                + XmlText.escape(config.resource().toString()) + "</resource></bind></iq>");
    }

    void acknowledge(long count) {
        say("<a xmlns='" + MANAGEMENT + "' h='" + count + "'/>");
    }

    /**
     * Writes a stanza's text, from any thread. What cannot be written because the server does not take what was written
     * before ends the session.
     */
    @Override
    public void write(String text, Runnable onFailure) {
        if (!outbox.offer(text, onFailure)) {
            onFailure.run();
            abort("the server does not take what is sent to it");
            return;
        }
        if (unasked.incrementAndGet() % ASK_EVERY == 0 && counts) {
            outbox.say(ASK);
        }
    }

    /** Gives the stream up, from any thread. */
    void abort(String why) {
        channel.eventLoop().execute(() -> end(ClientRefusal.other(why)));
    }

    /** Takes nothing from the server any more; what comes counts as not read. */
    void mute() {
        mute = true;
        channel.config().setAutoRead(false);
    }

    /** Ends the stream politely; the session ends when the server agrees. */
    void close() {
        reason = ClientRefusal.other("closed");
        say("</stream:stream>");
    }

    private void end(ClientRefusal why) {
        reason = why;
        channel.close();
    }

    private void say(String text) {
        outbox.say(text);
    }

    private void open() {
        restarting = false;
        say("<?xml version='1.0'?><stream:stream xmlns='" + StreamParser.CLIENT_NAMESPACE + "' xmlns:stream='"
                + StreamParser.STREAM_NAMESPACE + "' version='1.0' to='"
                + XmlText.escape(config.domain().toString()) + "'>");
    }

    private void limit(String step) {
        Stage before = stage;
        channel.eventLoop()
                .schedule(
                        () -> {
                            if (stage == before) {
                                end(ClientRefusal.other("no " + step + " within " + config.connectTimeout()));
                            }
                        },
                        config.connectTimeout().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    // --- what the server says ---

    @Override
    public void channelActive(ChannelHandlerContext context) {
        limit("login");
        open();
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, StreamEvent event) {
        if (mute) {
            return;
        }
        switch (event) {
            case StreamEvent.Opened opened -> {}
            case StreamEvent.Received received -> received(received.element());
            case StreamEvent.Closed closed -> context.close();
        }
    }

    private void received(XmlElement element) {
        if (restarting) {
            // What somebody puts in between before TLS begins must not be taken for the server's word afterwards.
            end(ClientRefusal.other("the server goes on with a stream that was to begin anew"));
            return;
        }
        switch (element.namespace()) {
            case StreamParser.STREAM_NAMESPACE -> stream(element);
            case ClientLogin.TLS -> {
                if (stage == Stage.CONNECTED) {
                    login.tls(element);
                }
            }
            case ClientLogin.SASL -> {
                if (stage == Stage.CONNECTED) {
                    login.sasl(element);
                }
            }
            case MANAGEMENT -> management(element);
            default -> stanza(element);
        }
    }

    private void stream(XmlElement element) {
        if (element.name().equals("error")) {
            String condition = element.children(ERROR_NAMESPACE).stream()
                    .filter(name -> !name.equals("text"))
                    .findFirst()
                    .orElse("that something is wrong");
            end(ClientRefusal.streamError(condition));
        } else if (element.name().equals("features")) {
            if (stage == Stage.CONNECTED) {
                login.features(element);
            } else if (stage == Stage.AUTHENTICATED) {
                counts = element.element("sm", MANAGEMENT).isPresent()
                        && config.password().isPresent();
                owner.authenticated(this);
            }
        }
    }

    /** Not at once: the parser is still at work on the bytes that this is about. */
    private void restart(Runnable then) {
        restarting = true;
        channel.eventLoop().execute(() -> {
            @Nullable StreamDecoder decoder = channel.pipeline().get(StreamDecoder.class);
            if (decoder != null && channel.isActive()) {
                decoder.restart(new StreamParser(config.limits(), StreamParser.CLIENT_NAMESPACE));
                then.run();
            }
        });
    }

    private void management(XmlElement element) {
        if (stage == Stage.ESTABLISHED) {
            switch (element.name()) {
                case "r" -> owner.acknowledgementWanted(this);
                case "a" -> count(element, owner::acknowledged);
                default -> {}
            }
            return;
        }
        if (stage == Stage.CONNECTED) {
            return;
        }
        switch (element.name()) {
            case "resumed" ->
                count(element, count -> {
                    establish();
                    owner.resumed(this, count);
                });
            case "enabled" -> enabled(element);
            case "failed" -> {
                if (address.isEmpty()) {
                    String condition = element.elements().stream()
                            .findFirst()
                            .map(XmlElement::name)
                            .orElse("no reason");
                    owner.notResumed(this, condition);
                } else {
                    counts = false;
                    bound(Optional.empty());
                }
            }
            default -> {}
        }
    }

    private void count(XmlElement element, java.util.function.LongConsumer then) {
        try {
            then.accept(Long.parseUnsignedLong(element.attribute("h").orElse("")));
        } catch (NumberFormatException e) {
            end(ClientRefusal.other("the server's count is not a number"));
        }
    }

    private void enabled(XmlElement element) {
        Optional<String> id = element.attribute("id").filter(text -> !text.isEmpty());
        boolean resumable = id.isPresent()
                && List.of("true", "1").contains(element.attribute("resume").orElse(""));
        Duration hold = element.attribute("max")
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
        bound(
                resumable
                        ? Optional.of(new Terms(
                                id.get(), element.attribute("location").orElse(""), address, hold))
                        : Optional.empty());
    }

    private void stanza(XmlElement element) {
        boolean counted = List.of("iq", "message", "presence").contains(element.name());
        if (!bindId.isEmpty()
                && element.name().equals("iq")
                && bindId.equals(element.attribute("id").orElse(""))) {
            bindId = "";
            boundTo(element);
        } else if (stage != Stage.CONNECTED) {
            owner.received(element, counted);
        }
    }

    private void boundTo(XmlElement answer) {
        Optional<String> jid = answer.element("bind", BIND)
                .flatMap(bind -> bind.element("jid", BIND))
                .map(element -> element.text().strip());
        if (!answer.attribute("type").orElse("").equals("result") || jid.isEmpty()) {
            end(ClientRefusal.other("the server does not give the resource " + config.resource()));
            return;
        }
        address = jid.get();
        if (counts) {
            say("<enable xmlns='" + MANAGEMENT + "' resume='true'/>");
        } else {
            bound(Optional.empty());
        }
    }

    private void bound(Optional<Terms> terms) {
        counts = terms.isPresent();
        establish();
        owner.bound(this, address, terms);
    }

    private void establish() {
        stage = Stage.ESTABLISHED;
        unasked.set(0);
        if (counts) {
            asking = Optional.of(channel.eventLoop()
                    .scheduleWithFixedDelay(
                            this::askAboutTheRest, ASK_AFTER.toMillis(), ASK_AFTER.toMillis(), TimeUnit.MILLISECONDS));
        }
    }

    private void askAboutTheRest() {
        if (!mute && unasked.getAndSet(0) > 0) {
            say(ASK);
        }
    }

    // --- the connection ---

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case IdleStateEvent idle -> {
                if (!restarting && stage != Stage.CONNECTED) {
                    say(" ");
                }
            }
            case SslHandshakeCompletionEvent handshake -> {
                if (handshake.isSuccess()) {
                    open();
                } else {
                    end(ClientRefusal.of(handshake.cause(), config));
                }
            }
            default -> context.fireUserEventTriggered(event);
        }
    }

    /** Nothing leaves past the gate, the farewell of TLS included. */
    private void encrypt() {
        WriteGate gate = channel.pipeline().get(WriteGate.class);
        channel.pipeline().addFirst(ClientTls.handler(config)).addFirst(gate.another());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof StreamViolation violation) {
            reason = ClientRefusal.other("the server sent something that ends a stream: " + violation.getMessage());
            say("<stream:error><" + violation.condition().element() + " xmlns='" + ERROR_NAMESPACE
                    + "'/></stream:error></stream:stream>");
        } else if (channel.pipeline().get(SslHandler.class) == null || stage != Stage.CONNECTED) {
            reason = ClientRefusal.other(cause.toString());
        }
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        asking.ifPresent(task -> task.cancel(false));
        owner.ended(this, new End(stage, reason));
    }

    /** What the login brings about. */
    private final class LoginStream implements ClientLogin.Stream {

        @Override
        public void say(String text) {
            ClientSession.this.say(text);
        }

        @Override
        public void end(ClientRefusal why) {
            ClientSession.this.end(why);
        }

        @Override
        public void secure() {
            // The header follows the handshake.
            restart(ClientSession.this::encrypt);
        }

        @Override
        public void authenticated() {
            stage = Stage.AUTHENTICATED;
            restart(ClientSession.this::open);
        }
    }
}
