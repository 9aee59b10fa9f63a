package org.confocal.tests.xmpp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One XML element. Text and children do not mix, as in every stanza that Jitsi uses; where they do, the text is joined.
 *
 * @param namespace never empty inside a stanza; a child built without one inherits its parent's when it is added
 * @param attributes in document order; {@code xml:lang} keeps its prefix
 */
public record Element(
        String name, String namespace, Map<String, String> attributes, List<Element> children, String text) {
    public Element {
        attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
        children = List.copyOf(children);
    }

    /** An empty element. */
    public static Element of(String name, String namespace) {
        return new Element(name, namespace, Map.of(), List.of(), "");
    }

    /** An empty element that takes the namespace of the element it is added to. */
    public static Element of(String name) {
        return of(name, "");
    }

    /** This element with one more attribute, or another value of it. */
    public Element with(String attribute, String value) {
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        changed.put(attribute, value);
        return new Element(name, namespace, changed, children, text);
    }

    /** {@link #with(String, String)} where there is a value. */
    public Element with(String attribute, Optional<String> value) {
        return value.map(present -> with(attribute, present)).orElse(this);
    }

    /** This element without that attribute. */
    public Element without(String attribute) {
        Map<String, String> changed = new LinkedHashMap<>(attributes);
        changed.remove(attribute);
        return new Element(name, namespace, changed, children, text);
    }

    /** This element with more children behind those it has. */
    public Element add(Element... more) {
        return add(List.of(more));
    }

    /** This element with more children behind those it has. */
    public Element add(List<Element> more) {
        List<Element> all = new ArrayList<>(children);
        for (Element child : more) {
            all.add(child.inheriting(namespace));
        }
        return new Element(name, namespace, attributes, all, text);
    }

    /** This element with that text. */
    public Element text(String content) {
        return new Element(name, namespace, attributes, children, content);
    }

    /** This element, passed through {@code change}: for chains with conditions. */
    public Element then(UnaryOperator<Element> change) {
        return change.apply(this);
    }

    private Element inheriting(String parent) {
        if (!namespace.isEmpty()) {
            return this;
        }
        List<Element> inherited =
                children.stream().map(child -> child.inheriting(parent)).toList();
        return new Element(name, parent, attributes, inherited, text);
    }

    /** The value of an attribute. */
    public Optional<String> attribute(String attribute) {
        return Optional.ofNullable(attributes.get(attribute));
    }

    /** The value of an attribute, or the empty text. */
    public String value(String attribute) {
        return attributes.getOrDefault(attribute, "");
    }

    /** Whether an attribute is exactly {@code true}, as XMPP's booleans are written in Jitsi. */
    public boolean isTrue(String attribute) {
        return "true".equals(attributes.get(attribute));
    }

    /** Whether this is that element. */
    public boolean is(String otherName, String otherNamespace) {
        return name.equals(otherName) && namespace.equals(otherNamespace);
    }

    /** The first child of that name and namespace. */
    public Optional<Element> child(String childName, String childNamespace) {
        return children.stream()
                .filter(child -> child.is(childName, childNamespace))
                .findFirst();
    }

    /** The first child of that name in this element's own namespace. */
    public Optional<Element> child(String childName) {
        return child(childName, namespace);
    }

    /** All children of that name, in any namespace. */
    public Stream<Element> each(String childName) {
        return children.stream().filter(child -> child.name.equals(childName));
    }

    /** All descendants of that name and namespace, this element excluded. */
    public Stream<Element> deep(String childName, String childNamespace) {
        return children.stream()
                .flatMap(child -> Stream.concat(
                        child.is(childName, childNamespace) ? Stream.of(child) : Stream.empty(),
                        child.deep(childName, childNamespace)));
    }

    /** As XML text; namespaces are declared where they change. */
    public String toXml() {
        StringBuilder out = new StringBuilder(256);
        XmlText.write(this, "", out);
        return out.toString();
    }

    @Override
    public String toString() {
        return toXml();
    }
}
