package org.confocal.tests.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.confocal.tests.client.ClientBooks.Offer;
import org.confocal.tests.client.ClientJingle.Credentials;
import org.confocal.tests.client.ClientLedger.Page;
import org.confocal.tests.client.SourceReader.Found;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;

/**
 * The Jingle session with the focus. {@link #received} runs on the reading thread, one stanza after the other; what it
 * asks the focus goes on when the answer comes.
 */
final class ClientSession {
    private final XmppClient client;
    private final ClientConfig config;
    private final ClientRoom room;
    private final ClientLedger ledger;
    private final RandomGenerator random;
    private Credentials credentials;

    ClientSession(
            XmppClient client, ClientConfig config, ClientRoom room, ClientLedger ledger, RandomGenerator random) {
        this.client = client;
        this.config = config;
        this.room = room;
        this.ledger = ledger;
        this.random = random;
        this.credentials = Credentials.create(random);
    }

    void received(Element iq, Element jingle) {
        if (!iq.value("from").equals(room.focus())) {
            ledger.error("Jingle from " + iq.value("from"));
            client.send(Stanzas.error(iq, "cancel", "not-allowed", Optional.empty()));
            return;
        }
        String action = jingle.value("action");
        if (action.equals("session-initiate")) {
            initiate(iq, jingle);
            return;
        }
        boolean known = ledger.compute(page -> page.session)
                .filter(session -> session.sid().equals(jingle.value("sid")))
                .isPresent();
        if (!known) {
            Element unknown = Element.of("unknown-session", Ns.JINGLE_ERRORS);
            client.send(Stanzas.error(iq, "cancel", "item-not-found", Optional.empty(), unknown));
            return;
        }
        switch (action) {
            case "source-add" -> ledger.change(page -> addSources(page, jingle));
            case "source-remove" -> ledger.change(page -> removeSources(page, jingle));
            case "session-terminate" -> ledger.change(ClientSession::terminate);
            case "transport-info" -> transportInfo(jingle);
            case "transport-replace" -> {
                client.send(Stanzas.result(iq));
                replace(jingle);
                return;
            }
            default -> {
                ledger.error("Jingle action '" + action + "', which the library does not know");
                client.send(Stanzas.error(iq, "modify", "bad-request", Optional.empty()));
                return;
            }
        }
        client.send(Stanzas.result(iq));
    }

    private static void terminate(Page page) {
        page.session = Optional.empty();
        page.remoteSources.clear();
        page.terminated++;
    }

    private void initiate(Element iq, Element jingle) {
        String sid = jingle.value("sid");
        List<String> wrong =
                OfferCheck.violations(jingle, config.kind(), ledger.books().endpoint());
        boolean twice = ledger.compute(page -> {
            wrong.forEach(each -> page.error("session-initiate: " + each));
            page.session.ifPresent(running -> page.error("session-initiate while session " + running.sid() + " runs"));
            boolean again = page.offers.stream().anyMatch(offer -> offer.sid().equals(sid));
            if (!again) {
                start(page, jingle);
            }
            return again;
        });
        if (twice) {
            ledger.error("session-initiate with the sid of an earlier session");
            client.send(Stanzas.error(iq, "cancel", "service-unavailable", Optional.empty()));
            return;
        }
        client.send(Stanzas.result(iq));
        accept(jingle);
        client.send(room.current());
    }

    private void replace(Element jingle) {
        List<String> wrong =
                OfferCheck.violations(jingle, config.kind(), ledger.books().endpoint());
        ledger.change(page -> {
            page.replaced++;
            wrong.forEach(each -> page.error("transport-replace: " + each));
        });
        String sid = jingle.value("sid");
        switch (config.replacing()) {
            case ACCEPTS -> {
                ledger.change(page -> start(page, jingle));
                renewCredentials();
                Element accept = ClientJingle.transportAccept(sid, room.focus(), client.jid(), credentials);
                Future<?> unused = ask(accept, "transport-accept", () -> ledger.change(page -> page.accepted++));
            }
            case REJECTS -> {
                Element reject = ClientJingle.action("transport-reject", sid, room.focus());
                Future<?> unused = ask(reject, "transport-reject");
            }
            case IGNORES -> {}
        }
    }

    private void start(Page page, Element jingle) {
        long now = System.nanoTime();
        Optional<Element> bridge = jingle.child("bridge-session", Ns.FOCUS);
        Offer offer = new Offer(
                jingle.value("sid"),
                bridge.map(each -> each.value("id")).orElse(""),
                bridge.map(each -> each.value("region")).orElse(""),
                now,
                page.companySince == 0 ? 0 : now - page.companySince);
        page.offers.add(offer);
        page.session = Optional.of(offer);
        page.iceGeneration = 0;
        page.remoteSources.clear();
        learn(page, SourceReader.read(jingle));
        if (page.localSources.isEmpty()) {
            page.localSources.add(LocalSource.create(Media.AUDIO, page.endpoint, random));
            page.localSources.add(LocalSource.create(Media.CAMERA, page.endpoint, random));
        }
    }

    /** Under the ledger's lock, as the source of randomness is shared with the thread that makes the client act. */
    private void renewCredentials() {
        credentials = ledger.compute(page -> credentials.restarted(random));
    }

    private void accept(Element offer) {
        List<LocalSource> sources = ledger.compute(page -> List.copyOf(page.localSources));
        renewCredentials();
        Element accept =
                ClientJingle.accept(offer, room.focus(), client.jid(), sources, credentials, config.initialLastN());
        // Whatever comes of it is noted in the books.
        Future<?> unused = ask(accept, "session-accept", () -> ledger.change(page -> page.accepted++));
    }

    /** Sends Jingle to the focus; a refusal and a missing answer are errors in the books. */
    private CompletableFuture<Element> ask(Element jingle, String what, Runnable onResult) {
        return ask(jingle, what, onResult, ledger::error);
    }

    private CompletableFuture<Element> ask(Element jingle, String what, Runnable onResult, Consumer<String> onRefusal) {
        return client.request(Stanzas.iq(IqType.SET, room.focus(), jingle), config.patience())
                .whenComplete((answer, failure) -> {
                    if (failure != null) {
                        if (client.isOpen()) {
                            ledger.error(what + " was not answered: " + failure);
                        }
                    } else if (answer.value("type").equals("result")) {
                        onResult.run();
                    } else {
                        onRefusal.accept(what + " was refused: " + Stanzas.describe(answer));
                    }
                });
    }

    private CompletableFuture<Element> ask(Element jingle, String what) {
        return ask(jingle, what, () -> {});
    }

    private void addSources(Page page, Element jingle) {
        Found found = checked(page, jingle, "source-add");
        for (RemoteSource source : found.sources()) {
            if (page.remoteSources.containsKey(source.ssrc())) {
                page.error("source-add of a known SSRC: " + source);
            }
        }
        learn(page, found);
    }

    private void learn(Page page, Found found) {
        for (RemoteSource source : found.sources()) {
            boolean bridge = source.owner().equals(RemoteSource.BRIDGE);
            // Who is told of somebody that has left already ignores it, as the library does.
            if (bridge || page.occupants.containsKey(source.owner())) {
                page.remoteSources.put(source.ssrc(), source);
                page.sourcesTold += bridge ? 0 : 1;
            }
        }
    }

    private void removeSources(Page page, Element jingle) {
        for (RemoteSource source : checked(page, jingle, "source-remove").sources()) {
            boolean known = page.remoteSources.remove(source.ssrc()) != null;
            if (!known && page.occupants.containsKey(source.owner())) {
                page.error("source-remove of an unknown SSRC: " + source);
            }
        }
    }

    private Found checked(Page page, Element jingle, String action) {
        Found found = SourceReader.read(jingle);
        List<String> wrong = new ArrayList<>();
        OfferCheck.sources(found, config.kind(), page.endpoint, wrong);
        if (found.sources().isEmpty()) {
            wrong.add("no sources");
        }
        wrong.forEach(each -> page.error(action + ": " + each));
        return found;
    }

    private void transportInfo(Element jingle) {
        Optional<Element> transport = jingle.each("content")
                .flatMap(content -> content.child("transport", Ns.ICE).stream())
                .findFirst();
        int generation = transport
                .flatMap(each -> each.attribute("ice-generation"))
                .map(Integer::parseInt)
                .orElse(0);
        boolean newer = ledger.compute(page -> generation > page.iceGeneration);
        if (newer) {
            renewCredentials();
            Element answer = ClientJingle.transportInfo(jingle.value("sid"), room.focus(), credentials, generation);
            // Only then is the restart over: whoever ends the session before would have the answer refused.
            Runnable taken = () -> ledger.change(page -> page.iceGeneration = Math.max(generation, page.iceGeneration));
            Future<?> unused = ask(answer, "transport-info", taken);
        }
    }

    /** Tells the focus of a change of the client's own sources. */
    CompletableFuture<Element> changeSource(String action, LocalSource source) {
        String sid = running().sid();
        // Where the focus has ended the session meanwhile, the next one begins with all sources.
        Consumer<String> refused =
                why -> ledger.change(page -> page.refusedChanges.put(sid, page.endpoint + ": " + why));
        return ask(ClientJingle.sourceChange(action, sid, room.focus(), source), action, () -> {}, refused);
    }

    CompletableFuture<Element> restartIce() {
        Offer session = running();
        return ask(ClientJingle.iceRestart(session.sid(), room.focus(), session.bridgeSession()), "ICE restart");
    }

    CompletableFuture<Element> restart() {
        Offer session = running();
        ledger.change(page -> {
            page.session = Optional.empty();
            page.remoteSources.clear();
        });
        return ask(ClientJingle.restart(session.sid(), room.focus(), session.bridgeSession()), "restart");
    }

    private Offer running() {
        return ledger.compute(page -> page.session).orElseThrow(() -> new IllegalStateException("there is no session"));
    }
}
