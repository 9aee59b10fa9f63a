package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.source.Tracks.audio;
import static org.confocal.focus.source.Tracks.bareVideo;
import static org.confocal.focus.source.Tracks.camera;
import static org.confocal.focus.source.Tracks.fid;
import static org.confocal.focus.source.Tracks.sim;
import static org.confocal.focus.source.Tracks.sources;
import static org.confocal.focus.source.Tracks.video;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.source.SourceFilter.Simulcast;
import org.confocal.focus.transcript.RecordedStanza;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SourceFilterTest {
    private static final Set<Feature> BOTH = Set.of(Feature.AUDIO, Feature.VIDEO);

    static Stream<Arguments> filtered() {
        EndpointSources all = SourceSets.plus(camera(10, "m"), sources(audio(1, "a")));
        EndpointSources first = sources(video(10, "m"), video(13, "m"), fid(10, 13));
        return Stream.of(
                Arguments.of("all", all, BOTH, Simulcast.KEPT, all),
                Arguments.of("audio only", all, Set.of(Feature.AUDIO), Simulcast.KEPT, sources(audio(1, "a"))),
                Arguments.of("video only", all, Set.of(Feature.VIDEO), Simulcast.KEPT, camera(10, "m")),
                Arguments.of("neither", all, Set.of(Feature.TCC), Simulcast.KEPT, sources()),
                Arguments.of("stripped", all, BOTH, Simulcast.STRIPPED, SourceSets.plus(first, sources(audio(1, "a")))),
                Arguments.of(
                        "stripped, no video", all, Set.of(Feature.AUDIO), Simulcast.STRIPPED, sources(audio(1, "a"))),
                Arguments.of(
                        "two cameras",
                        SourceSets.plus(camera(10, "m"), camera(20, "n")),
                        BOTH,
                        Simulcast.STRIPPED,
                        sources(
                                video(10, "m"),
                                video(13, "m"),
                                video(20, "n"),
                                video(23, "n"),
                                fid(10, 13),
                                fid(20, 23))),
                Arguments.of(
                        "no retransmission",
                        sources(video(1, "m"), video(2, "m"), sim(1, 2)),
                        BOTH,
                        Simulcast.STRIPPED,
                        sources(video(1, "m"))),
                Arguments.of(
                        "no simulcast",
                        sources(video(1, "m"), video(2, "m"), fid(1, 2), bareVideo(3)),
                        BOTH,
                        Simulcast.STRIPPED,
                        sources(video(1, "m"), video(2, "m"), fid(1, 2), bareVideo(3))),
                Arguments.of(
                        "the further layers alone, as when they are removed",
                        sources(video(11, "m"), video(14, "m"), sim(10, 11), fid(11, 14)),
                        BOTH,
                        Simulcast.STRIPPED,
                        sources()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filtered")
    void receiverIsShownWhatItSupports(
            String name, EndpointSources sources, Set<Feature> features, Simulcast simulcast, EndpointSources shown) {
        assertThat(SourceFilter.forReceiver(sources, features, simulcast))
                .as(name)
                .isEqualTo(shown);
    }

    @Test
    void ownerOfWhomNothingIsLeftIsNotListed() {
        SourceOwner anna = new SourceOwner.Endpoint(new EndpointId("anna"));
        OwnedSources all = new OwnedSources(List.of(
                new OwnedSources.Entry(new SourceOwner.Bridge(), sources(video(1, "m"))),
                new OwnedSources.Entry(anna, sources(audio(2, "a"), video(3, "v")))));

        assertThat(SourceFilter.forReceiver(all, Set.of(Feature.AUDIO), Simulcast.STRIPPED))
                .isEqualTo(new OwnedSources(List.of(new OwnedSources.Entry(anna, sources(audio(2, "a"))))));
    }

    @Test
    void filterIsDoneOnce() {
        EndpointSources once = SourceFilter.forReceiver(camera(10, "m"), BOTH, Simulcast.STRIPPED);

        assertThat(SourceFilter.forReceiver(once, BOTH, Simulcast.STRIPPED)).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource({
        "a-accept-00c73f83, a-add-to-ad6484a6, 00c73f83",
        "a-accept-ad6484a6, a-add-to-00c73f83, ad6484a6",
        "d-add-dd43f243, d-add-to-d5991e25, dd43f243",
        "d-accept-d5991e25, d-remove-to-d866811e, d5991e25"
    })
    void othersAreToldOfTheRecordedSourcesAsTheRecordedFocusToldThem(String sent, String told, String owner) {
        EndpointSources sources = RecordedStanza.read(sent).xmlSources().getOrDefault("", EndpointSources.EMPTY);
        SourceChange change = ConferenceSources.EMPTY.add(new EndpointId(owner), sources, new SourceLimits(20, 20));
        assertThat(change).isInstanceOf(SourceChange.Accepted.class);

        EndpointSources shown =
                SourceFilter.forReceiver(((SourceChange.Accepted) change).changed(), BOTH, Simulcast.STRIPPED);

        EndpointSources recorded = RecordedStanza.read(told).jsonSources().getOrDefault(owner, EndpointSources.EMPTY);
        assertThat(shown.sources()).isNotEmpty().containsExactlyInAnyOrderElementsOf(recorded.sources());
        assertThat(shown.groups()).isEqualTo(recorded.groups());
    }
}
