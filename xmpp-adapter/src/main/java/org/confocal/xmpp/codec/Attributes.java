package org.confocal.xmpp.codec;

import java.util.Optional;
import java.util.OptionalInt;
import org.jitsi.xmpp.extensions.AbstractPacketExtension;

/** Attributes of an element as types; a number that is none is a malformed stanza, not an exception of the library. */
final class Attributes {
    private Attributes() {}

    /** The attribute; empty where it is absent or has no text. */
    static Optional<String> text(AbstractPacketExtension element, String name) {
        String value = element.getAttributeAsString(name);
        return value == null || value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    static String required(AbstractPacketExtension element, String name) throws MalformedStanzaException {
        Optional<String> value = text(element, name);
        if (value.isEmpty()) {
            throw new MalformedStanzaException("A " + element.getElementName() + " has no '" + name + "'.");
        }
        return value.get();
    }

    static boolean flag(AbstractPacketExtension element, String name) {
        return text(element, name).map(Attributes::truth).orElse(false);
    }

    /** XML's booleans: {@code true} and {@code 1}. */
    static boolean truth(String value) {
        return value.equalsIgnoreCase("true") || value.equals("1");
    }

    static OptionalInt optionalInt(AbstractPacketExtension element, String name) throws MalformedStanzaException {
        Optional<String> value = text(element, name);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(integer(element, name, value.get()));
    }

    static int intOr(AbstractPacketExtension element, String name, int absent) throws MalformedStanzaException {
        return optionalInt(element, name).orElse(absent);
    }

    static int requiredInt(AbstractPacketExtension element, String name) throws MalformedStanzaException {
        return integer(element, name, required(element, name));
    }

    static long longOr(AbstractPacketExtension element, String name, long absent) throws MalformedStanzaException {
        Optional<String> value = text(element, name);
        if (value.isEmpty()) {
            return absent;
        }
        try {
            return Long.parseLong(value.get());
        } catch (NumberFormatException e) {
            throw notANumber(element, name, value.get());
        }
    }

    private static int integer(AbstractPacketExtension element, String name, String value)
            throws MalformedStanzaException {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw notANumber(element, name, value);
        }
    }

    private static MalformedStanzaException notANumber(AbstractPacketExtension element, String name, String value) {
        return new MalformedStanzaException("The '" + name + "' of a " + element.getElementName() + " is not a number: "
                + MalformedStanzaException.quote(value));
    }
}
