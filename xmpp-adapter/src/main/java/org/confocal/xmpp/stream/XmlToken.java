package org.confocal.xmpp.stream;

import java.util.List;

/** What an element consists of, in document order. */
sealed interface XmlToken {

    /** A start tag. An empty namespace means none; an empty prefix means the default namespace. */
    record Start(
            String name, String namespace, String prefix, List<Attribute> attributes, List<Declaration> declarations)
            implements XmlToken {}

    /** Character data between two tags, never split. */
    record Text(String text) implements XmlToken {}

    /** An end tag. */
    record End() implements XmlToken {}

    /** An attribute; an empty namespace means none. */
    record Attribute(String name, String namespace, String prefix, String value) {}

    /** {@code xmlns:prefix='uri'}; an empty prefix declares the default namespace. */
    record Declaration(String prefix, String uri) {}
}
