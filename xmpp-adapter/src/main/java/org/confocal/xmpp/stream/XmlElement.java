package org.confocal.xmpp.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.xmpp.StanzaLimits;
import org.jivesoftware.smack.xml.XmlPullParser;

/**
 * One complete element below the stream's root, read and checked, as often as one likes. Of one beyond the limits only the
 * root is kept, which says whom to answer. Immutable.
 */
public final class XmlElement {

    private final List<XmlToken> tokens;
    private final XmlToken.Start root;
    private final Optional<String> excess;

    private XmlElement(XmlToken.Start root, List<XmlToken> tokens, Optional<String> excess) {
        this.root = root;
        this.tokens = tokens;
        this.excess = excess;
    }

    /** Which limit it was beyond; empty where everything of it is here. */
    Optional<String> excess() {
        return excess;
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

    /** Its child elements, in order. */
    public List<XmlElement> elements() {
        List<XmlElement> elements = new ArrayList<>();
        int depth = 0;
        int begin = 0;
        for (int i = 0; i < tokens.size(); i++) {
            switch (tokens.get(i)) {
                case XmlToken.Start start -> {
                    if (++depth == 2) {
                        begin = i;
                    }
                }
                case XmlToken.End end -> {
                    if (--depth == 1) {
                        elements.add(new XmlElement(
                                (XmlToken.Start) tokens.get(begin), tokens.subList(begin, i + 1), Optional.empty()));
                    }
                }
                case XmlToken.Text text -> {}
            }
        }
        return List.copyOf(elements);
    }

    /** The first child element of this name and namespace. */
    public Optional<XmlElement> element(String name, String namespace) {
        return elements().stream()
                .filter(child -> child.name().equals(name) && child.namespace().equals(namespace))
                .findFirst();
    }

    /** The text directly in it. */
    public String text() {
        StringBuilder text = new StringBuilder();
        int depth = 0;
        for (XmlToken token : tokens) {
            switch (token) {
                case XmlToken.Start start -> depth++;
                case XmlToken.End end -> depth--;
                case XmlToken.Text part -> {
                    if (depth == 1) {
                        text.append(part.text());
                    }
                }
            }
        }
        return text.toString();
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
        return new XmlElement(root, List.copyOf(kept), excess);
    }

    /** A parser that stands on this element's start tag, at depth 1. */
    public XmlPullParser parser() {
        return new RecordedPullParser(tokens);
    }

    /** Collects the tokens of one element, as long as they are within the limits. Not for use by several threads. */
    static final class Builder {
        private final List<XmlToken> tokens = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private final XmlToken.Start root;
        private final StanzaLimits limits;
        private Optional<String> excess = Optional.empty();
        private int depth;

        Builder(XmlToken.Start root, StanzaLimits limits) {
            this.root = root;
            this.limits = limits;
            start(root);
        }

        /** How many elements are open. */
        int depth() {
            return depth;
        }

        void start(XmlToken.Start start) {
            depth++;
            if (start.attributes().size() > limits.attributes()) {
                exceeded(start.attributes().size() + " attributes");
            } else if (depth > limits.depth()) {
                exceeded("elements nested deeper than " + limits.depth());
            }
            add(start);
        }

        void text(String part) {
            if (excess.isEmpty()) {
                text.append(part);
            }
        }

        void end() {
            add(new XmlToken.End());
            depth--;
        }

        XmlElement build() {
            List<XmlToken> kept = excess.isEmpty() ? List.copyOf(tokens) : List.of(root, new XmlToken.End());
            return new XmlElement(root, kept, excess);
        }

        private void add(XmlToken token) {
            if (excess.isEmpty()) {
                if (!text.isEmpty()) {
                    tokens.add(new XmlToken.Text(text.toString()));
                    text.setLength(0);
                }
                tokens.add(token);
            }
        }

        private void exceeded(String what) {
            if (excess.isEmpty()) {
                excess = Optional.of(what);
                tokens.clear();
                text.setLength(0);
            }
        }
    }
}
