package org.confocal.focus.transcript;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One stanza of a recorded conversation. Reads with the JDK's DOM and knows nothing of the adapter's codecs. */
public final class RecordedStanza {
    private final Element root;

    private RecordedStanza(Element root) {
        this.root = root;
    }

    /** The stanza of that name among the test resources, as in {@code a-offer}. */
    public static RecordedStanza read(String name) {
        try (InputStream in = RecordedStanza.class.getResourceAsStream("/transcripts/" + name + ".xml")) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return new RecordedStanza(factory.newDocumentBuilder()
                    .parse(Objects.requireNonNull(in, name))
                    .getDocumentElement());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(name, e);
        }
    }

    /** The features of a disco#info answer that matter. */
    public Set<Feature> features() {
        Set<Feature> features = EnumSet.noneOf(Feature.class);
        all(root, "feature")
                .forEach(each -> Feature.of(each.getAttribute("var")).ifPresent(features::add));
        return features;
    }

    /** The names of {@code <capability>} elements. */
    public List<String> capabilities() {
        return all(root, "capability").stream()
                .map(each -> each.getAttribute("name"))
                .toList();
    }

    /** The names of the contents of a Jingle stanza, in order. */
    public List<String> contents() {
        return all(root, "content").stream()
                .filter(each -> each.hasAttribute("creator"))
                .map(each -> each.getAttribute("name"))
                .toList();
    }

    /** What is described in Jingle contents or in colibri2 media, in order. */
    public List<MediaDescription> media() {
        List<Element> elements = new ArrayList<>(all(root, "description"));
        elements.addAll(all(root, "media"));
        return elements.stream().map(RecordedStanza::mediaOf).toList();
    }

    /** The sources written as XML: by owner, or under an empty owner where there is no {@code <ssrc-info>}. */
    public Map<String, EndpointSources> xmlSources() {
        Map<String, List<Source>> sources = new TreeMap<>();
        Map<String, List<SourceGroup>> groups = new TreeMap<>();
        for (Element description : all(root, "description")) {
            MediaType media = mediaType(description.getAttribute("media"));
            for (Element child : children(description)) {
                if (child.getLocalName().equals("source")) {
                    sources.computeIfAbsent(owner(child), none -> new ArrayList<>())
                            .add(sourceOf(media, child));
                } else if (child.getLocalName().equals("ssrc-group")) {
                    SourceGroup group = groupOf(media, child);
                    String owner = all(description, "source").stream()
                            .filter(each -> each.getAttribute("ssrc")
                                    .equals(group.ssrcs().getFirst().toString()))
                            .findFirst()
                            .map(RecordedStanza::owner)
                            .orElseThrow();
                    groups.computeIfAbsent(owner, none -> new ArrayList<>()).add(group);
                }
            }
        }
        Map<String, EndpointSources> result = new TreeMap<>();
        sources.forEach((owner, each) ->
                result.put(owner, new EndpointSources(each, groups.getOrDefault(owner, List.of()))));
        return result;
    }

    /** The sources written as compact JSON (spec/03, section 4), by owner. */
    public Map<String, EndpointSources> jsonSources() {
        JsonNode json = JsonMapper.shared()
                .readTree(all(root, "json-message").getFirst().getTextContent());
        Map<String, EndpointSources> result = new TreeMap<>();
        for (Map.Entry<String, JsonNode> owner : json.path("sources").properties()) {
            List<Source> sources = new ArrayList<>();
            List<SourceGroup> groups = new ArrayList<>();
            JsonNode parts = owner.getValue();
            parts.path(0).forEach(each -> sources.add(sourceOf(MediaType.VIDEO, each)));
            parts.path(1).forEach(each -> groups.add(groupOf(MediaType.VIDEO, each)));
            parts.path(2).forEach(each -> sources.add(sourceOf(MediaType.AUDIO, each)));
            parts.path(3).forEach(each -> groups.add(groupOf(MediaType.AUDIO, each)));
            result.put(owner.getKey(), new EndpointSources(sources, groups));
        }
        return result;
    }

    /** The feedback sources of a colibri2 answer, with the msids of spec/03, section 2.5. */
    public EndpointSources feedback() {
        List<Source> sources = new ArrayList<>();
        for (Element mediaSource : all(root, "media-source")) {
            String media = mediaSource.getAttribute("type");
            Element source = all(mediaSource, "source").getFirst();
            sources.add(new Source(
                    new Ssrc(Long.parseLong(source.getAttribute("ssrc"))),
                    mediaType(media),
                    Optional.of(source.getAttribute("name")),
                    Optional.of("mixedmslabel mixedlabel" + media + "0"),
                    VideoType.CAMERA));
        }
        return new EndpointSources(sources, List.of());
    }

    private static MediaDescription mediaOf(Element element) {
        List<MediaDescription.PayloadType> types = new ArrayList<>();
        for (Element type : all(element, "payload-type")) {
            List<MediaDescription.Parameter> parameters = new ArrayList<>();
            for (Element parameter : all(type, "parameter")) {
                parameters.add(
                        new MediaDescription.Parameter(attribute(parameter, "name"), parameter.getAttribute("value")));
            }
            List<MediaDescription.RtcpFeedback> feedback = new ArrayList<>();
            for (Element each : all(type, "rtcp-fb")) {
                feedback.add(new MediaDescription.RtcpFeedback(each.getAttribute("type"), attribute(each, "subtype")));
            }
            types.add(new MediaDescription.PayloadType(
                    Integer.parseInt(type.getAttribute("id")),
                    type.getAttribute("name"),
                    Integer.parseInt(type.getAttribute("clockrate")),
                    attribute(type, "channels")
                            .map(text -> OptionalInt.of(Integer.parseInt(text)))
                            .orElse(OptionalInt.empty()),
                    parameters,
                    feedback));
        }
        List<MediaDescription.HeaderExtension> extensions = new ArrayList<>();
        for (Element each : all(element, "rtp-hdrext")) {
            extensions.add(new MediaDescription.HeaderExtension(
                    Integer.parseInt(each.getAttribute("id")), each.getAttribute("uri")));
        }
        String media = attribute(element, "media").orElse(element.getAttribute("type"));
        return new MediaDescription(
                mediaType(media),
                types,
                extensions,
                !all(element, "extmap-allow-mixed").isEmpty());
    }

    private static Source sourceOf(MediaType media, Element element) {
        return new Source(
                new Ssrc(Long.parseLong(element.getAttribute("ssrc"))),
                media,
                attribute(element, "name"),
                all(element, "parameter").stream()
                        .filter(each -> each.getAttribute("name").equals("msid"))
                        .findFirst()
                        .map(each -> each.getAttribute("value")),
                attribute(element, "videoType")
                        .map(text -> VideoType.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(VideoType.CAMERA));
    }

    private static Source sourceOf(MediaType media, JsonNode json) {
        return new Source(
                new Ssrc(json.path("s").asLong()),
                media,
                json.path("n").asStringOpt(),
                json.path("m").asStringOpt(),
                json.path("v").asString("").equals("d") ? VideoType.DESKTOP : VideoType.CAMERA);
    }

    private static SourceGroup groupOf(MediaType media, Element element) {
        return new SourceGroup(
                SourceGroup.Semantics.valueOf(element.getAttribute("semantics")),
                media,
                all(element, "source").stream()
                        .map(each -> new Ssrc(Long.parseLong(each.getAttribute("ssrc"))))
                        .toList());
    }

    private static SourceGroup groupOf(MediaType media, JsonNode json) {
        List<Ssrc> ssrcs = new ArrayList<>();
        for (int i = 1; i < json.size(); i++) {
            ssrcs.add(new Ssrc(json.path(i).asLong()));
        }
        return new SourceGroup(
                json.path(0).asString().equals("f") ? SourceGroup.Semantics.FID : SourceGroup.Semantics.SIM,
                media,
                ssrcs);
    }

    private static String owner(Element source) {
        return all(source, "ssrc-info").stream()
                .findFirst()
                .map(each -> each.getAttribute("owner"))
                .orElse("");
    }

    private static MediaType mediaType(String text) {
        return MediaType.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Optional<String> attribute(Element element, String name) {
        return element.hasAttribute(name) ? Optional.of(element.getAttribute(name)) : Optional.empty();
    }

    private static List<Element> all(Element below, String name) {
        List<Element> found = new ArrayList<>();
        for (Element child : children(below)) {
            if (child.getLocalName().equals(name)) {
                found.add(child);
            }
            found.addAll(all(child, name));
        }
        return found;
    }

    private static List<Element> children(Element element) {
        List<Element> children = new ArrayList<>();
        for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element child) {
                children.add(child);
            }
        }
        return children;
    }
}
