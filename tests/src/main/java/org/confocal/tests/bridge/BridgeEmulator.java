package org.confocal.tests.bridge;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.confocal.tests.Cell;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A videobridge as a focus sees it: logs in, joins the brewery, publishes statistics, answers colibri2 and health checks,
 * and comes back when the stream is lost. One virtual thread does all of it, one event after the other; the other methods
 * may be called from any thread. At most {@value #MAX_EVENTS} events wait; what comes beyond is dropped, as a bridge that
 * is overrun would.
 */
public final class BridgeEmulator implements AutoCloseable {
    static final int MAX_EVENTS = 50_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(300);
    private static final Logger log = LoggerFactory.getLogger(BridgeEmulator.class);

    private final BridgeConfig config;
    private final ColibriResponder responder;
    private final InstantSource clock;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>(MAX_EVENTS);
    private final Cell<BridgeBooks> books = new Cell<>(BridgeBooks.empty());
    private final Cell<Set<BridgeFlag>> flags = new Cell<>(Set.of());
    private final Cell<BridgeFault> fault = new Cell<>(new BridgeFault.None());
    private final Cell<Optional<XmppClient>> session = new Cell<>(Optional.empty());
    private final AtomicLong refusals = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong healthChecks = new AtomicLong();
    private final AtomicLong focusDepartures = new AtomicLong();
    private final CountDownLatch joined = new CountDownLatch(1);
    private final Thread thread;

    private sealed interface Event {
        record Received(XmppClient from, Element stanza) implements Event {}

        record Lost(XmppClient session) implements Event {}

        record Publish() implements Event {}

        record Connect() implements Event {}

        record Stop() implements Event {}
    }

    private BridgeEmulator(BridgeConfig config, RandomGenerator random, InstantSource clock) {
        this.config = config;
        this.responder = new ColibriResponder(config, random);
        this.clock = clock;
        this.thread = Thread.ofVirtual().name("bridge-" + config.name()).unstarted(this::run);
    }

    /** Starts one and waits until it is in the brewery with its statistics. */
    public static BridgeEmulator start(BridgeConfig config, RandomGenerator random) throws IOException {
        BridgeEmulator bridge = launch(config, random);
        try {
            if (bridge.joined.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return bridge;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        bridge.close();
        throw new IOException("bridge " + config.name() + " did not get into the brewery");
    }

    /** Starts one that comes up by itself when Prosody does. */
    public static BridgeEmulator launch(BridgeConfig config, RandomGenerator random) {
        BridgeEmulator bridge = new BridgeEmulator(config, random, InstantSource.system());
        bridge.events.add(new Event.Connect());
        bridge.thread.start();
        return bridge;
    }

    /** Its address in the brewery: what a focus calls the bridge. */
    public String jid() {
        return config.domains().brewery() + "/" + config.name();
    }

    public BridgeConfig config() {
        return config;
    }

    /** What it holds now. */
    public BridgeBooks books() {
        return books.get();
    }

    /** How many colibri2 requests it has received. */
    public long requests() {
        return requests.get();
    }

    /** How many colibri2 requests it has refused. */
    public long refusals() {
        return refusals.get();
    }

    /** How many health checks it has received. */
    public long healthChecks() {
        return healthChecks.get();
    }

    /** How many times it saw the focus leave the brewery. */
    public long focusDepartures() {
        return focusDepartures.get();
    }

    /** From now on it misbehaves like this. */
    public void misbehave(BridgeFault how) {
        fault.set(how);
    }

    /** Sets a flag and says so in presence at once. */
    public void set(BridgeFlag flag) {
        change(flag, true);
    }

    /** Clears a flag and says so in presence at once. */
    public void clear(BridgeFlag flag) {
        change(flag, false);
    }

    private void change(BridgeFlag flag, boolean on) {
        flags.update(before -> {
            Set<BridgeFlag> after = EnumSet.noneOf(BridgeFlag.class);
            after.addAll(before);
            if (on) {
                after.add(flag);
            } else {
                after.remove(flag);
            }
            return Collections.unmodifiableSet(after);
        });
        publish();
    }

    /** Publishes its statistics now. */
    public void publish() {
        events.offer(new Event.Publish());
    }

    /** Leaves the brewery with unavailable presence and stays away. */
    public void leave() {
        session.get().ifPresent(client -> client.send(Stanzas.presence(jid()).with("type", "unavailable")));
        close();
    }

    /** Loses its socket without a word, and its memory: it comes back empty, as after a crash and a restart. */
    public void crash() {
        books.set(BridgeBooks.empty());
        session.get().ifPresent(XmppClient::drop);
    }

    /** Loses its socket without a word, and its memory, and stays away. */
    public void kill() {
        events.offer(new Event.Stop());
        session.get().ifPresent(XmppClient::drop);
        join();
        books.update(BridgeBooks::ended);
    }

    /** Ends its stream politely and stays away. */
    @Override
    public void close() {
        events.offer(new Event.Stop());
        join();
        session.get().ifPresent(XmppClient::close);
    }

    private void join() {
        try {
            thread.join(PATIENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextPublish = 0;
        try {
            while (true) {
                long wait = nextPublish - System.nanoTime();
                Event event = wait <= 0 ? new Event.Publish() : events.poll(wait, TimeUnit.NANOSECONDS);
                if (event instanceof Event.Stop) {
                    return;
                }
                if (event != null && handle(event)) {
                    nextPublish = System.nanoTime() + config.statsInterval().toNanos();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** @return whether statistics were published */
    private boolean handle(Event event) {
        switch (event) {
            case Event.Received received -> received(received.from(), received.stanza());
            case Event.Lost lost -> lost(lost.session());
            case Event.Connect connect -> {
                return connect() && publishNow();
            }
            case Event.Publish publish -> {
                publishNow();
                return true;
            }
            case Event.Stop stop -> {}
        }
        return false;
    }

    private void lost(XmppClient lost) {
        if (session.get().filter(current -> current == lost).isPresent()) {
            session.set(Optional.empty());
            connectLater();
        }
    }

    private void connectLater() {
        CompletableFuture.delayedExecutor(RECONNECT_PAUSE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> events.offer(new Event.Connect()));
    }

    private boolean connect() {
        XmppClient.Handler handler = new XmppClient.Handler() {
            @Override
            public void received(XmppClient client, Element stanza) {
                events.offer(new Event.Received(client, stanza));
            }

            @Override
            public void ended(XmppClient client, String reason) {
                events.offer(new Event.Lost(client));
            }
        };
        try {
            XmppClient client = XmppClient.connect(
                    config.host(),
                    config.port(),
                    config.domains().auth(),
                    new Login.Plain(config.user(), config.password()),
                    Optional.empty(),
                    handler,
                    PATIENCE);
            session.set(Optional.of(client));
            client.send(Stanzas.presence(jid()).add(Element.of("x", Ns.MUC)));
            Element form = Element.of("x", Ns.DATA_FORM)
                    .with("type", "submit")
                    .add(field("FORM_TYPE", "http://jabber.org/protocol/muc#roomconfig"))
                    .add(field("muc#roomconfig_whois", "anyone"));
            client.send(Stanzas.iq(
                            IqType.SET,
                            config.domains().brewery(),
                            Element.of("query", Ns.MUC_OWNER).add(form))
                    .with("id", "configure"));
            return true;
        } catch (IOException e) {
            log.debug("{} cannot connect: {}", config.name(), e.getMessage());
            connectLater();
            return false;
        }
    }

    private static Element field(String name, String value) {
        return Element.of("field").with("var", name).add(Element.of("value").text(value));
    }

    private boolean publishNow() {
        BridgeBooks current = books.update(before -> before.expired(clock.instant()));
        if (fault.get() instanceof BridgeFault.Silence) {
            return true;
        }
        session.get().ifPresent(client -> {
            Element stats = BridgeStats.of(config, current, flags.get(), clock.instant());
            client.send(Stanzas.presence(jid()).add(Element.of("priority").text("0"), stats, caps()));
        });
        return true;
    }

    private static Element caps() {
        return Element.of("c", Ns.CAPS)
                .with("node", "https://igniterealtime.org/projects/smack")
                .with("ver", "V78g62DrlQFfgmPEo5t0m/hyx4w=")
                .with("hash", "sha-1");
    }

    private void received(XmppClient from, Element stanza) {
        if (stanza.name().equals("presence")) {
            if (stanza.value("from").equals(jid())
                    && stanza.child("stats", Ns.COLIBRI).isPresent()) {
                joined.countDown();
            } else if (stanza.value("type").equals("unavailable")
                    && stanza.value("from").equals(config.domains().brewery() + "/focus")) {
                focusDepartures.incrementAndGet();
            }
            return;
        }
        if (!Stanzas.isRequest(stanza)) {
            return;
        }
        Element payload =
                stanza.children().isEmpty() ? stanza : stanza.children().getFirst();
        switch (payload.namespace()) {
            case Ns.COLIBRI2 -> colibri(from, stanza, payload);
            case Ns.HEALTH_CHECK -> healthCheck(from, stanza);
            case Ns.PING -> from.send(Stanzas.result(stanza));
            case Ns.DISCO_INFO -> from.send(Stanzas.result(stanza, payload));
            default -> from.send(Stanzas.error(stanza, "cancel", "service-unavailable", Optional.empty()));
        }
    }

    private void healthCheck(XmppClient from, Element request) {
        healthChecks.incrementAndGet();
        if (fault.get() instanceof BridgeFault.Hang || fault.get() instanceof BridgeFault.Silence) {
            return;
        }
        from.send(
                flags.get().contains(BridgeFlag.UNHEALTHY)
                        ? Stanzas.error(request, "cancel", "internal-server-error", Optional.of("unhealthy"))
                        : Stanzas.result(request));
    }

    private void colibri(XmppClient from, Element request, Element modify) {
        requests.incrementAndGet();
        switch (fault.get()) {
            case BridgeFault.None none -> from.send(carryOut(request, modify));
            case BridgeFault.Hang hang -> {}
            case BridgeFault.LoseAnswers lost -> carryOut(request, modify);
            case BridgeFault.Silence silence -> carryOut(request, modify);
            case BridgeFault.Nonsense nonsense -> {
                Element answer = carryOut(request, modify);
                from.send(nonsense(nonsense.kind(), request, answer));
            }
            case BridgeFault.Late late -> {
                Element answer = carryOut(request, modify);
                CompletableFuture.delayedExecutor(late.by().toMillis(), TimeUnit.MILLISECONDS)
                        .execute(() -> from.send(answer));
            }
            case BridgeFault.Refuse refuse -> {
                refusals.incrementAndGet();
                from.send(new ColibriAnswer.Refused(
                                books.get(), refuse.condition(), refuse.reason(), "refused", Optional.empty())
                        .toIq(request));
            }
        }
    }

    private static Element nonsense(BridgeFault.Nonsense.Kind kind, Element request, Element answer) {
        return switch (kind) {
            case EMPTY -> Stanzas.result(request);
            case OTHER_NAMESPACE -> Stanzas.result(request, Element.of("weather", "urn:example:weather"));
            case NO_TRANSPORT -> {
                Element modified = Element.of("conference-modified", Ns.COLIBRI2);
                for (Element entry : answer.children().stream()
                        .flatMap(each -> each.children().stream())
                        .toList()) {
                    modified = modified.add(Element.of(entry.name()).with("id", entry.attribute("id")));
                }
                yield Stanzas.result(request, modified);
            }
        };
    }

    private Element carryOut(Element request, Element modify) {
        try {
            ColibriAnswer answer = responder.answer(books.get(), modify, flags.get(), clock.instant());
            books.set(answer.books());
            if (answer instanceof ColibriAnswer.Refused refused) {
                refusals.incrementAndGet();
                log.info("{} refuses: {} {}", config.name(), refused.condition(), refused.text());
            }
            return answer.toIq(request);
        } catch (IllegalArgumentException e) {
            refusals.incrementAndGet();
            return Stanzas.error(
                    request, "cancel", "internal-server-error", Optional.of(String.valueOf(e.getMessage())));
        }
    }
}
