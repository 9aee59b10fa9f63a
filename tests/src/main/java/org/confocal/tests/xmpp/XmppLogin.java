package org.confocal.tests.xmpp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The way from a socket to a bound session: SASL (RFC 6120, 6), stream restart, bind (RFC 6120, 7). */
final class XmppLogin {
    private XmppLogin() {}

    /** The outcome. */
    record Bound(String jid) {}

    static Bound login(XmppWire wire, String domain, XmppClient.Login login, Optional<String> resource)
            throws IOException {
        wire.startStream(domain);
        Element features = expectFeatures(wire);
        String mechanism = switch (login) {
            case XmppClient.Login.Anonymous anonymous -> "ANONYMOUS";
            case XmppClient.Login.Plain plain -> "PLAIN";
        };
        boolean offered = features.deep("mechanism", Ns.SASL)
                .anyMatch(offer -> offer.text().equals(mechanism));
        if (!offered) {
            throw new IOException(domain + " does not offer SASL " + mechanism + ": " + features.toXml());
        }
        Element auth = Element.of("auth", Ns.SASL).with("mechanism", mechanism);
        if (login instanceof XmppClient.Login.Plain plain) {
            String message = "\0" + plain.user() + "\0" + plain.password();
            auth = auth.text(Base64.getEncoder().encodeToString(message.getBytes(StandardCharsets.UTF_8)));
        }
        wire.write(auth.toXml());
        Element answer = wire.read();
        if (!answer.is("success", Ns.SASL)) {
            throw new IOException(domain + " refused the login: " + answer.toXml());
        }
        wire.startStream(domain);
        expectFeatures(wire);
        return new Bound(bind(wire, resource));
    }

    private static Element expectFeatures(XmppWire wire) throws IOException {
        Element features = wire.read();
        if (!features.is("features", Ns.STREAMS)) {
            throw new IOException("expected stream features, got " + features.toXml());
        }
        return features;
    }

    private static String bind(XmppWire wire, Optional<String> resource) throws IOException {
        Element bind = Element.of("bind", Ns.BIND);
        if (resource.isPresent()) {
            bind = bind.add(Element.of("resource").text(resource.get()));
        }
        Element iq = Element.of("iq", Ns.CLIENT)
                .with("type", "set")
                .with("id", "bind")
                .add(bind);
        wire.write(iq.toXml());
        Element answer = wire.read();
        return answer.deep("jid", Ns.BIND)
                .findFirst()
                .map(Element::text)
                .orElseThrow(() -> new IOException("bind failed: " + answer.toXml()));
    }
}
