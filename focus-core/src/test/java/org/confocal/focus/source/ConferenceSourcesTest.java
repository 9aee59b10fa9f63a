package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.focus.source.Tracks.audio;
import static org.confocal.focus.source.Tracks.bareVideo;
import static org.confocal.focus.source.Tracks.camera;
import static org.confocal.focus.source.Tracks.fid;
import static org.confocal.focus.source.Tracks.group;
import static org.confocal.focus.source.Tracks.sim;
import static org.confocal.focus.source.Tracks.sources;
import static org.confocal.focus.source.Tracks.video;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class ConferenceSourcesTest {
    private static final EndpointId ANNA = new EndpointId("anna");
    private static final EndpointId BEN = new EndpointId("ben");
    private static final SourceLimits LIMITS = new SourceLimits(20, 20);

    /** Anna sends a camera on 10 to 15 and a microphone on 1; Ben sends a microphone on 2. */
    private static final ConferenceSources TALKING = added(
            added(
                    added(ConferenceSources.EMPTY, ANNA, camera(10, "anna video")),
                    ANNA,
                    sources(audio(1, "anna audio"))),
            BEN,
            sources(audio(2, "ben audio")));

    static Stream<Arguments> refusedAdditions() {
        return Stream.of(
                refused("Invalid SSRC: 0.", audio(0, "m")),
                refused("Invalid SSRC: -1.", audio(-1, "m")),
                refused("Invalid SSRC: 4294967296.", audio(1L << 32, "m")),
                refused("Invalid SSRC: 8589934592.", audio(1L << 33, "m")),
                refused("Invalid SSRC: 9223372036854775807.", audio(Long.MAX_VALUE, "m")),
                refused("SSRC is already used: 1.", audio(1, "m")),
                refused("SSRC is already used: 2.", audio(2, "ben audio")),
                refused("SSRC is already used: 7.", audio(7, "m"), video(7, "m")),
                refused("MSID is already used: anna audio.", audio(7, "anna audio")),
                refused("MSID is already used: anna video.", audio(7, "anna video")),
                refused("MSID is already used: ben audio.", audio(7, "ben audio")),
                refused("MSID is already used: m.", video(7, "m"), video(8, "m")),
                refused("MSID is already used: m.", video(7, "m"), video(8, "m"), video(9, "m"), sim(7, 8)),
                refused(
                        "An SSRC group contains an SSRC, which hasn't been signaled as a source: [7, 8].",
                        video(7, "m"),
                        fid(7, 8)),
                refused(
                        "An SSRC group contains an SSRC, which hasn't been signaled as a source: [10, 13].",
                        fid(10, 13)),
                refused(
                        "An SSRC group contains an SSRC, which hasn't been signaled as a source: [7, 8].",
                        audio(7, "m"),
                        audio(8, "m"),
                        fid(7, 8)),
                refused("Invalid FID group: [7].", video(7, "m"), fid(7)),
                refused("Invalid FID group: [7, 8, 9].", video(7, "m"), video(8, "m"), video(9, "m"), fid(7, 8, 9)),
                refused("Required source parameter 'msid' is not present.", bareVideo(7), video(8, "m"), fid(7, 8)),
                refused("Required source parameter 'msid' is not present.", video(7, "m"), bareVideo(8), sim(7, 8)),
                refused(
                        "SsrcGroup contains sources with different MSIDs: [7, 8].",
                        video(7, "m"),
                        video(8, "other"),
                        fid(7, 8)),
                refused(
                        "SsrcGroup contains sources with different MSIDs: [7, 8, 9].",
                        video(7, "m"),
                        video(8, "m"),
                        video(9, "other"),
                        sim(7, 8, 9)),
                refused("Invalid source name (ssrc=7).", named(7, "n".repeat(257))),
                refused("Invalid source name (ssrc=7).", named(7, "a\nb")),
                refused("Invalid source name (ssrc=7).", named(7, "a\u0000b")),
                refused("Invalid source name (ssrc=7).", named(7, "a\u0085b")),
                refused("Invalid source name (ssrc=7).", named(7, "a\ud800b")),
                refused("Invalid MSID (ssrc=7).", audio(7, "m".repeat(257))),
                refused("Invalid MSID (ssrc=7).", audio(7, "a\tb")));
    }

    private static Arguments refused(String text, Object... parts) {
        return Arguments.of(text, sources(parts));
    }

    private static Source named(long ssrc, String name) {
        return new Source(new Ssrc(ssrc), MediaType.AUDIO, Optional.of(name), Optional.of("m"), VideoType.CAMERA);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedAdditions")
    void additionIsRefusedWithTheDocumentedText(String text, EndpointSources offered) {
        assertThat(TALKING.add(BEN, offered, LIMITS)).isEqualTo(new SourceChange.Rejected(text));
    }

    @Test
    void ssrcLimitCountsEachMediumOfEachEndpointByItself() {
        SourceLimits three = new SourceLimits(3, 20);
        ConferenceSources full = added(
                ConferenceSources.EMPTY,
                ANNA,
                sources(audio(1, "a"), audio(2, "b"), audio(3, "c"), video(4, "d")),
                three);

        assertThat(full.add(ANNA, sources(audio(5, "e")), three))
                .isEqualTo(new SourceChange.Rejected("SSRC limit (3) exceeded."));
        assertThat(full.add(ANNA, sources(video(5, "e"), video(6, "f")), three))
                .isInstanceOf(SourceChange.Accepted.class);
        assertThat(full.add(BEN, sources(audio(5, "e")), three)).isInstanceOf(SourceChange.Accepted.class);
    }

    @Test
    void groupLimitCountsEachMediumByItselfAndNotWhatIsRepeatedOrEmpty() {
        SourceLimits one = new SourceLimits(20, 1);
        ConferenceSources full =
                added(ConferenceSources.EMPTY, ANNA, sources(video(1, "m"), video(2, "m"), fid(1, 2)), one);
        SourceGroup audioGroup = group(SourceGroup.Semantics.SIM, MediaType.AUDIO, 5, 6);

        assertThat(full.add(ANNA, sources(video(3, "n"), video(4, "n"), fid(3, 4)), one))
                .isEqualTo(new SourceChange.Rejected("ssrc-group limit (1) exceeded."));
        assertThat(full.add(ANNA, sources(audio(5, "m"), audio(6, "m"), audioGroup), one))
                .isInstanceOf(SourceChange.Accepted.class);
        assertThat(full.add(ANNA, sources(fid(1, 2), sim()), one))
                .isEqualTo(new SourceChange.Accepted(full, EndpointSources.EMPTY));
    }

    static Stream<Arguments> orderOfChecks() {
        Object[] nineteen = LongStream.range(100, 119)
                .mapToObj(ssrc -> audio(ssrc, "m" + ssrc))
                .toArray();
        return Stream.of(
                Arguments.of("SSRC before MSID", "SSRC is already used: 1.", sources(audio(1, "anna audio"))),
                Arguments.of(
                        "MSID before limit",
                        "MSID is already used: anna audio.",
                        with(nineteen, audio(7, "anna audio"))),
                Arguments.of("first source first", "Invalid SSRC: 0.", sources(audio(0, "m"), audio(1, "m"))),
                Arguments.of(
                        "sources before groups", "SSRC is already used: 1.", sources(audio(1, "m"), fid(7, 8), fid(7))),
                Arguments.of(
                        "unknown SSRC before FID size",
                        "An SSRC group contains an SSRC, which hasn't been signaled as a source: [8].",
                        sources(video(7, "m"), fid(7), fid(8))),
                Arguments.of("FID size before missing msid", "Invalid FID group: [7].", sources(bareVideo(7), fid(7))),
                Arguments.of(
                        "groups before shared msids",
                        "Invalid FID group: [7].",
                        sources(video(7, "m"), video(8, "m"), fid(7))));
    }

    private static EndpointSources with(Object[] first, Object last) {
        List<Object> parts = new ArrayList<>();
        parts.add(last);
        parts.addAll(List.of(first));
        return sources(parts.toArray());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("orderOfChecks")
    void firstFailingCheckGivesTheText(String name, String text, EndpointSources offered) {
        assertThat(TALKING.add(BEN, offered, LIMITS)).as(name).isEqualTo(new SourceChange.Rejected(text));
    }

    @Test
    void longGroupIsNotListedInFullInTheText() {
        SourceGroup longGroup = sim(LongStream.rangeClosed(1, 10_000).toArray());

        SourceChange change = ConferenceSources.EMPTY.add(ANNA, sources(longGroup), LIMITS);

        assertThat(((SourceChange.Rejected) change).text())
                .startsWith("An SSRC group contains an SSRC, which hasn't been signaled as a source: [1, 2, 3,")
                .endsWith(", 19, 20, ...].");
    }

    @Test
    void cameraMicrophoneAndSharedMsidAcrossMediaAreAccepted() {
        EndpointSources offered = sources(audio(7, "ben stream"), video(8, "ben stream"));

        SourceChange change = TALKING.add(BEN, offered, LIMITS);

        assertThat(change).isInstanceOf(SourceChange.Accepted.class);
        assertThat(((SourceChange.Accepted) change).changed()).isEqualTo(offered);
        assertThat(((SourceChange.Accepted) change).next().of(BEN))
                .isEqualTo(sources(audio(2, "ben audio"), audio(7, "ben stream"), video(8, "ben stream")));
    }

    @Test
    void longestNameAndMsidAreAccepted() {
        Source longest = new Source(
                new Ssrc(7),
                MediaType.AUDIO,
                Optional.of("n".repeat(256)),
                Optional.of("m".repeat(256)),
                VideoType.CAMERA);
        Source bare = new Source(
                new Ssrc(0xFFFF_FFFFL), MediaType.AUDIO, Optional.empty(), Optional.empty(), VideoType.CAMERA);

        assertThat(TALKING.add(BEN, sources(longest, bare), LIMITS)).isInstanceOf(SourceChange.Accepted.class);
    }

    @Test
    void groupMayJoinWhatComesWithWhatIsThere() {
        ConferenceSources first = added(ConferenceSources.EMPTY, ANNA, sources(video(1, "m")));

        ConferenceSources both = added(first, ANNA, sources(video(2, "m"), fid(1, 2)));

        assertThat(both.of(ANNA)).isEqualTo(sources(video(1, "m"), video(2, "m"), fid(1, 2)));
    }

    @Test
    void emptyAndRepeatedGroupsAndRepeatedSourcesAreLeftOutSilently() {
        SourceChange change = TALKING.add(
                BEN, sources(video(7, "m"), video(7, "m"), video(8, "m"), sim(), fid(7, 8), fid(7, 8)), LIMITS);

        assertThat(((SourceChange.Accepted) change).changed())
                .isEqualTo(sources(video(7, "m"), video(8, "m"), fid(7, 8)));
    }

    @Test
    void nothingOfferedAndNothingNamedChangeNothing() {
        SourceChange unchanged = new SourceChange.Accepted(TALKING, EndpointSources.EMPTY);

        assertThat(TALKING.add(ANNA, EndpointSources.EMPTY, LIMITS)).isEqualTo(unchanged);
        assertThat(TALKING.remove(ANNA, EndpointSources.EMPTY)).isEqualTo(unchanged);
        assertThat(TALKING.remove(ANNA, sources(sim()))).isEqualTo(unchanged);
    }

    static Stream<Arguments> refusedRemovals() {
        String unowned = "Source does not exist or is not owned by endpoint (ssrc=%d).";
        return Stream.of(
                Arguments.of(ANNA, unowned.formatted(99), sources(audio(99, "m"))),
                Arguments.of(ANNA, unowned.formatted(2), sources(audio(2, "ben audio"))),
                Arguments.of(ANNA, unowned.formatted(2), sources(audio(1, "anna audio"), audio(2, "ben audio"))),
                Arguments.of(ANNA, unowned.formatted(-5), sources(audio(-5, "m"), fid(7, 8))),
                Arguments.of(new EndpointId("nobody"), unowned.formatted(1), sources(audio(1, "anna audio"))),
                Arguments.of(ANNA, "Source group does not exist", sources(fid(10, 14))),
                Arguments.of(ANNA, "Source group does not exist", sources(sim(10, 12, 11))),
                Arguments.of(new EndpointId("nobody"), "Source group does not exist", sources(fid(10, 13))),
                Arguments.of(ANNA, "MSID is already used: anna video.", sources(fid(10, 13))),
                Arguments.of(ANNA, "MSID is already used: anna video.", sources(bareVideo(11))));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusedRemovals")
    void removalIsRefusedWithTheDocumentedText(EndpointId owner, String text, EndpointSources named) {
        assertThat(TALKING.remove(owner, named)).isEqualTo(new SourceChange.Rejected(text));
    }

    @Test
    void removalMatchesTheSsrcAloneAndReportsWhatWasStored() {
        Source otherwise =
                new Source(new Ssrc(1), MediaType.VIDEO, Optional.empty(), Optional.of("else"), VideoType.DESKTOP);

        SourceChange change = TALKING.remove(ANNA, sources(otherwise));

        assertThat(((SourceChange.Accepted) change).changed()).isEqualTo(sources(audio(1, "anna audio")));
        assertThat(((SourceChange.Accepted) change).next().of(ANNA)).isEqualTo(camera(10, "anna video"));
    }

    @Test
    void groupsThatTouchARemovedSsrcGoWithIt() {
        SourceChange change = TALKING.remove(ANNA, sources(bareVideo(11), bareVideo(12), bareVideo(14), bareVideo(15)));

        assertThat(((SourceChange.Accepted) change).changed())
                .isEqualTo(sources(
                        video(11, "anna video"),
                        video(12, "anna video"),
                        video(14, "anna video"),
                        video(15, "anna video"),
                        sim(10, 11, 12),
                        fid(11, 14),
                        fid(12, 15)));
        assertThat(((SourceChange.Accepted) change).next().of(ANNA))
                .isEqualTo(
                        sources(video(10, "anna video"), video(13, "anna video"), audio(1, "anna audio"), fid(10, 13)));
    }

    @Test
    void removingEverythingLeavesNoTraceOfTheOwner() {
        SourceChange change = TALKING.remove(ANNA, TALKING.of(ANNA));

        assertThat(((SourceChange.Accepted) change).changed()).isEqualTo(TALKING.of(ANNA));
        assertThat(((SourceChange.Accepted) change).next())
                .isEqualTo(added(ConferenceSources.EMPTY, BEN, sources(audio(2, "ben audio"))));
    }

    @Test
    void whatIsRemovedCanBeUsedAgainByAnother() {
        ConferenceSources left = TALKING.without(ANNA);

        assertThat(left.of(ANNA)).isEqualTo(EndpointSources.EMPTY);
        assertThat(added(left, BEN, camera(10, "anna video")).of(BEN).sources()).hasSize(7);
    }

    @Test
    void everybodyButOneIsListedInOrderOfArrival() {
        assertThat(TALKING.except(BEN))
                .isEqualTo(new OwnedSources(
                        List.of(new OwnedSources.Entry(new SourceOwner.Endpoint(ANNA), TALKING.of(ANNA)))));
        assertThat(TALKING.except(new EndpointId("nobody")).entries())
                .extracting(OwnedSources.Entry::owner)
                .containsExactly(new SourceOwner.Endpoint(ANNA), new SourceOwner.Endpoint(BEN));
    }

    static Stream<Arguments> sameContentByDifferentWays() {
        EndpointSources microphone = sources(audio(2, "ben audio"));
        return Stream.of(
                Arguments.of("emptied again", TALKING.without(ANNA).without(BEN), ConferenceSources.EMPTY),
                Arguments.of("left and came back", added(TALKING.without(BEN), BEN, microphone), TALKING),
                Arguments.of(
                        "came in the other order",
                        added(
                                added(added(ConferenceSources.EMPTY, BEN, microphone), ANNA, camera(10, "anna video")),
                                ANNA,
                                sources(audio(1, "anna audio"))),
                        TALKING),
                Arguments.of(
                        "written with an owner of nothing",
                        new ConferenceSources(Map.of(ANNA, EndpointSources.EMPTY)),
                        ConferenceSources.EMPTY));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sameContentByDifferentWays")
    void equalityKnowsNothingOfHistory(String name, ConferenceSources one, ConferenceSources other) {
        assertThat(one).as(name).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.isEmpty()).isEqualTo(other.isEmpty());
    }

    @Test
    void differentSourcesAreNotEqual() {
        assertThat(TALKING.without(BEN)).isNotEqualTo(TALKING);
        assertThat(added(ConferenceSources.EMPTY, ANNA, sources(audio(1, "m"))))
                .isNotEqualTo(added(ConferenceSources.EMPTY, BEN, sources(audio(1, "m"))))
                .isNotEqualTo(added(ConferenceSources.EMPTY, ANNA, sources(video(1, "m"))));
    }

    @Test
    void sourcesAreWrittenAndReadAsPlainJson() {
        JsonMapper mapper = JsonMapper.shared();

        ConferenceSources read = mapper.readValue(mapper.writeValueAsBytes(TALKING), ConferenceSources.class);

        assertThat(read).isEqualTo(TALKING);
        assertThat(read.except(new EndpointId("nobody"))).isEqualTo(TALKING.except(new EndpointId("nobody")));
    }

    @Test
    void valueGivenAwayCannotBeChanged() {
        Map<EndpointId, EndpointSources> given = new LinkedHashMap<>(TALKING.byOwner());
        ConferenceSources copy = new ConferenceSources(given);
        given.clear();

        assertThat(copy).isEqualTo(TALKING);
        assertThatThrownBy(() -> copy.byOwner().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void fiveHundredPeopleKeepTheirSourcesApart() {
        ConferenceSources conference = ConferenceSources.EMPTY;
        for (int i : IntStream.range(0, 500).toArray()) {
            EndpointId id = new EndpointId("p" + i);
            conference = added(conference, id, camera(10L * i + 1, "video " + i));
            conference = added(conference, id, sources(audio(10L * i + 8, "audio " + i)));
        }

        assertThat(conference.except(new EndpointId("p7")).entries()).hasSize(499);
        assertThat(conference.add(new EndpointId("late"), sources(audio(4_998, "m")), LIMITS))
                .isEqualTo(new SourceChange.Rejected("SSRC is already used: 4998."));
        assertThat(conference.add(new EndpointId("late"), sources(audio(4_999, "audio 0")), LIMITS))
                .isEqualTo(new SourceChange.Rejected("MSID is already used: audio 0."));
    }

    private static ConferenceSources added(ConferenceSources to, EndpointId owner, EndpointSources sources) {
        return added(to, owner, sources, LIMITS);
    }

    private static ConferenceSources added(
            ConferenceSources to, EndpointId owner, EndpointSources sources, SourceLimits limits) {
        SourceChange change = to.add(owner, sources, limits);
        assertThat(change).isInstanceOf(SourceChange.Accepted.class);
        return ((SourceChange.Accepted) change).next();
    }
}
