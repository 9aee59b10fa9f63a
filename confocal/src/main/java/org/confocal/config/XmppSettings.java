package org.confocal.config;

import static org.confocal.config.SettingsReader.jid;

import java.time.Duration;
import java.util.Optional;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.client.ClientConfig;
import org.confocal.xmpp.client.ClientConfig.CertificateCheck;
import org.confocal.xmpp.client.ClientConfig.Tls;
import org.confocal.xmpp.component.ComponentConfig;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;

/** Reads what concerns Prosody: {@code jicofo.xmpp} and the brewery's address. */
final class XmppSettings {
    private static final String A_DOMAIN = "a domain, as in auth.meet.example.org";
    private static final DomainBareJid NOWHERE = JidCreate.domainBareFromOrThrowUnchecked("nowhere.invalid");

    private final SettingsReader reader;

    XmppSettings(SettingsReader reader) {
        this.reader = reader;
    }

    FocusSettings.Xmpp read() {
        Optional<DomainBareJid> proxy =
                reader.parsed("jicofo.xmpp.client.client-proxy", A_DOMAIN, XmppSettings::parseDomain);
        Optional<ClientConfig> service =
                reader.flag("jicofo.xmpp.service.enabled") ? Optional.of(client("service")) : Optional.empty();
        FocusSettings.Main main = reader.flag("jicofo.xmpp.component.enabled")
                ? component()
                : new FocusSettings.Main.Client(client("client"));
        return new FocusSettings.Xmpp(main, service, proxy);
    }

    Optional<EntityBareJid> brewery() {
        return reader.parsed(
                "jicofo.bridge.brewery-jid",
                "a room, as in jvbbrewery@internal.auth.meet.example.org",
                jid(JidCreate::entityBareFrom));
    }

    private FocusSettings.Main component() {
        String component = "jicofo.xmpp.component.";
        DomainBareJid domain = domain(component + "domain");
        Optional<DomainBareJid> xmppDomain = reader.parsed(
                        component + "xmpp-domain", A_DOMAIN, XmppSettings::parseDomain)
                .or(() -> reader.parsed("jicofo.xmpp.client.xmpp-domain", A_DOMAIN, XmppSettings::parseDomain));
        Localpart user = username(component);
        ComponentConfig config = new ComponentConfig(
                host(component),
                reader.integer(component + "port", 1, 65_535),
                domain,
                reader.required(component + "secret", "the component's secret in Prosody", secret -> secret)
                        .orElse("none"),
                user,
                resource(component, user),
                xmppDomain.orElse(domain),
                Duration.ofSeconds(10),
                reader.duration(component + "reply-timeout", Duration.ofMillis(100)),
                Duration.ofSeconds(10),
                BackoffConfig.DEFAULT,
                StanzaLimits.DEFAULT);
        return new FocusSettings.Main.Component(config, xmppDomain);
    }

    private ClientConfig client(String name) {
        String client = "jicofo.xmpp." + name + ".";
        Localpart user = username(client);
        return new ClientConfig(
                name,
                host(client),
                reader.integer(client + "port", 1, 65_535),
                domain(client + "domain"),
                user,
                resource(client, user),
                reader.text(client + "password"),
                reader.flag(client + "use-tls") ? Tls.IF_POSSIBLE : Tls.DISABLED,
                reader.flag(client + "disable-certificate-verification") ? CertificateCheck.OFF : CertificateCheck.ON,
                reader.parsed(client + "xmpp-domain", A_DOMAIN, XmppSettings::parseDomain),
                reader.duration(client + "reply-timeout", Duration.ofMillis(100)),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BackoffConfig.DEFAULT,
                StanzaLimits.DEFAULT);
    }

    /** jxmpp reads {@code a@b} as a domain, too; nobody means that. */
    static DomainBareJid parseDomain(String text) {
        if (text.indexOf('@') >= 0 || text.indexOf('/') >= 0) {
            throw new IllegalArgumentException("an address, not a domain");
        }
        return SettingsReader.<DomainBareJid>jid(JidCreate::domainBareFrom).apply(text);
    }

    private DomainBareJid domain(String key) {
        return reader.required(key, A_DOMAIN, XmppSettings::parseDomain).orElse(NOWHERE);
    }

    private String host(String prefix) {
        return reader.required(prefix + "hostname", "a host name or address", host -> host)
                .orElse("localhost");
    }

    private Localpart username(String prefix) {
        return reader.required(prefix + "username", "a user name", jid(Localpart::from))
                .orElseGet(() -> Localpart.fromOrThrowUnchecked("focus"));
    }

    private Resourcepart resource(String prefix, Localpart user) {
        return reader.parsed(prefix + "resource", "a resource", jid(Resourcepart::from))
                .orElseGet(() -> Resourcepart.fromOrThrowUnchecked(user.toString()));
    }
}
