package org.confocal.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;
import org.confocal.strategy.EndpointId;

/**
 * Somebody in a {@link LargeRoom}.
 *
 * @param number from 0 on; tells one from the other, and from where it comes
 * @param sound whether its microphone, if it talks, is on
 * @param picture whether its camera is on
 */
record Person(int number, Part part, boolean sound, boolean picture) {
    /** SSRCs of one person; those of the next come after them. */
    private static final int SSRCS = 10;

    private static final int LAYERS = 3;

    /** What somebody is there for. */
    enum Part {
        /** Sends sound, and a picture in three layers with their retransmissions. */
        TALKS,
        /** Sends nothing. */
        LISTENS
    }

    EndpointId id() {
        return new EndpointId("%08x".formatted(number));
    }

    Person withOtherSound() {
        return new Person(number, part, !sound, picture);
    }

    Person withOtherPicture() {
        return new Person(number, part, sound, !picture);
    }

    MemberPresence presence() {
        boolean talks = part == Part.TALKS;
        return new MemberPresence(
                id(),
                Optional.of(new Jid(id() + "@example.org/web")),
                MemberRole.PARTICIPANT,
                Optional.of(new Caps("https://jitsi.org/jitsi-meet", "v1")),
                Optional.of(Bridges.region(number)),
                Optional.of("Stats-" + number),
                talks && sound,
                talks && picture,
                List.of("vp8", "vp9"),
                false,
                Set.of());
    }

    /** Microphone and camera. */
    EndpointSources all() {
        EndpointSources camera = camera();
        List<Source> sources = new ArrayList<>(List.of(source(0, MediaType.AUDIO)));
        sources.addAll(camera.sources());
        return new EndpointSources(sources, camera.groups());
    }

    EndpointSources camera() {
        List<Source> sources = new ArrayList<>();
        List<SourceGroup> groups = new ArrayList<>();
        List<Ssrc> layers = new ArrayList<>();
        for (int layer = 1; layer <= LAYERS; layer++) {
            Source source = source(layer, MediaType.VIDEO);
            Source again = source(layer + LAYERS, MediaType.VIDEO);
            sources.add(source);
            sources.add(again);
            layers.add(source.ssrc());
            groups.add(new SourceGroup(Semantics.FID, MediaType.VIDEO, List.of(source.ssrc(), again.ssrc())));
        }
        groups.add(new SourceGroup(Semantics.SIM, MediaType.VIDEO, layers));
        return new EndpointSources(sources, groups);
    }

    private Source source(int index, MediaType media) {
        String name = id() + (media == MediaType.AUDIO ? "-a0" : "-v0");
        return new Source(
                new Ssrc((long) number * SSRCS + index + 1_000),
                media,
                Optional.of(name),
                Optional.of(name + "-stream " + name + "-track"),
                VideoType.CAMERA);
    }
}
