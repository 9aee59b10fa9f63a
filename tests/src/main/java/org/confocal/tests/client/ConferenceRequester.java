package org.confocal.tests.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;

/** Asks the focus for the conference until it is ready, as the library does (spec/07, 1). Runs on the caller's thread. */
final class ConferenceRequester {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    private static final Set<String> NOBODY_THERE =
            Set.of("service-unavailable", "remote-server-not-found", "remote-server-timeout");

    private ConferenceRequester() {}

    /**
     * @return the {@code focusjid} of the answer
     * @throws IOException where the request is refused, or the conference is not ready within {@link ClientConfig#patience}
     */
    static String request(XmppClient client, ClientConfig config, ClientLedger ledger, RandomGenerator random)
            throws IOException {
        String room = config.domains().room(config.room());
        Element conference = Element.of("conference", Ns.FOCUS)
                .with("machine-uid", String.format(Locale.ROOT, "%016x%016x", random.nextLong(), random.nextLong()))
                .with("room", room)
                .add(property("rtcstatsEnabled", "false"), property("visitors-version", "1"));
        Element iq = Stanzas.iq(IqType.SET, config.domains().focus(), conference);
        long deadline = System.nanoTime() + config.patience().toNanos();
        Duration pause = config.backOff();
        ledger.change(page -> page.requestedNanos = System.nanoTime());
        while (true) {
            Element answer = client.ask(iq, config.patience());
            Optional<Element> ready = ready(answer, ledger);
            if (ready.isPresent()) {
                return check(ready.get(), room, ledger);
            }
            if (System.nanoTime() + pause.toNanos() > deadline) {
                throw new IOException("the conference is not ready: " + answer.toXml());
            }
            pause(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private static Optional<Element> ready(Element answer, ClientLedger ledger) throws IOException {
        Optional<String> condition = Stanzas.condition(answer);
        if (condition.isPresent()) {
            // No focus is connected: Prosody or the proxy answers. The application starts over, which comes to the
            // same.
            if (NOBODY_THERE.contains(condition.get())) {
                return Optional.empty();
            }
            throw new IOException("conference request refused: " + Stanzas.describe(answer));
        }
        Optional<Element> conference = answer.child("conference", Ns.FOCUS);
        if (conference.isEmpty()) {
            ledger.error("an answer to the conference request without <conference>");
        }
        return conference.filter(each -> each.attribute("ready").orElse("true").equals("true"));
    }

    private static String check(Element conference, String room, ClientLedger ledger) {
        String focusJid = conference.value("focusjid");
        if (focusJid.isEmpty() || focusJid.contains("/")) {
            ledger.error("focusjid '" + focusJid + "' is not a bare address");
        }
        if (!conference.value("room").equals(room)) {
            ledger.error("answer for room '" + conference.value("room") + "'");
        }
        return focusJid;
    }

    private static void pause(Duration length) throws IOException {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(length.toMillis()));
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
    }

    private static Element property(String name, String value) {
        return Element.of("property").with("name", name).with("value", value);
    }
}
