package org.confocal.tests.bridge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/**
 * One endpoint on a bridge, or behind one of its relays.
 *
 * @param sources all that was signalled, replaced as a whole by every {@code <sources>}
 * @param lastN how many videos it wants at first; absent for all
 * @param forceMuted media types, {@code audio} or {@code video}, that it may not send
 * @param transport whether the client's ICE credentials have arrived
 * @param iceGeneration how often ICE was restarted in place
 */
public record EndpointBook(
        String id,
        Optional<String> statsId,
        Role role,
        Set<String> capabilities,
        List<MediaSource> sources,
        OptionalInt lastN,
        Set<String> forceMuted,
        Transport transport,
        int iceGeneration) {
    public EndpointBook {
        capabilities = Set.copyOf(capabilities);
        sources = List.copyOf(sources);
        forceMuted = Set.copyOf(forceMuted);
    }

    /** What an endpoint may do. */
    public enum Role {
        PARTICIPANT,
        VISITOR
    }

    /** Whether the bridge has been told how to reach the client. */
    public enum Transport {
        MISSING,
        KNOWN
    }

    /** One named source with its SSRCs, in order, and its groups as text ({@code FID 1 2}). */
    public record MediaSource(
            String name, String type, Optional<String> videoType, List<Long> ssrcs, List<String> groups) {
        public MediaSource {
            ssrcs = List.copyOf(ssrcs);
            groups = List.copyOf(groups);
        }
    }

    static EndpointBook created(Element request) {
        List<String> capabilities =
                request.each("capability").map(each -> each.value("name")).toList();
        return new EndpointBook(
                request.value("id"),
                request.attribute("stats-id"),
                request.value("muc-role").equals("visitor") ? Role.VISITOR : Role.PARTICIPANT,
                Set.copyOf(capabilities),
                List.of(),
                OptionalInt.empty(),
                Set.of(),
                Transport.MISSING,
                0);
    }

    /** All SSRCs that this endpoint signalled. */
    public List<Long> ssrcs() {
        return sources.stream().flatMap(source -> source.ssrcs().stream()).toList();
    }

    /** How many named sources of that media type it may send. */
    public int sending(String type) {
        return forceMuted.contains(type)
                ? 0
                : Math.toIntExact(sources.stream()
                        .filter(source -> source.type().equals(type))
                        .count());
    }

    EndpointBook withSources(Element sourcesElement) {
        return copy(parse(sourcesElement), lastN, forceMuted, transport, iceGeneration);
    }

    EndpointBook withLastN(int value) {
        return copy(sources, OptionalInt.of(value), forceMuted, transport, iceGeneration);
    }

    EndpointBook withForceMuted(Set<String> media) {
        return copy(sources, lastN, media, transport, iceGeneration);
    }

    EndpointBook withTransport() {
        return copy(sources, lastN, forceMuted, Transport.KNOWN, iceGeneration);
    }

    EndpointBook withIceRestart() {
        return copy(sources, lastN, forceMuted, transport, iceGeneration + 1);
    }

    private EndpointBook copy(
            List<MediaSource> newSources,
            OptionalInt newLastN,
            Set<String> newForceMuted,
            Transport newTransport,
            int newGeneration) {
        return new EndpointBook(
                id, statsId, role, capabilities, newSources, newLastN, newForceMuted, newTransport, newGeneration);
    }

    private static List<MediaSource> parse(Element sourcesElement) {
        List<MediaSource> parsed = new ArrayList<>();
        sourcesElement.each("media-source").forEach(media -> {
            List<Long> ssrcs = media.children().stream()
                    .filter(child -> child.is("source", Ns.SSMA))
                    .map(source -> Long.parseLong(source.value("ssrc")))
                    .toList();
            Optional<String> videoType = media.each("source")
                    .flatMap(source -> source.attribute("videoType").stream())
                    .findFirst();
            List<String> groups = media.each("ssrc-group")
                    .map(group -> group.value("semantics")
                            + group.each("source")
                                    .map(source -> " " + source.value("ssrc"))
                                    .reduce("", String::concat))
                    .toList();
            parsed.add(new MediaSource(media.value("id"), media.value("type"), videoType, ssrcs, groups));
        });
        return parsed;
    }
}
