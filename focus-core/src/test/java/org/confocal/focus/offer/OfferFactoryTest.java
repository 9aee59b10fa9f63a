package org.confocal.focus.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest.Capability;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaDescription.HeaderExtension;
import org.confocal.focus.model.MediaDescription.Parameter;
import org.confocal.focus.model.MediaDescription.PayloadType;
import org.confocal.focus.model.MediaDescription.RtcpFeedback;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.focus.source.SourceFilter;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class OfferFactoryTest {
    private static final CodecConfig DEFAULTS = CodecConfig.DEFAULTS;
    private static final Set<Feature> EVERYTHING = Set.copyOf(EnumSet.allOf(Feature.class));

    @ParameterizedTest
    @EnumSource(MediaType.class)
    void onlyTheSupportedMediumIsOffered(MediaType media) {
        Feature feature = media == MediaType.AUDIO ? Feature.AUDIO : Feature.VIDEO;

        assertThat(OfferFactory.media(DEFAULTS, Set.of(feature)))
                .extracting(MediaDescription::media)
                .containsExactly(media);
    }

    @Test
    void audioComesBeforeVideoAndWhoSupportsNeitherIsOfferedNeither() {
        assertThat(OfferFactory.media(DEFAULTS, EVERYTHING))
                .extracting(MediaDescription::media)
                .containsExactly(MediaType.AUDIO, MediaType.VIDEO);
        assertThat(OfferFactory.media(DEFAULTS, Set.of(Feature.TCC, Feature.RTX)))
                .isEmpty();
    }

    static Stream<Arguments> feedbackBranches() {
        return Stream.of(
                Arguments.of("neither", Set.of(Feature.VIDEO), DEFAULTS, List.of()),
                Arguments.of("REMB alone", Set.of(Feature.VIDEO, Feature.REMB), DEFAULTS, List.of("goog-remb")),
                Arguments.of("TCC alone", Set.of(Feature.VIDEO, Feature.TCC), DEFAULTS, List.of("transport-cc")),
                Arguments.of(
                        "TCC before REMB",
                        Set.of(Feature.VIDEO, Feature.TCC, Feature.REMB),
                        DEFAULTS,
                        List.of("transport-cc")),
                Arguments.of(
                        "REMB where TCC is switched off",
                        Set.of(Feature.VIDEO, Feature.TCC, Feature.REMB),
                        withTcc(new CodecConfig.Extension(false, 5)),
                        List.of("goog-remb")),
                Arguments.of(
                        "REMB is switched off for the codec",
                        Set.of(Feature.VIDEO, Feature.REMB),
                        withAv1(new CodecConfig.Video(true, 41, 42, false)),
                        List.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("feedbackBranches")
    void bandwidthFeedbackFollowsTheFeaturesAndTheConfiguration(
            String name, Set<Feature> features, CodecConfig codecs, List<String> expected) {
        PayloadType av1 = video(codecs, features).payloadTypes().getFirst();

        assertThat(av1.feedback().stream().skip(3).map(RtcpFeedback::type))
                .as(name)
                .isEqualTo(expected);
        assertThat(av1.feedback().subList(0, 3))
                .containsExactly(
                        new RtcpFeedback("ccm", Optional.of("fir")),
                        new RtcpFeedback("nack", Optional.empty()),
                        new RtcpFeedback("nack", Optional.of("pli")));
    }

    @Test
    void rembIsSwitchedOffForOneCodecOnly() {
        CodecConfig codecs = withAv1(new CodecConfig.Video(true, 41, 42, false));

        assertThat(video(codecs, Set.of(Feature.VIDEO, Feature.REMB)).payloadTypes())
                .filteredOn(type -> type.feedback().contains(new RtcpFeedback("goog-remb", Optional.empty())))
                .extracting(PayloadType::name)
                .containsExactly("VP8", "H264", "VP9");
    }

    static Stream<Arguments> videoCodecs() {
        CodecConfig.Video off = new CodecConfig.Video(false, 41, 42, true);
        CodecConfig.Video noType = new CodecConfig.Video(true, 0, 42, true);
        CodecConfig.Video noRtx = new CodecConfig.Video(true, 41, 0, true);
        CodecConfig.Video minusRtx = new CodecConfig.Video(true, 41, -1, true);
        return Stream.of(
                Arguments.of("all", DEFAULTS, EVERYTHING, List.of(41, 100, 107, 101, 42, 96, 97, 99)),
                Arguments.of("no RTX", DEFAULTS, Set.of(Feature.VIDEO), List.of(41, 100, 107, 101)),
                Arguments.of("AV1 off", withAv1(off), EVERYTHING, List.of(100, 107, 101, 96, 97, 99)),
                Arguments.of("AV1 type 0", withAv1(noType), EVERYTHING, List.of(100, 107, 101, 96, 97, 99)),
                Arguments.of("AV1 rtx 0", withAv1(noRtx), EVERYTHING, List.of(41, 100, 107, 101, 96, 97, 99)),
                Arguments.of("AV1 rtx -1", withAv1(minusRtx), EVERYTHING, List.of(41, 100, 107, 101, 96, 97, 99)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("videoCodecs")
    void videoPayloadTypesAreThoseSwitchedOnInOrder(
            String name, CodecConfig codecs, Set<Feature> features, List<Integer> expected) {
        assertThat(video(codecs, features).payloadTypes())
                .as(name)
                .extracting(PayloadType::id)
                .isEqualTo(expected);
    }

    @Test
    void everyVideoCodecCanBeSwitchedOffAlone() {
        CodecConfig.Video off = new CodecConfig.Video(false, 1, 2, true);
        CodecConfig d = DEFAULTS;
        CodecConfig noVp8 =
                new CodecConfig(d.av1(), off, d.vp9(), d.h264(), d.opus(), d.telephoneEvent(), d.extensions());
        CodecConfig noVp9 =
                new CodecConfig(d.av1(), d.vp8(), off, d.h264(), d.opus(), d.telephoneEvent(), d.extensions());
        CodecConfig noH264 =
                new CodecConfig(d.av1(), d.vp8(), d.vp9(), off, d.opus(), d.telephoneEvent(), d.extensions());

        assertThat(ids(noVp8)).containsExactly(41, 107, 101, 42, 97, 99);
        assertThat(ids(noVp9)).containsExactly(41, 100, 107, 42, 96, 99);
        assertThat(ids(noH264)).containsExactly(41, 100, 101, 42, 96, 97);
    }

    @Test
    void retransmissionOfH264AloneHasNoFeedback() {
        assertThat(video(DEFAULTS, EVERYTHING).payloadTypes())
                .filteredOn(type -> type.name().equals("rtx"))
                .extracting(PayloadType::id, type -> type.feedback().size())
                .containsExactly(tuple(42, 3), tuple(96, 3), tuple(97, 3), tuple(99, 0));
    }

    @Test
    void redComesBeforeOpusWhereItIsConfiguredAndSupported() {
        CodecConfig codecs = withOpus(new CodecConfig.Opus(true, 111, 10, true, new CodecConfig.Red(true, 112)));

        assertThat(audio(codecs, EVERYTHING).payloadTypes())
                .extracting(PayloadType::name)
                .containsExactly("red", "opus", "telephone-event");
        assertThat(audio(codecs, EVERYTHING).payloadTypes().getFirst())
                .isEqualTo(new PayloadType(
                        112,
                        "red",
                        48_000,
                        OptionalInt.of(2),
                        List.of(new Parameter(Optional.empty(), "111/111")),
                        List.of()));
        assertThat(audio(codecs, Set.of(Feature.AUDIO)).payloadTypes())
                .extracting(PayloadType::name)
                .containsExactly("opus", "telephone-event");
    }

    @Test
    void inbandFecDisappearsForEverybodyOnceRedIsConfigured() {
        CodecConfig red = withOpus(new CodecConfig.Opus(true, 111, 10, true, new CodecConfig.Red(true, 112)));
        CodecConfig noFec = withOpus(new CodecConfig.Opus(true, 111, 20, false, new CodecConfig.Red(false, 112)));
        Parameter minPtime = new Parameter(Optional.of("minptime"), "10");
        Parameter fec = new Parameter(Optional.of("useinbandfec"), "1");

        assertThat(opus(DEFAULTS, Set.of(Feature.AUDIO)).parameters()).containsExactly(minPtime, fec);
        assertThat(opus(red, Set.of(Feature.AUDIO)).parameters()).containsExactly(minPtime);
        assertThat(opus(red, EVERYTHING).parameters()).containsExactly(minPtime);
        assertThat(opus(noFec, EVERYTHING).parameters()).containsExactly(new Parameter(Optional.of("minptime"), "20"));
    }

    @Test
    void audioCodecsCanBeSwitchedOff() {
        CodecConfig d = DEFAULTS;
        CodecConfig noOpus = withOpus(new CodecConfig.Opus(false, 111, 10, true, new CodecConfig.Red(true, 112)));
        CodecConfig opusWithoutType = withOpus(new CodecConfig.Opus(true, 0, 10, true, new CodecConfig.Red(true, 112)));
        CodecConfig redWithoutType = withOpus(new CodecConfig.Opus(true, 111, 10, true, new CodecConfig.Red(true, 0)));
        CodecConfig noEvents = new CodecConfig(
                d.av1(),
                d.vp8(),
                d.vp9(),
                d.h264(),
                d.opus(),
                new CodecConfig.TelephoneEvent(false, 126),
                d.extensions());

        assertThat(names(noOpus)).containsExactly("telephone-event");
        assertThat(names(opusWithoutType)).containsExactly("telephone-event");
        assertThat(names(redWithoutType)).containsExactly("opus", "telephone-event");
        assertThat(opus(redWithoutType, EVERYTHING).parameters()).hasSize(2);
        assertThat(names(noEvents)).containsExactly("opus");
    }

    @Test
    void transportCcIsInAudioOnlyWithTheFeature() {
        assertThat(opus(DEFAULTS, Set.of(Feature.AUDIO, Feature.TCC)).feedback())
                .containsExactly(new RtcpFeedback("transport-cc", Optional.empty()));
        assertThat(opus(DEFAULTS, Set.of(Feature.AUDIO)).feedback()).isEmpty();
        assertThat(extensionIds(audio(DEFAULTS, Set.of(Feature.AUDIO, Feature.TCC))))
                .containsExactly(1, 10, 5);
        assertThat(extensionIds(audio(DEFAULTS, Set.of(Feature.AUDIO)))).containsExactly(1, 10);
    }

    @Test
    void allHeaderExtensionsSwitchedOnComeInTheDocumentedOrder() {
        CodecConfig codecs = withExtensions(extensions(true, true));

        assertThat(extensionIds(audio(codecs, EVERYTHING))).containsExactly(1, 10, 5);
        assertThat(video(codecs, EVERYTHING).headerExtensions())
                .containsExactly(
                        new HeaderExtension(
                                12, "http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00"),
                        new HeaderExtension(
                                11,
                                "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
                        new HeaderExtension(2, "urn:ietf:params:rtp-hdrext:toffset"),
                        new HeaderExtension(10, "urn:ietf:params:rtp-hdrext:sdes:mid"),
                        new HeaderExtension(3, "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
                        new HeaderExtension(9, "http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07"),
                        new HeaderExtension(7, "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type"),
                        new HeaderExtension(4, "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
                        new HeaderExtension(
                                5, "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"));
    }

    @Test
    void allHeaderExtensionsCanBeSwitchedOff() {
        CodecConfig codecs = withExtensions(extensions(false, false));

        for (MediaDescription media : OfferFactory.all(codecs)) {
            assertThat(media.headerExtensions()).isEmpty();
            assertThat(media.extmapAllowMixed()).isFalse();
        }
    }

    @Test
    void relaysAreOfferedEverythingThatIsConfigured() {
        assertThat(OfferFactory.all(DEFAULTS)).isEqualTo(OfferFactory.media(DEFAULTS, EVERYTHING));
    }

    static Stream<Arguments> capabilityBranches() {
        Set<Feature> both = Set.of(Feature.SSRC_REWRITING, Feature.RTP_MID_DEMUX);
        ConferenceConfig noMid =
                OfferConfigs.config(OfferConfigs.ALL_ON, withMid(new CodecConfig.Extension(false, 10)));
        ConferenceConfig defaults = ConferenceConfig.DEFAULTS;
        return Stream.of(
                Arguments.of("nothing supported", Set.of(), defaults, Set.of()),
                Arguments.of("rewriting", Set.of(Feature.SSRC_REWRITING), defaults, Set.of(Capability.SSRC_REWRITING)),
                Arguments.of("both", both, defaults, Set.of(Capability.SSRC_REWRITING, Capability.RTP_MID_DEMUX)),
                Arguments.of("demux needs rewriting", Set.of(Feature.RTP_MID_DEMUX), defaults, Set.of()),
                Arguments.of(
                        "rewriting switched off", both, OfferConfigs.without(OfferConfigs.Switch.REWRITING), Set.of()),
                Arguments.of(
                        "demux switched off",
                        both,
                        OfferConfigs.without(OfferConfigs.Switch.MID_DEMUX),
                        Set.of(Capability.SSRC_REWRITING)),
                Arguments.of("demux needs the mid extension", both, noMid, Set.of(Capability.SSRC_REWRITING)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("capabilityBranches")
    void capabilitiesFollowTheFeaturesAndTheConfiguration(
            String name, Set<Feature> features, ConferenceConfig config, Set<Capability> besidesSourceNames) {
        Set<Capability> expected = EnumSet.of(Capability.SOURCE_NAMES);
        expected.addAll(besidesSourceNames);

        assertThat(OfferFactory.capabilities(features, config)).as(name).isEqualTo(expected);
        assertThat(OfferFactory.ssrcRewriting(features, config))
                .isEqualTo(expected.contains(Capability.SSRC_REWRITING));
    }

    @Test
    void encodingAndDataChannelNeedBothTheFeatureAndTheConfiguration() {
        ConferenceConfig on = ConferenceConfig.DEFAULTS;
        ConferenceConfig noJson = OfferConfigs.without(OfferConfigs.Switch.JSON);
        ConferenceConfig noSctp = OfferConfigs.without(OfferConfigs.Switch.SCTP);

        assertThat(OfferFactory.encoding(EVERYTHING, on)).isEqualTo(SourceEncoding.JSON);
        assertThat(OfferFactory.encoding(Feature.DEFAULTS, on)).isEqualTo(SourceEncoding.XML);
        assertThat(OfferFactory.encoding(EVERYTHING, noJson)).isEqualTo(SourceEncoding.XML);
        assertThat(OfferFactory.dataChannel(Feature.DEFAULTS, on)).isTrue();
        assertThat(OfferFactory.dataChannel(Set.of(Feature.AUDIO), on)).isFalse();
        assertThat(OfferFactory.dataChannel(EVERYTHING, noSctp)).isFalse();
    }

    @Test
    void simulcastIsStrippedUnlessConfiguredOtherwise() {
        assertThat(OfferFactory.simulcast(ConferenceConfig.DEFAULTS)).isEqualTo(SourceFilter.Simulcast.STRIPPED);
        assertThat(OfferFactory.simulcast(OfferConfigs.without(OfferConfigs.Switch.STRIP_SIMULCAST)))
                .isEqualTo(SourceFilter.Simulcast.KEPT);
    }

    @Test
    void whoIsAloneOnABridgeWithoutFeedbackIsOfferedNoSources() {
        assertThat(OfferFactory.sources(
                                new EndpointId("a"),
                                EVERYTHING,
                                ConferenceConfig.DEFAULTS,
                                ConferenceSources.EMPTY,
                                EndpointSources.EMPTY)
                        .entries())
                .isEmpty();
    }

    private static MediaDescription audio(CodecConfig codecs, Set<Feature> features) {
        return media(MediaType.AUDIO, codecs, features);
    }

    private static MediaDescription video(CodecConfig codecs, Set<Feature> features) {
        return media(MediaType.VIDEO, codecs, features);
    }

    private static MediaDescription media(MediaType type, CodecConfig codecs, Set<Feature> features) {
        return OfferFactory.media(codecs, features).stream()
                .filter(each -> each.media() == type)
                .findFirst()
                .orElseThrow();
    }

    private static PayloadType opus(CodecConfig codecs, Set<Feature> features) {
        return audio(codecs, features).payloadTypes().stream()
                .filter(type -> type.name().equals("opus"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Integer> ids(CodecConfig codecs) {
        return video(codecs, EVERYTHING).payloadTypes().stream()
                .map(PayloadType::id)
                .toList();
    }

    private static List<String> names(CodecConfig codecs) {
        return audio(codecs, EVERYTHING).payloadTypes().stream()
                .map(PayloadType::name)
                .toList();
    }

    private static List<Integer> extensionIds(MediaDescription media) {
        return media.headerExtensions().stream().map(HeaderExtension::id).toList();
    }

    private static CodecConfig withAv1(CodecConfig.Video av1) {
        CodecConfig d = DEFAULTS;
        return new CodecConfig(av1, d.vp8(), d.vp9(), d.h264(), d.opus(), d.telephoneEvent(), d.extensions());
    }

    private static CodecConfig withOpus(CodecConfig.Opus opus) {
        CodecConfig d = DEFAULTS;
        return new CodecConfig(d.av1(), d.vp8(), d.vp9(), d.h264(), opus, d.telephoneEvent(), d.extensions());
    }

    private static CodecConfig withExtensions(CodecConfig.Extensions extensions) {
        CodecConfig d = DEFAULTS;
        return new CodecConfig(d.av1(), d.vp8(), d.vp9(), d.h264(), d.opus(), d.telephoneEvent(), extensions);
    }

    private static CodecConfig withTcc(CodecConfig.Extension tcc) {
        return withExtensions(tccAndMid(tcc, DEFAULTS.extensions().mid()));
    }

    private static CodecConfig withMid(CodecConfig.Extension mid) {
        return withExtensions(tccAndMid(DEFAULTS.extensions().tcc(), mid));
    }

    private static CodecConfig.Extensions tccAndMid(CodecConfig.Extension tcc, CodecConfig.Extension mid) {
        CodecConfig.Extensions d = DEFAULTS.extensions();
        return new CodecConfig.Extensions(
                d.audioLevel(),
                d.av1DependencyDescriptor(),
                d.videoLayersAllocation(),
                d.tof(),
                d.absSendTime(),
                d.rid(),
                tcc,
                d.videoContentType(),
                d.framemarking(),
                mid,
                d.extmapAllowMixed());
    }

    private static CodecConfig.Extensions extensions(boolean enabled, boolean allowMixed) {
        return new CodecConfig.Extensions(
                new CodecConfig.Extension(enabled, 1),
                new CodecConfig.Extension(enabled, 11),
                new CodecConfig.Extension(enabled, 12),
                new CodecConfig.Extension(enabled, 2),
                new CodecConfig.Extension(enabled, 3),
                new CodecConfig.Extension(enabled, 4),
                new CodecConfig.Extension(enabled, 5),
                new CodecConfig.Extension(enabled, 7),
                new CodecConfig.Extension(enabled, 9),
                new CodecConfig.Extension(enabled, 10),
                allowMixed);
    }
}
