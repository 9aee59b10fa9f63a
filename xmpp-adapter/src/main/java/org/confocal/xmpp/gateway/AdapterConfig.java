package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.RoomId;

/**
 * What the adapter needs to know beside its connections.
 *
 * @param brewery the bridges' room; without one there are no bridges
 * @param clientProxy the component behind which clients ask for conferences (spec/01, section 6)
 * @param xmppDomain what the server serves to people; asked for its components after connecting (spec/01, section 4)
 * @param nick of the focus in rooms; clients only know {@code focus}
 * @param focusVersion shown in rooms
 * @param replyTimeout for the answer to joining a room; that of IQs is the connection's
 * @param resumeGrace how long the rooms' stream may be away at most before the rooms count as lost; where the server holds it
 *     for less, or not at all, they are lost sooner
 * @param serviceResumeGrace the same for the second connection, where there is one
 */
public record AdapterConfig(
        Optional<RoomId> brewery,
        Optional<Jid> clientProxy,
        Optional<Jid> xmppDomain,
        String nick,
        String focusVersion,
        Duration replyTimeout,
        Duration resumeGrace,
        Duration serviceResumeGrace) {
    public static final String NICK = "focus";

    public AdapterConfig {
        if (nick.isBlank()) {
            throw new IllegalArgumentException("the nick must not be blank");
        }
        if (!replyTimeout.isPositive()) {
            throw new IllegalArgumentException("the reply timeout must be positive, not " + replyTimeout);
        }
        if (resumeGrace.isNegative() || serviceResumeGrace.isNegative()) {
            throw new IllegalArgumentException("a grace must not be negative");
        }
    }

    /** Nothing but the version: no brewery, no proxy, no discovery, 15 s for an answer, no resumption. */
    public static AdapterConfig defaults(String focusVersion) {
        return new AdapterConfig(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                NICK,
                focusVersion,
                Duration.ofSeconds(15),
                Duration.ZERO,
                Duration.ZERO);
    }

    public AdapterConfig withBrewery(RoomId room) {
        return new AdapterConfig(
                Optional.of(room),
                clientProxy,
                xmppDomain,
                nick,
                focusVersion,
                replyTimeout,
                resumeGrace,
                serviceResumeGrace);
    }

    public AdapterConfig withClientProxy(Jid proxy) {
        return new AdapterConfig(
                brewery,
                Optional.of(proxy),
                xmppDomain,
                nick,
                focusVersion,
                replyTimeout,
                resumeGrace,
                serviceResumeGrace);
    }

    public AdapterConfig withXmppDomain(Jid domain) {
        return new AdapterConfig(
                brewery,
                clientProxy,
                Optional.of(domain),
                nick,
                focusVersion,
                replyTimeout,
                resumeGrace,
                serviceResumeGrace);
    }

    public AdapterConfig withResumeGrace(Duration grace) {
        return new AdapterConfig(
                brewery, clientProxy, xmppDomain, nick, focusVersion, replyTimeout, grace, serviceResumeGrace);
    }

    public AdapterConfig withServiceResumeGrace(Duration grace) {
        return new AdapterConfig(
                brewery, clientProxy, xmppDomain, nick, focusVersion, replyTimeout, resumeGrace, grace);
    }

    public AdapterConfig withReplyTimeout(Duration timeout) {
        return new AdapterConfig(
                brewery, clientProxy, xmppDomain, nick, focusVersion, timeout, resumeGrace, serviceResumeGrace);
    }
}
