package org.confocal.focus.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.source.Tracks.audio;
import static org.confocal.focus.source.Tracks.camera;
import static org.confocal.focus.source.Tracks.fid;
import static org.confocal.focus.source.Tracks.sources;
import static org.confocal.focus.source.Tracks.video;

import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class SourceQueueTest {
    private static final EndpointId ANNA = new EndpointId("anna");
    private static final EndpointId BEN = new EndpointId("ben");

    @Test
    void additionsAndRemovalsOfSeveralOwnersAreToldTogether() {
        SourceQueue.Drained drained = SourceQueue.EMPTY
                .add(ANNA, sources(audio(1, "a")))
                .remove(BEN, sources(audio(2, "b")))
                .add(ANNA, camera(10, "c"))
                .drain();

        assertThat(drained.batch().removed()).isEqualTo(owned(BEN, sources(audio(2, "b"))));
        assertThat(drained.batch().added())
                .isEqualTo(owned(ANNA, SourceSets.plus(sources(audio(1, "a")), camera(10, "c"))));
        assertThat(drained.next()).isEqualTo(SourceQueue.EMPTY);
    }

    @Test
    void whatComesAndGoesIsNeverTold() {
        SourceQueue queue = SourceQueue.EMPTY.add(ANNA, camera(10, "c")).remove(ANNA, camera(10, "c"));

        assertThat(queue).isEqualTo(SourceQueue.EMPTY);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.drain().batch().isEmpty()).isTrue();
    }

    @Test
    void whatGoesAndComesBackIsNeverTold() {
        SourceQueue queue = SourceQueue.EMPTY.remove(ANNA, camera(10, "c")).add(ANNA, camera(10, "c"));

        assertThat(queue).isEqualTo(SourceQueue.EMPTY);
    }

    @Test
    void whatComesBackOtherwiseIsRemovedAndAdded() {
        Source before = audio(1, "a");
        Source after =
                new Source(new Ssrc(1), MediaType.AUDIO, Optional.of("renamed"), Optional.of("a"), VideoType.CAMERA);

        SourceQueue queue = SourceQueue.EMPTY.remove(ANNA, sources(before)).add(ANNA, sources(after));

        assertThat(queue.drain().batch())
                .isEqualTo(new SourceQueue.Batch(owned(ANNA, sources(before)), owned(ANNA, sources(after))));
        assertThat(queue.remove(ANNA, sources(after))).isEqualTo(SourceQueue.EMPTY.remove(ANNA, sources(before)));
    }

    @Test
    void ssrcThatChangesItsOwnerIsRemovedFromOneAndAddedForTheOther() {
        SourceQueue queue =
                SourceQueue.EMPTY.remove(ANNA, sources(audio(1, "a"))).add(BEN, sources(audio(1, "a")));

        assertThat(queue.drain().batch())
                .isEqualTo(
                        new SourceQueue.Batch(owned(ANNA, sources(audio(1, "a"))), owned(BEN, sources(audio(1, "a")))));
    }

    @Test
    void partsCancelOutAndTheRestIsTold() {
        SourceQueue queue = SourceQueue.EMPTY
                .add(ANNA, sources(video(1, "m"), video(2, "m"), fid(1, 2), audio(3, "a")))
                .remove(ANNA, sources(video(1, "m"), video(2, "m"), fid(1, 2)));

        assertThat(queue.drain().batch())
                .isEqualTo(new SourceQueue.Batch(OwnedSources.EMPTY, owned(ANNA, sources(audio(3, "a")))));
    }

    @Test
    void nothingIsToldOfAnOwnerThatLeftTheRoom() {
        SourceQueue queue = SourceQueue.EMPTY
                .remove(ANNA, sources(audio(1, "a")))
                .add(ANNA, sources(audio(2, "b")))
                .add(BEN, sources(audio(3, "c")))
                .forget(ANNA);

        assertThat(queue).isEqualTo(SourceQueue.EMPTY.add(BEN, sources(audio(3, "c"))));
    }

    @Test
    void queueIsWrittenAndReadAsPlainJson() {
        JsonMapper mapper = JsonMapper.shared();
        SourceQueue queue = SourceQueue.EMPTY.add(ANNA, camera(10, "c")).remove(BEN, sources(audio(2, "b")));

        assertThat(mapper.readValue(mapper.writeValueAsBytes(queue), SourceQueue.class))
                .isEqualTo(queue);
    }

    private static OwnedSources owned(EndpointId owner, EndpointSources sources) {
        return new OwnedSources(List.of(new OwnedSources.Entry(new SourceOwner.Endpoint(owner), sources)));
    }
}
