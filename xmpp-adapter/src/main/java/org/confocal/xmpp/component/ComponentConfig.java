package org.confocal.xmpp.component;

import java.time.Duration;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.StanzaLimits;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.EntityFullJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.jid.parts.Localpart;
import org.jxmpp.jid.parts.Resourcepart;

/**
 * A XEP-0114 component.
 *
 * @param host of the server's component port
 * @param port 5347 in a stock Prosody
 * @param domain the component's address, like {@code focus.example.org}
 * @param secret shared with the server; never in a log
 * @param user local part of the focus' address
 * @param resource of the focus' address
 * @param pingTarget is pinged to see whether the stream lives; the server's own domain
 * @param pingInterval between a ping's answer and the next ping; a ping without answer for {@code replyTimeout} ends the
 *     stream
 * @param replyTimeout of every request
 * @param connectTimeout of the TCP connection and of the handshake, each
 */
public record ComponentConfig(
        String host,
        int port,
        DomainBareJid domain,
        String secret,
        Localpart user,
        Resourcepart resource,
        DomainBareJid pingTarget,
        Duration pingInterval,
        Duration replyTimeout,
        Duration connectTimeout,
        BackoffConfig backoff,
        StanzaLimits limits) {

    public static final int DEFAULT_PORT = 5347;

    public ComponentConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", must be 1 to 65535");
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("secret must not be empty");
        }
        if (!pingInterval.isPositive() || !replyTimeout.isPositive() || !connectTimeout.isPositive()) {
            throw new IllegalArgumentException("intervals and timeouts must be positive");
        }
    }

    /** All defaults: {@code focus@domain/focus}, 15 s for answers. */
    public static ComponentConfig of(
            String host, int port, DomainBareJid domain, String secret, DomainBareJid pingTarget) {
        return new ComponentConfig(
                host,
                port,
                domain,
                secret,
                Localpart.fromOrThrowUnchecked("focus"),
                Resourcepart.fromOrThrowUnchecked("focus"),
                pingTarget,
                Duration.ofSeconds(10),
                Duration.ofSeconds(15),
                Duration.ofSeconds(10),
                BackoffConfig.DEFAULT,
                StanzaLimits.DEFAULT);
    }

    public ComponentConfig withReplyTimeout(Duration timeout) {
        return new ComponentConfig(
                host,
                port,
                domain,
                secret,
                user,
                resource,
                pingTarget,
                pingInterval,
                timeout,
                connectTimeout,
                backoff,
                limits);
    }

    public ComponentConfig withPing(Duration interval) {
        return new ComponentConfig(
                host,
                port,
                domain,
                secret,
                user,
                resource,
                pingTarget,
                interval,
                replyTimeout,
                connectTimeout,
                backoff,
                limits);
    }

    public ComponentConfig withBackoff(BackoffConfig other) {
        return new ComponentConfig(
                host,
                port,
                domain,
                secret,
                user,
                resource,
                pingTarget,
                pingInterval,
                replyTimeout,
                connectTimeout,
                other,
                limits);
    }

    public ComponentConfig withLimits(StanzaLimits other) {
        return new ComponentConfig(
                host,
                port,
                domain,
                secret,
                user,
                resource,
                pingTarget,
                pingInterval,
                replyTimeout,
                connectTimeout,
                backoff,
                other);
    }

    /** The focus' full address. */
    public EntityFullJid self() {
        return JidCreate.entityFullFrom(user, domain, resource);
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "component " + self() + " at " + host + ":" + port;
    }
}
