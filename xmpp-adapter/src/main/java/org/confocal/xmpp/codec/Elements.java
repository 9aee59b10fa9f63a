package org.confocal.xmpp.codec;

import java.util.Optional;
import org.jitsi.xmpp.extensions.AbstractPacketExtension;
import org.jitsi.xmpp.extensions.jitsimeet.StatsId;
import org.jivesoftware.smack.packet.ExtensionElement;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaView;

/** Finds elements in stanzas, whether or not a provider was registered for them. */
final class Elements {
    private Elements() {}

    /** The first extension of that class. */
    static <T extends ExtensionElement> Optional<T> first(StanzaView stanza, Class<T> type) {
        return stanza.getExtensions().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }

    /**
     * The first extension of that name that has no namespace of its own: the stream's, which is {@code jabber:client} or
     * {@code jabber:component:accept}, or none.
     */
    static Optional<ExtensionElement> unqualified(StanzaView stanza, String name) {
        return stanza.getExtensions().stream()
                .filter(each -> each.getElementName().equals(name) && isStream(each.getNamespace()))
                .findFirst();
    }

    /** The text of such an extension, trimmed; empty where there is none. */
    static Optional<String> unqualifiedText(StanzaView stanza, String name) {
        return unqualified(stanza, name)
                .flatMap(Elements::text)
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    /** The text directly in an element. */
    static Optional<String> text(ExtensionElement element) {
        return switch (element) {
            case AbstractPacketExtension extension -> Optional.ofNullable(extension.getText());
            case StandardExtensionElement extension -> Optional.ofNullable(extension.getText());
            case StatsId extension -> Optional.ofNullable(extension.getStatsId());
            default -> Optional.empty();
        };
    }

    static boolean isStream(String namespace) {
        return namespace.isEmpty() || namespace.equals("jabber:client") || namespace.equals("jabber:component:accept");
    }
}
