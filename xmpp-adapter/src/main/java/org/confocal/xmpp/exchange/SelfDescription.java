package org.confocal.xmpp.exchange;

import java.util.Optional;
import org.confocal.xmpp.FocusIdentity;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.caps.packet.CapsExtension;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.jivesoftware.smackx.disco.packet.DiscoverItems;
import org.jivesoftware.smackx.iqversion.packet.Version;
import org.jivesoftware.smackx.ping.packet.Ping;

/** Answers what anybody may ask of any entity: what it is, whether it lives, which software it runs. Pure. */
final class SelfDescription {

    private final FocusIdentity identity;
    private final CapsExtension caps;

    SelfDescription(FocusIdentity identity) {
        this.identity = identity;
        this.caps = Caps.of(identity);
    }

    /** Puts the caps into an available presence that has none. */
    void describe(Stanza stanza) {
        if (stanza instanceof Presence presence
                && presence.getType() == Presence.Type.available
                && !presence.hasExtension(CapsExtension.ELEMENT, CapsExtension.NAMESPACE)) {
            presence.addExtension(caps);
        }
    }

    /** Empty for a request that is not about this. */
    Optional<IQ> answer(IQ request) {
        if (request.getType() != IQ.Type.get) {
            return Optional.empty();
        }
        if (request instanceof Ping) {
            return Optional.of(IQ.createResultIQ(request));
        }
        if (request instanceof DiscoverInfo info) {
            return Optional.of(answer(info));
        }
        if (request instanceof DiscoverItems items) {
            DiscoverItems none = new DiscoverItems();
            none.setNode(items.getNode());
            return Optional.of(asResult(none, request));
        }
        if (request instanceof Version) {
            return Optional.of(asResult(new Version(identity.name(), identity.version()), request));
        }
        return Optional.empty();
    }

    private IQ answer(DiscoverInfo request) {
        String node = request.getNode();
        if (node != null && !node.equals(caps.getNode() + "#" + caps.getVer())) {
            return IQ.createErrorResponse(request, StanzaError.Condition.item_not_found);
        }
        return DiscoverInfo.builder(StanzaBuilder.buildIqData(request.getStanzaId()))
                .ofType(IQ.Type.result)
                .to(request.getFrom())
                .from(request.getTo())
                .setNode(node)
                .addIdentity(new DiscoverInfo.Identity(identity.category(), identity.name(), identity.type()))
                .addFeatures(identity.features())
                .build();
    }

    private static IQ asResult(IQ result, IQ request) {
        result.setType(IQ.Type.result);
        result.setStanzaId(request.getStanzaId());
        result.setTo(request.getFrom());
        result.setFrom(request.getTo());
        return result;
    }
}
