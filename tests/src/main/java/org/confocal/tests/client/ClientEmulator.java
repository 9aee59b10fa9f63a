package org.confocal.tests.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.confocal.tests.Cell;
import org.confocal.tests.client.ClientBooks.Presence;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Requests;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;

/**
 * A participant. {@link #join} returns when it is in the room; from then on it behaves by itself: answers the focus,
 * accepts sessions, keeps books. The other methods make it act and may be called from any thread but not at the same time
 * by two. What it asks the focus and is refused is an error in its books.
 */
public final class ClientEmulator implements AutoCloseable {
    /** The nickname that makes an occupant the focus. */
    public static final String FOCUS_NICK = "focus";

    private static final String MUTE = Ns.JITMEET + "/";

    private final ClientConfig config;
    private final ClientLedger ledger;
    private final XmppClient client;
    private final RandomGenerator random;
    private final Cell<Optional<Inside>> inside;

    /** What exists once the focus has answered. */
    private record Inside(ClientRoom room, ClientSession session) {}

    private ClientEmulator(
            ClientConfig config,
            ClientLedger ledger,
            XmppClient client,
            RandomGenerator random,
            Cell<Optional<Inside>> inside) {
        this.config = config;
        this.ledger = ledger;
        this.client = client;
        this.random = random;
        this.inside = inside;
    }

    /**
     * Connects, asks for the conference, enters the room.
     *
     * @param random where its ids, SSRCs and keys come from; not to be used by anybody else
     * @throws IOException where it did not get into the room, with the reason
     */
    public static ClientEmulator join(ClientConfig config, RandomGenerator random) throws IOException {
        ClientEmulator emulator = connect(config, random);
        try {
            emulator.enter();
            return emulator;
        } catch (IOException e) {
            emulator.client.drop();
            throw e;
        }
    }

    /** Connects only: {@link #enter} is what remains to be done. For who wants to know what became of it where that fails. */
    public static ClientEmulator connect(ClientConfig config, RandomGenerator random) throws IOException {
        String endpoint = String.format(Locale.ROOT, "%08x", random.nextInt());
        ClientLedger ledger = new ClientLedger(endpoint);
        Cell<Optional<Inside>> inside = new Cell<>(Optional.empty());
        XmppClient.Handler handler = new XmppClient.Handler() {
            @Override
            public void received(XmppClient client, Element stanza) {
                dispatch(config, client, inside.get(), ledger, stanza);
            }

            @Override
            public void ended(XmppClient client, String reason) {
                ledger.change(page -> {
                    page.session = Optional.empty();
                    if (page.presence != Presence.LEFT) {
                        page.ended = Optional.of(reason);
                    }
                });
            }
        };
        XmppClient client = XmppClient.connect(
                config.host(),
                config.port(),
                config.domains().main(),
                new Login.Anonymous(),
                Optional.empty(),
                handler,
                config.patience());
        return new ClientEmulator(config, ledger, client, random, inside);
    }

    /**
     * Asks for the conference and enters the room, once.
     *
     * @throws IOException where it did not get into the room, with the reason
     */
    public void enter() throws IOException {
        String focusJid = ConferenceRequester.request(client, config, ledger, random);
        String endpoint = ledger.books().endpoint();
        String statsId = "Emulated-" + endpoint.substring(0, 3);
        ClientRoom room = new ClientRoom(config, endpoint, statsId, focusJid, ledger);
        inside.set(Optional.of(new Inside(room, new ClientSession(client, config, room, ledger, random))));
        client.send(room.joining());
        await(books -> books.presence() == Presence.JOINED || !books.errors().isEmpty(), config.patience());
        if (books().presence() != Presence.JOINED) {
            throw new IOException("not in the room within " + config.patience() + ": " + books().errors());
        }
    }

    private static void dispatch(
            ClientConfig config, XmppClient client, Optional<Inside> inside, ClientLedger ledger, Element stanza) {
        if (stanza.name().equals("presence")) {
            inside.ifPresent(there -> there.room().received(stanza));
        } else if (Stanzas.isRequest(stanza) && !stanza.children().isEmpty()) {
            Element payload = stanza.children().getFirst();
            if (payload.is("jingle", Ns.JINGLE) && inside.isPresent()) {
                inside.get().session().received(stanza, payload);
            } else if (payload.is("query", Ns.DISCO_INFO)) {
                client.send(Stanzas.result(stanza, config.kind().discoInfo(payload)));
            } else if (payload.is("ping", Ns.PING)) {
                client.send(Stanzas.result(stanza));
            } else if (payload.namespace().startsWith(MUTE) && inside.isPresent()) {
                muted(inside.get(), client, ledger, stanza, payload);
            } else {
                client.send(Stanzas.error(stanza, "cancel", "service-unavailable", Optional.empty()));
            }
        }
    }

    /** A mute by somebody else: obeyed where it comes from the focus, and never answered (spec/07, 7). */
    private static void muted(Inside inside, XmppClient client, ClientLedger ledger, Element iq, Element mute) {
        if (!iq.value("from").equals(inside.room().focus()) || !mute.text().equals("true")) {
            ledger.error("mute that the library ignores: " + iq.toXml());
            return;
        }
        Media media = switch (mute.namespace().substring(MUTE.length())) {
            case "audio" -> Media.AUDIO;
            case "desktop" -> Media.SCREEN;
            default -> Media.CAMERA;
        };
        ledger.change(page -> page.muted.add(media));
        client.send(inside.room().current());
    }

    private Inside inside() {
        return inside.get().orElseThrow(() -> new IllegalStateException("not in a room"));
    }

    /** What it knows now. */
    public ClientBooks books() {
        return ledger.books();
    }

    /** Waits until the books say so. @return whether they did within that time */
    public boolean await(Predicate<ClientBooks> condition, Duration atMost) {
        return ledger.await(condition, atMost);
    }

    /** What became of what it asked. */
    public Requests requests() {
        return client.requests();
    }

    /** Its nickname, and its id on the bridge. */
    public String endpoint() {
        return books().endpoint();
    }

    /** Its stream, for tests that send what no client would. */
    public XmppClient stream() {
        return client;
    }

    /** The address of the focus in the room. */
    public String focusAddress() {
        return inside().room().focus();
    }

    public ClientConfig config() {
        return config;
    }

    /** Shares its screen: source-add, and presence that says so. @return the answer of the focus */
    public CompletableFuture<Element> shareScreen() {
        LocalSource screen = ledger.compute(page -> {
            LocalSource made = LocalSource.create(Media.SCREEN, page.endpoint, random);
            page.localSources.add(made);
            page.muted.remove(Media.SCREEN);
            return made;
        });
        CompletableFuture<Element> answer = inside().session().changeSource("source-add", screen);
        client.send(inside().room().current());
        return answer;
    }

    /** Stops sharing for good: source-remove. Browsers only mute, see {@link #mute}. @return the answer of the focus */
    public CompletableFuture<Element> removeScreen() {
        LocalSource screen = ledger.compute(page -> {
            LocalSource gone = page.localSources.stream()
                    .filter(source -> source.media() == Media.SCREEN)
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no screen is shared"));
            page.localSources.remove(gone);
            return gone;
        });
        CompletableFuture<Element> answer = inside().session().changeSource("source-remove", screen);
        client.send(inside().room().current());
        return answer;
    }

    /** Mutes a source of its own, which only its presence says. */
    public void mute(Media media) {
        ledger.change(page -> page.muted.add(media));
        client.send(inside().room().current());
    }

    /** Unmutes a source of its own. */
    public void unmute(Media media) {
        ledger.change(page -> page.muted.remove(media));
        client.send(inside().room().current());
    }

    /** Asks the focus to mute somebody. @return the answer of the focus; a refusal is not an error in the books */
    public CompletableFuture<Element> muteOther(String endpoint, Media media) {
        String kind = switch (media) {
            case AUDIO -> "audio";
            case CAMERA -> "video";
            case SCREEN -> "desktop";
        };
        Element mute = Element.of("mute", MUTE + kind)
                .with("jid", inside().room().address() + "/" + endpoint)
                .text("true");
        return client.request(Stanzas.iq(IqType.SET, focusAddress(), mute), config.patience());
    }

    /** Asks for an ICE restart in place. @return the answer of the focus */
    public CompletableFuture<Element> restartIce() {
        return inside().session().restartIce();
    }

    /** Ends its session and asks for another. @return the answer of the focus */
    public CompletableFuture<Element> restartSession() {
        return inside().session().restart();
    }

    /** Leaves the room and ends its stream. */
    public void leave() {
        ledger.change(page -> page.presence = Presence.LEFT);
        inside.get().ifPresent(there -> client.send(there.room().leaving()));
        client.close();
    }

    /** Loses its network: the socket closes without a word. */
    public void drop() {
        ledger.change(page -> page.presence = Presence.LEFT);
        client.drop();
    }

    @Override
    public void close() {
        leave();
    }
}
