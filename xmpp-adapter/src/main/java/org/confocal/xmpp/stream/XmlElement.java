package org.confocal.xmpp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jivesoftware.smack.xml.XmlPullParser;

/** One complete element below the stream's root, read and checked, as often as one likes. Immutable. */
public final class XmlElement {

    private final List<XmlToken> tokens;
    private final XmlToken.Start root;

    private XmlElement(XmlToken.Start root, List<XmlToken> tokens) {
        this.root = root;
        this.tokens = tokens;
    }

    public String name() {
        return root.name();
    }

    /** Empty for none. */
    public String namespace() {
        return root.namespace();
    }

    /** An attribute of the element itself that is in no namespace. */
    public Optional<String> attribute(String name) {
        return root.attributes().stream()
                .filter(attribute ->
                        attribute.namespace().isEmpty() && attribute.name().equals(name))
                .map(XmlToken.Attribute::value)
                .findFirst();
    }

    /** The names of its children in this namespace, in order. */
    public List<String> children(String namespace) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        for (XmlToken token : tokens) {
            switch (token) {
                case XmlToken.Start start -> {
                    if (++depth == 2 && start.namespace().equals(namespace)) {
                        names.add(start.name());
                    }
                }
                case XmlToken.End end -> depth--;
                case XmlToken.Text text -> {}
            }
        }
        return List.copyOf(names);
    }

    /** The same element with only those of its children that have this name. */
    XmlElement withChildren(String name) {
        List<XmlToken> kept = new ArrayList<>();
        int depth = 0;
        boolean keep = false;
        for (XmlToken token : tokens) {
            if (token instanceof XmlToken.Start start && ++depth == 2) {
                keep = start.name().equals(name);
            }
            if (depth == 1 || keep) {
                kept.add(token);
            }
            if (token instanceof XmlToken.End && --depth == 1) {
                keep = false;
            }
        }
        return new XmlElement(root, List.copyOf(kept));
    }

    /** A parser that stands on this element's start tag, at depth 1. */
    public XmlPullParser parser() {
        return new RecordedPullParser(tokens);
    }

    /** Collects the tokens of one element. Not for use by several threads. */
    static final class Builder {
        private final List<XmlToken> tokens = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final XmlToken.Start root;
        private int depth;

        Builder(XmlToken.Start root) {
            this.root = root;
            start(root);
        }

        /** How many elements are open. */
        int depth() {
            return depth;
        }

        void start(XmlToken.Start start) {
            endText();
            tokens.add(start);
            depth++;
        }

        void text(String part) {
            text.append(part);
        }

        void end() {
            endText();
            tokens.add(new XmlToken.End());
            depth--;
        }

        XmlElement build() {
            return new XmlElement(root, List.copyOf(tokens));
        }

        private void endText() {
            if (!text.isEmpty()) {
                tokens.add(new XmlToken.Text(text.toString()));
                text.setLength(0);
            }
        }
    }
}
