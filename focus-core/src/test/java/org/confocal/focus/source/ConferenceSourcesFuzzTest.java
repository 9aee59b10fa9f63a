package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;

/** Whatever a client sends is answered with a value, within bounds, and what is stored is always something valid. */
class ConferenceSourcesFuzzTest {
    private static final EndpointId ANNA = new EndpointId("anna");
    private static final EndpointId BEN = new EndpointId("ben");
    private static final SourceLimits LIMITS = new SourceLimits(20, 20);
    private static final int LONGEST_TEXT = 400;

    private static final List<String> TEXTS = List.of(
            "Invalid SSRC: ",
            "Invalid source name (ssrc=",
            "Invalid MSID (ssrc=",
            "SSRC is already used: ",
            "MSID is already used: ",
            "SSRC limit (20) exceeded.",
            "ssrc-group limit (20) exceeded.",
            "An SSRC group contains an SSRC, which hasn't been signaled as a source: [",
            "Invalid FID group: [",
            "Required source parameter 'msid' is not present.",
            "SsrcGroup contains sources with different MSIDs: [",
            "Source does not exist or is not owned by endpoint (ssrc=",
            "Source group does not exist");

    @Provide
    Arbitrary<EndpointSources> garbage() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, sources(4, 4)),
                Tuple.of(2, sources(60, 60)),
                Tuple.of(4, soundSourcesWithWildGroups()),
                Tuple.of(1, Arbitraries.integers().between(500, 3_000).flatMap(ConferenceSourcesFuzzTest::flood)));
    }

    @Property(tries = 300)
    void garbageIsRefusedWithAKnownTextOrStoredValid(
            @ForAll("garbage") EndpointSources first, @ForAll("garbage") EndpointSources second) {
        ConferenceSources conference = ConferenceSources.EMPTY;
        for (EndpointSources offered : List.of(first, second)) {
            for (EndpointId owner : List.of(ANNA, BEN)) {
                conference = checked(conference, conference.add(owner, offered, LIMITS));
                conference = checked(conference, conference.remove(owner, second));
            }
        }
    }

    @Property(tries = 300)
    void garbageNeverBreaksTheFilterOrTheQueue(
            @ForAll("garbage") EndpointSources first, @ForAll("garbage") EndpointSources second) {
        EndpointSources shown =
                SourceFilter.forReceiver(first, EnumSet.allOf(Feature.class), SourceFilter.Simulcast.STRIPPED);
        SourceQueue queue =
                SourceQueue.EMPTY.add(ANNA, first).remove(ANNA, second).add(BEN, shown);

        assertThat(first.sources()).containsAll(shown.sources());
        assertThat(shown.groups()).noneMatch(group -> group.semantics() == SourceGroup.Semantics.SIM);
        assertThat(queue.remove(ANNA, first)
                        .add(ANNA, second)
                        .remove(BEN, shown)
                        .removed())
                .doesNotContainKey(BEN);
    }

    private static ConferenceSources checked(ConferenceSources before, SourceChange change) {
        return switch (change) {
            case SourceChange.Rejected rejected -> {
                String kind = TEXTS.stream()
                        .filter(text -> rejected.text().startsWith(text))
                        .findFirst()
                        .orElse("unknown: " + rejected.text());
                Statistics.label("texts")
                        .collect(kind)
                        .coverage(seen -> TEXTS.forEach(text -> seen.check(text).count(count -> count > 0)));
                assertThat(kind).doesNotStartWith("unknown");
                assertThat(rejected.text().length()).isLessThanOrEqualTo(LONGEST_TEXT);
                yield before;
            }
            case SourceChange.Accepted accepted -> {
                accepted.next().byOwner().values().forEach(ConferenceSourcesFuzzTest::assertValid);
                yield accepted.next();
            }
        };
    }

    private static void assertValid(EndpointSources stored) {
        assertThat(stored.sources()).allMatch(source -> source.ssrc().valid());
        assertThat(stored.sources()).extracting(Source::ssrc).doesNotHaveDuplicates();
        assertThat(stored.groups())
                .doesNotHaveDuplicates()
                .allMatch(group -> !group.ssrcs().isEmpty());
        for (MediaType media : MediaType.values()) {
            assertThat(stored.sources().stream().filter(each -> each.media() == media))
                    .hasSizeLessThanOrEqualTo(LIMITS.maxSsrcs());
            assertThat(stored.groups().stream().filter(each -> each.media() == media))
                    .hasSizeLessThanOrEqualTo(LIMITS.maxGroups());
        }
        assertThat(stored.sources())
                .flatExtracting(each -> Stream.concat(each.name().stream(), each.msid().stream())
                        .toList())
                .allSatisfy(
                        text -> assertThat(text).hasSizeLessThanOrEqualTo(256).doesNotContainPattern("\\p{Cc}"));
    }

    private static Arbitrary<EndpointSources> sources(int maxSources, int maxGroups) {
        return Combinators.combine(
                        source().list().ofMaxSize(maxSources), group().list().ofMaxSize(maxGroups))
                .as(EndpointSources::new);
    }

    /** Sources that are fine, and groups of them that are not. */
    private static Arbitrary<EndpointSources> soundSourcesWithWildGroups() {
        Arbitrary<List<Source>> sound = Arbitraries.of("m1", "m2")
                .optional(0.8)
                .list()
                .ofSize(8)
                .map(msids -> IntStream.range(0, 8)
                        .mapToObj(i -> new Source(
                                new Ssrc(i + 1), MediaType.VIDEO, Optional.empty(), msids.get(i), VideoType.CAMERA))
                        .toList());
        Arbitrary<SourceGroup> wild = Combinators.combine(
                        Arbitraries.of(SourceGroup.Semantics.class),
                        Arbitraries.longs().between(1, 8).map(Ssrc::new).list().ofMaxSize(4))
                .as((kind, ssrcs) -> new SourceGroup(kind, MediaType.VIDEO, ssrcs));
        return Combinators.combine(sound, wild.list().ofMaxSize(40)).as(EndpointSources::new);
    }

    /** Thousands of sources, or thousands of groups on one source, or one group of thousands. */
    private static Arbitrary<EndpointSources> flood(int size) {
        List<Source> many = Stream.iterate(1L, i -> i + 1)
                .limit(size)
                .map(i ->
                        new Source(new Ssrc(i), MediaType.VIDEO, Optional.empty(), Optional.of("m"), VideoType.CAMERA))
                .toList();
        List<SourceGroup> manyGroups = Stream.iterate(2L, i -> i + 1)
                .limit(size)
                .map(i -> new SourceGroup(
                        SourceGroup.Semantics.SIM,
                        MediaType.VIDEO,
                        Stream.generate(() -> new Ssrc(1)).limit(i % 7 + 1).toList()))
                .toList();
        SourceGroup longGroup = new SourceGroup(
                SourceGroup.Semantics.SIM,
                MediaType.VIDEO,
                many.stream().map(Source::ssrc).toList());
        return Arbitraries.of(
                new EndpointSources(many, List.of()),
                new EndpointSources(many.subList(0, 1), manyGroups),
                new EndpointSources(many.subList(0, 10), List.of(longGroup)),
                new EndpointSources(many, List.of(longGroup)));
    }

    private static Arbitrary<Source> source() {
        return Combinators.combine(
                        ssrc(),
                        Arbitraries.of(MediaType.class),
                        text().optional(),
                        text().optional(),
                        Arbitraries.of(VideoType.class))
                .as(Source::new);
    }

    private static Arbitrary<SourceGroup> group() {
        return Combinators.combine(
                        Arbitraries.of(SourceGroup.Semantics.class),
                        Arbitraries.of(MediaType.class),
                        ssrc().list().ofMaxSize(30))
                .as(SourceGroup::new);
    }

    private static Arbitrary<Ssrc> ssrc() {
        return Arbitraries.frequencyOf(
                        Tuple.of(8, Arbitraries.longs().between(1, 30)),
                        Tuple.of(
                                1,
                                Arbitraries.of(
                                        0L, -1L, 1L << 32, 1L << 33, 0xFFFF_FFFFL, Long.MIN_VALUE, Long.MAX_VALUE)),
                        Tuple.of(1, Arbitraries.longs()))
                .map(Ssrc::new);
    }

    private static Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                Tuple.of(6, Arbitraries.of("m1", "m2", "stream track", "")),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(20)),
                Tuple.of(1, Arbitraries.strings().alpha().ofMinLength(250).ofMaxLength(300)),
                Tuple.of(1, Arbitraries.of("\u0000", "a\u001fb", "\ud800", "\"},{", "</source>")));
    }
}
