package org.confocal.xmpp;

import java.util.Optional;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Who really sent a request that Prosody's client_proxy passed on (spec/01, section 6). */
public final class ClientProxyAddress {

    private ClientProxyAddress() {}

    /**
     * The true sender of a stanza, for deciding who it is. Replies go to {@code from} as it came, always.
     *
     * @param proxy the address of the client_proxy component, where there is one
     * @return the JID in the resource where {@code from} is {@code proxy/JID}; else {@code from} itself
     */
    public static Jid senderOf(Jid from, Optional<DomainBareJid> proxy) {
        if (proxy.isEmpty()
                || from.hasLocalpart()
                || !from.getDomain().equals(proxy.get().getDomain())) {
            return from;
        }
        var resource = from.getResourceOrNull();
        if (resource == null) {
            return from;
        }
        try {
            return JidCreate.from(resource);
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return from;
        }
    }
}
