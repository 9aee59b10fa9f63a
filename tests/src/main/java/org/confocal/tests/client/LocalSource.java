package org.confocal.tests.client;

import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/**
 * One source of a client: audio with one SSRC, or video with three simulcast layers and their retransmissions.
 *
 * @param ssrcs for video: layer, its retransmission, the other two layers, their retransmissions, as browsers order them
 */
public record LocalSource(Media media, String name, String msid, List<Long> ssrcs) {
    public LocalSource {
        ssrcs = List.copyOf(ssrcs);
    }

    static LocalSource create(Media media, String endpoint, RandomGenerator random) {
        int count = media == Media.AUDIO ? 1 : 6;
        List<Long> ssrcs = LongStream.generate(() -> random.nextLong(1, 1L << 32))
                .distinct()
                .limit(count)
                .boxed()
                .toList();
        int index = media == Media.SCREEN ? 1 : 0;
        String track = new UUID(random.nextLong(), random.nextLong()).toString();
        String msid = endpoint + "-" + media.content() + "-" + index + "-1 " + track + "-1";
        return new LocalSource(media, media.sourceName(endpoint), msid, ssrcs);
    }

    /** The SSRCs that others are told of where the focus strips simulcast: the first layer and its retransmission. */
    public List<Long> strippedSsrcs() {
        return media == Media.AUDIO ? ssrcs : ssrcs.subList(0, 2);
    }

    /** The {@code source} and {@code ssrc-group} elements (XEP-0339), as the library writes them. */
    List<Element> toElements() {
        Stream<Element> sources = ssrcs.stream().map(this::source);
        if (media == Media.AUDIO) {
            return sources.toList();
        }
        Stream<Element> groups = Stream.of(
                group("FID", ssrcs.get(0), ssrcs.get(1)),
                group("SIM", ssrcs.get(0), ssrcs.get(2), ssrcs.get(3)),
                group("FID", ssrcs.get(2), ssrcs.get(4)),
                group("FID", ssrcs.get(3), ssrcs.get(5)));
        return Stream.concat(sources, groups).toList();
    }

    private Element source(long ssrc) {
        Element source = Element.of("source", Ns.SSMA);
        source = switch (media) {
            case AUDIO -> source;
            case CAMERA -> source.with("videoType", "camera");
            case SCREEN -> source.with("videoType", "desktop");
        };
        return source.with("name", name)
                .with("ssrc", Long.toString(ssrc))
                .add(Element.of("parameter").with("name", "msid").with("value", msid));
    }

    private static Element group(String semantics, Long... members) {
        return Element.of("ssrc-group", Ns.SSMA)
                .with("semantics", semantics)
                .add(Stream.of(members)
                        .map(ssrc -> Element.of("source").with("ssrc", Long.toString(ssrc)))
                        .toList());
    }
}
