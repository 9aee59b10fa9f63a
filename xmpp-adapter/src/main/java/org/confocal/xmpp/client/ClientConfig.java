package org.confocal.xmpp.client;

import java.time.Duration;
import java.util.Optional;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.StanzaLimits;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * A client login (spec/01, sections 1.1 and 1.2).
 *
 * @param name how the connection is called in logs: {@code client}, {@code service}, or a visitor node's name
 * @param host connected to as it stands, without SRV lookup
 * @param domain of the account
 * @param password empty for SASL ANONYMOUS; never in a log
 * @param tls whether the stream is encrypted
 * @param certificates whose word is taken for the server's name
 * @param xmppDomain what the server serves to people; pinged, and asked for components
 * @param replyTimeout of every request
 * @param connectTimeout of the TCP connection
 * @param pingInterval of silence after which the server is pinged
 */
public record ClientConfig(
        String name,
        String host,
        int port,
        DomainBareJid domain,
        Localpart username,
        Resourcepart resource,
        Optional<String> password,
        Tls tls,
        CertificateCheck certificates,
        Optional<DomainBareJid> xmppDomain,
        Duration replyTimeout,
        Duration connectTimeout,
        Duration pingInterval,
        BackoffConfig backoff,
        StanzaLimits limits) {

    public static final int DEFAULT_PORT = 5222;
    public static final int DEFAULT_SERVICE_PORT = 6222;

    /** Whether the stream is encrypted. */
    public enum Tls {
        DISABLED,
        /** What {@code use-tls=true} means in Jicofo. */
        IF_POSSIBLE,
        REQUIRED
    }

    /** Whether the server has to prove its name. */
    public enum CertificateCheck {
        ON,
        /** {@code disable-certificate-verification}: any certificate for any name. */
        OFF
    }

    public ClientConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", must be 1 to 65535");
        }
        if (!pingInterval.isPositive() || !replyTimeout.isPositive() || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException("intervals and timeouts must be positive");
        }
    }

    /** All defaults: {@code focus@domain/focus}, TLS where offered with a checked certificate, 15 s for answers. */
    public static ClientConfig of(String host, int port, DomainBareJid domain, Optional<String> password) {
        return new ClientConfig(
                "client",
                host,
                port,
                domain,
                Localpart.fromOrThrowUnchecked("focus"),
                Resourcepart.fromOrThrowUnchecked("focus"),
                password,
                Tls.IF_POSSIBLE,
                CertificateCheck.ON,
                Optional.empty(),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                Duration.ofSeconds(30),
                BackoffConfig.DEFAULT,
                StanzaLimits.DEFAULT);
    }

    public ClientConfig withTls(Tls other, CertificateCheck check) {
        return new ClientConfig(
                name,
                host,
                port,
                domain,
                username,
                resource,
                password,
                other,
                check,
                xmppDomain,
                replyTimeout,
                connectTimeout,
                pingInterval,
                backoff,
                limits);
    }

    public ClientConfig withXmppDomain(DomainBareJid other) {
        return new ClientConfig(
                name,
                host,
                port,
                domain,
                username,
                resource,
                password,
                tls,
                certificates,
                Optional.of(other),
                replyTimeout,
                connectTimeout,
                pingInterval,
                backoff,
                limits);
    }

    public ClientConfig withReplyTimeout(Duration timeout) {
        return new ClientConfig(
                name,
                host,
                port,
                domain,
                username,
                resource,
                password,
                tls,
                certificates,
                xmppDomain,
                timeout,
                connectTimeout,
                pingInterval,
                backoff,
                limits);
    }

    public ClientConfig withBackoff(BackoffConfig other) {
        return new ClientConfig(
                name,
                host,
                port,
                domain,
                username,
                resource,
                password,
                tls,
                certificates,
                xmppDomain,
                replyTimeout,
                connectTimeout,
                pingInterval,
                other,
                limits);
    }

    /** The focus' full address, unless the server gives it another resource. */
    public EntityFullJid self() {
        return JidCreate.entityFullFrom(username, domain, resource);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return name + " connection " + self() + " at " + host + ":" + port;
    }
}
