package org.confocal.xmpp.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.confocal.xmpp.client.SaslExchange.RefusedException;
import org.confocal.xmpp.stream.XmlElement;

/** What is agreed on before a server knows who is there: TLS and SASL (RFC 6120, sections 5 and 6). One thread. */
final class ClientLogin {

    static final String TLS = "urn:ietf:params:xml:ns:xmpp-tls";
    static final String SASL = "urn:ietf:params:xml:ns:xmpp-sasl";

    /** The stream that this is about. */
    interface Stream {
        void say(String text);

        void end(ClientRefusal why);

        /** What follows is TLS, and in it a new stream. */
        void secure();

        /** What follows is a new stream of somebody whom the server knows. */
        void authenticated();
    }

    private final ClientConfig config;
    private final RandomGenerator random;
    private final Stream stream;
    private boolean encrypted;
    private Optional<SaslExchange> exchange = Optional.empty();

    ClientLogin(ClientConfig config, RandomGenerator random, Stream stream) {
        this.config = config;
        this.random = random;
        this.stream = stream;
    }

    boolean isEncrypted() {
        return encrypted;
    }

    /** What the server offers. */
    void features(XmlElement features) {
        Optional<XmlElement> offer = features.element("starttls", TLS);
        if (!encrypted) {
            if (offer.isPresent() && config.tls() != ClientConfig.Tls.DISABLED) {
                stream.say("<starttls xmlns='" + TLS + "'/>");
                return;
            }
            if (config.tls() == ClientConfig.Tls.REQUIRED) {
                stream.end(ClientRefusal.noTls());
                return;
            }
            if (offer.isPresent() && offer.get().element("required", TLS).isPresent()) {
                stream.end(ClientRefusal.serverInsistsOnTls(config));
                return;
            }
        }
        List<String> mechanisms = features.element("mechanisms", SASL).stream()
                .flatMap(list -> list.elements().stream())
                .map(mechanism -> mechanism.text().strip())
                .toList();
        exchange = SaslExchange.choose(mechanisms, config, encrypted, random);
        if (exchange.isEmpty()) {
            stream.end(ClientRefusal.noMechanism(String.join(", ", mechanisms), encrypted, config));
            return;
        }
        stream.say("<auth xmlns='" + SASL + "' mechanism='" + exchange.get().mechanism() + "'>"
                + base64(exchange.get().initialResponse()) + "</auth>");
    }

    /** The server's answer to our wish for TLS. */
    void tls(XmlElement element) {
        if (encrypted
                || config.tls() == ClientConfig.Tls.DISABLED
                || !element.name().equals("proceed")) {
            stream.end(ClientRefusal.other("the server does not begin TLS"));
            return;
        }
        encrypted = true;
        stream.secure();
    }

    /** The server's part of the login. */
    void sasl(XmlElement element) {
        if (exchange.isEmpty()) {
            stream.end(ClientRefusal.other("the server speaks of a login that was not begun"));
            return;
        }
        try {
            switch (element.name()) {
                case "challenge" ->
                    stream.say("<response xmlns='" + SASL + "'>"
                            + base64(exchange.get().respond(decoded(element.text()))) + "</response>");
                case "success" -> {
                    exchange.get().succeeded(decoded(element.text()));
                    exchange = Optional.empty();
                    stream.authenticated();
                }
                default ->
                    stream.end(ClientRefusal.sasl(
                            element.children(SASL).stream()
                                    .filter(name -> !name.equals("text"))
                                    .findFirst()
                                    .orElse(element.name()),
                            config));
            }
        } catch (RefusedException e) {
            stream.end(ClientRefusal.sasl(String.valueOf(e.getMessage()), config));
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(SaslExchange.utf8(text));
    }

    private static String decoded(String text) throws RefusedException {
        if (text.strip().equals("=")) {
            return ""; // RFC 6120, section 6.4.2
        }
        try {
            return new String(Base64.getDecoder().decode(text.strip()), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("its words are not Base64");
        }
    }
}
