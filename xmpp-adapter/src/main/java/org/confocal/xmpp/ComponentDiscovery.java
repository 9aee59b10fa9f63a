package org.confocal.xmpp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the main domain which Jitsi components it has (spec/01, section 4). To be called after every CONNECTED. */
public final class ComponentDiscovery {

    private static final Logger LOG = LoggerFactory.getLogger(ComponentDiscovery.class);

    private ComponentDiscovery() {}

    /**
     * @param onDone called exactly once, on the connection's thread; {@link DiscoveredComponents#NONE} where the server does
     *     not answer with any
     */
    public static void discover(
            XmppConnection connection, DomainBareJid xmppDomain, Consumer<DiscoveredComponents> onDone) {
        DiscoverInfo request = DiscoverInfo.builder(StanzaBuilder.buildIqData(StanzaIds.next()))
                .ofType(IQ.Type.get)
                .to(xmppDomain)
                .build();
        connection.request(request, reply -> onDone.accept(read(xmppDomain, reply)));
    }

    private static DiscoveredComponents read(DomainBareJid domain, IqReply reply) {
        if (reply instanceof IqReply.Result result && result.iq() instanceof DiscoverInfo info) {
            return from(info);
        }
        LOG.warn("{} does not say which components it has: {}", domain, outcome(reply));
        return DiscoveredComponents.NONE;
    }

    private static String outcome(IqReply reply) {
        return switch (reply) {
            case IqReply.Result result -> "an answer of another kind";
            case IqReply.Failed failed -> failed.error().getCondition().toString();
            case IqReply.TimedOut timedOut -> "no answer in time";
            case IqReply.ConnectionLost lost -> "connection lost";
            case IqReply.NotSent notSent -> "not connected";
        };
    }

    static DiscoveredComponents from(DiscoverInfo info) {
        Map<String, DomainBareJid> byType = new LinkedHashMap<>();
        for (DiscoverInfo.Identity identity : info.getIdentities()) {
            if (identity.getCategory().equals("component") && byType.size() < DiscoveredComponents.MAX_COMPONENTS) {
                address(identity.getName()).ifPresent(jid -> byType.putIfAbsent(identity.getType(), jid));
            }
        }
        return new DiscoveredComponents(byType);
    }

    private static Optional<DomainBareJid> address(@org.jspecify.annotations.Nullable String name) {
        if (name == null || name.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JidCreate.domainBareFrom(name));
        } catch (XmppStringprepException e) {
            LOG.warn("the address of a component is not a domain: {}", name.substring(0, Math.min(100, name.length())));
            return Optional.empty();
        }
    }
}
