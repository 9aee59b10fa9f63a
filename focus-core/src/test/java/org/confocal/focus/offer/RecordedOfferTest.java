package org.confocal.focus.offer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.focus.source.SourceChange;
import org.confocal.focus.source.SourceLimits;
import org.confocal.focus.transcript.RecordedStanza;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is offered to the recorded clients, compared with what the recorded focus offered them. */
class RecordedOfferTest {
    private static final SourceLimits LIMITS = new SourceLimits(20, 20);
    private static final ConferenceConfig DEFAULTS = ConferenceConfig.DEFAULTS;

    @ParameterizedTest
    @CsvSource({"a-features, a-offer", "c-features, c-offer", "e-features, e-offer-d30f57d9"})
    void mediaOfTheOfferAreTheRecordedOnesFieldByField(String features, String offer) {
        List<MediaDescription> recorded = RecordedStanza.read(offer).media();

        assertThat(recorded).hasSize(2);
        assertThat(OfferFactory.media(
                        CodecConfig.DEFAULTS, RecordedStanza.read(features).features()))
                .isEqualTo(recorded);
    }

    @ParameterizedTest
    @CsvSource({"a-features, a-create", "c-features, c-create"})
    void mediaOfTheBridgeEndpointAreTheRecordedOnes(String features, String create) {
        List<MediaDescription> recorded =
                new ArrayList<>(RecordedStanza.read(create).media());
        // The recorded focus writes the two in the order of a hash set.
        recorded.sort(Comparator.comparing(MediaDescription::media));

        assertThat(recorded).hasSize(2);
        assertThat(OfferFactory.media(
                        CodecConfig.DEFAULTS, RecordedStanza.read(features).features()))
                .isEqualTo(recorded);
    }

    @ParameterizedTest
    @CsvSource({"a-features, a-create", "c-features, c-create"})
    void capabilitiesAreTheRecordedOnes(String features, String create) {
        assertThat(OfferFactory.capabilities(RecordedStanza.read(features).features(), DEFAULTS))
                .extracting(each -> each.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .containsExactlyInAnyOrderElementsOf(RecordedStanza.read(create).capabilities());
    }

    @Test
    void firstClientWithJsonIsOfferedTheBridgesSourcesOnly() {
        Set<Feature> features = RecordedStanza.read("a-features").features();
        Map<String, EndpointSources> recorded = RecordedStanza.read("a-offer").jsonSources();

        OwnedSources offered = OfferFactory.sources(
                new EndpointId("00c73f83"), features, DEFAULTS, ConferenceSources.EMPTY, only(recorded, "jvb"));

        assertThat(OfferFactory.encoding(features, DEFAULTS)).isEqualTo(SourceEncoding.JSON);
        assertThat(byOwner(offered)).isEqualTo(byOwner(recorded));
    }

    @Test
    void clientWithRewritingIsOfferedNoSourcesOfOthersAsRecorded() {
        Set<Feature> features = RecordedStanza.read("c-features").features();
        Map<String, EndpointSources> recorded = RecordedStanza.read("c-offer").jsonSources();
        ConferenceSources others = joined(
                ConferenceSources.EMPTY,
                "ad6484a6",
                RecordedStanza.read("a-accept-ad6484a6").xmlSources());

        OwnedSources offered =
                OfferFactory.sources(new EndpointId("19be650b"), features, DEFAULTS, others, only(recorded, "jvb"));

        assertThat(OfferFactory.ssrcRewriting(features, DEFAULTS)).isTrue();
        assertThat(recorded).containsOnlyKeys("jvb");
        assertThat(byOwner(offered)).isEqualTo(byOwner(recorded));
    }

    @Test
    void thirdClientWithXmlIsOfferedTheRecordedSourcesOfTheFirstTwoAndOfTheBridge() {
        ConferenceConfig xmlOnly =
                OfferConfigs.config(EnumSet.of(OfferConfigs.Switch.STRIP_SIMULCAST), DEFAULTS.codecs());
        Set<Feature> features = RecordedStanza.read("e-features").features();
        ConferenceSources conference = joined(
                joined(
                        ConferenceSources.EMPTY,
                        "b6a2aca9",
                        RecordedStanza.read("e-accept-b6a2aca9").xmlSources()),
                "263a54c3",
                RecordedStanza.read("e-accept-263a54c3").xmlSources());
        EndpointSources feedback = RecordedStanza.read("e-created").feedback();

        OwnedSources offered =
                OfferFactory.sources(new EndpointId("d30f57d9"), features, xmlOnly, conference, feedback);

        assertThat(OfferFactory.encoding(features, xmlOnly)).isEqualTo(SourceEncoding.XML);
        assertThat(byOwner(offered))
                .isEqualTo(byOwner(RecordedStanza.read("e-offer-d30f57d9").xmlSources()))
                .containsOnlyKeys("263a54c3", "b6a2aca9", "jvb");
    }

    private static ConferenceSources joined(
            ConferenceSources conference, String owner, Map<String, EndpointSources> accepted) {
        SourceChange change = conference.add(new EndpointId(owner), only(accepted, ""), LIMITS);
        assertThat(change).isInstanceOf(SourceChange.Accepted.class);
        return ((SourceChange.Accepted) change).next();
    }

    private static EndpointSources only(Map<String, EndpointSources> sources, String owner) {
        assertThat(sources).containsOnlyKeys(owner);
        return sources.values().iterator().next();
    }

    private static Map<String, Set<Object>> byOwner(OwnedSources sources) {
        Map<String, EndpointSources> byOwner = new TreeMap<>();
        for (OwnedSources.Entry entry : sources.entries()) {
            String owner = switch (entry.owner()) {
                case SourceOwner.Bridge bridge -> "jvb";
                case SourceOwner.Endpoint endpoint -> endpoint.id().value();
            };
            byOwner.put(owner, entry.sources());
        }
        return byOwner(byOwner);
    }

    /** Without order, which the recorded focus takes from hash sets. */
    private static Map<String, Set<Object>> byOwner(Map<String, EndpointSources> sources) {
        Map<String, Set<Object>> byOwner = new TreeMap<>();
        sources.forEach((owner, each) -> {
            List<Object> all = new ArrayList<>(each.sources());
            all.addAll(each.groups());
            byOwner.put(owner, Set.copyOf(all));
        });
        return byOwner;
    }
}
