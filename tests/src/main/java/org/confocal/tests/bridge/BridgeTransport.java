package org.confocal.tests.bridge;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/** Makes up the transports a bridge answers with, in JVB's shape; every one is different. Used by one thread. */
final class BridgeTransport {
    private static final String ALPHABET = "0123456789abcdefghijklmnopqrstuv";
    private static final int MEDIA_PORT = 10_000;

    private final BridgeConfig config;
    private final RandomGenerator random;
    private final String fingerprint;
    private int nextPort = 20_000;

    BridgeTransport(BridgeConfig config, RandomGenerator random) {
        this.config = config;
        this.random = random;
        this.fingerprint = fingerprint(random);
    }

    private static String fingerprint(RandomGenerator random) {
        byte[] digest = new byte[32];
        random.nextBytes(digest);
        StringBuilder text = new StringBuilder();
        for (byte each : digest) {
            text.append(text.isEmpty() ? "" : ":").append(String.format(Locale.ROOT, "%02X", each));
        }
        return text.toString();
    }

    /** The transport for an endpoint. */
    Element forEndpoint(ConferenceBook conference, EndpointBook endpoint, OptionalInt iceGeneration) {
        String setup = endpoint.transport() == EndpointBook.Transport.KNOWN ? "passive" : "actpass";
        String socket = "/colibri-ws/" + config.name() + "/" + conference.token() + "/" + endpoint.id();
        Element transport = Element.of("transport", Ns.ICE);
        if (iceGeneration.isPresent()) {
            transport = transport.with("ice-generation", Integer.toString(iceGeneration.getAsInt()));
        }
        return fill(transport, setup, socket, MEDIA_PORT);
    }

    /** The transport for a relay; with a port of its own where the focus asks for one. */
    Element forRelay(ConferenceBook conference, Element request) {
        boolean unique = request.child("transport")
                .filter(each -> each.isTrue("use-unique-port"))
                .isPresent();
        String socket = "/colibri-relay-ws/" + config.name() + "/" + conference.token() + "/" + request.value("id");
        return fill(Element.of("transport", Ns.ICE), "actpass", socket, unique ? nextPort++ : MEDIA_PORT);
    }

    private Element fill(Element transport, String setup, String socket, int port) {
        Element secured = transport
                .with("pwd", text(26))
                .with("ufrag", text(14))
                .add(Element.of("rtcp-mux"))
                .add(Element.of("fingerprint", Ns.DTLS)
                        .with("setup", setup)
                        .with("hash", "sha-256")
                        .text(fingerprint));
        Element reachable = switch (config.webSockets()) {
            case ON ->
                secured.add(Element.of("web-socket", Ns.COLIBRI)
                        .with("url", "ws://127.0.0.1:9090" + socket + "?pwd=" + text(24)));
            case OFF -> secured;
        };
        return reachable.add(Element.of("candidate")
                .with("type", "host")
                .with("protocol", "udp")
                .with("component", "1")
                .with("network", "0")
                .with("ip", "192.0.2.2")
                .with("foundation", "1")
                .with("id", text(24))
                .with("generation", "0")
                .with("priority", "2130706431")
                .with("port", Integer.toString(port)));
    }

    /** A conference with an own token and own feedback sources. */
    ConferenceBook conference(String meetingId, String name) {
        return new ConferenceBook(
                meetingId,
                name,
                String.format(Locale.ROOT, "%016x", random.nextLong()),
                ssrc(),
                ssrc(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>(),
                new LinkedHashSet<>(),
                Optional.empty());
    }

    private long ssrc() {
        return random.nextLong(1, 1L << 32);
    }

    private String text(int length) {
        StringBuilder made = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return made.toString();
    }
}
