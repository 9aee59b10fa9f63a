package org.confocal.focus.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;

/** Sources as tests write them. */
final class Tracks {
    private Tracks() {}

    static Source audio(long ssrc, String msid) {
        return source(ssrc, MediaType.AUDIO, Optional.of(msid));
    }

    static Source video(long ssrc, String msid) {
        return source(ssrc, MediaType.VIDEO, Optional.of(msid));
    }

    static Source bareVideo(long ssrc) {
        return source(ssrc, MediaType.VIDEO, Optional.empty());
    }

    static Source source(long ssrc, MediaType media, Optional<String> msid) {
        return new Source(new Ssrc(ssrc), media, Optional.of("n" + ssrc), msid, VideoType.CAMERA);
    }

    static SourceGroup fid(long... ssrcs) {
        return group(SourceGroup.Semantics.FID, MediaType.VIDEO, ssrcs);
    }

    static SourceGroup sim(long... ssrcs) {
        return group(SourceGroup.Semantics.SIM, MediaType.VIDEO, ssrcs);
    }

    static SourceGroup group(SourceGroup.Semantics semantics, MediaType media, long... ssrcs) {
        return new SourceGroup(
                semantics, media, Arrays.stream(ssrcs).mapToObj(Ssrc::new).toList());
    }

    /** Sources and groups, in any mixture. */
    static EndpointSources sources(Object... parts) {
        List<Source> sources = new ArrayList<>();
        List<SourceGroup> groups = new ArrayList<>();
        for (Object part : parts) {
            if (part instanceof Source source) {
                sources.add(source);
            } else if (part instanceof SourceGroup group) {
                groups.add(group);
            } else {
                throw new IllegalArgumentException("neither a source nor a group: " + part);
            }
        }
        return new EndpointSources(sources, groups);
    }

    /** A camera as browsers send it: three layers, each with its retransmission, on six SSRCs from {@code first} on. */
    static EndpointSources camera(long first, String msid) {
        return sources(
                video(first, msid),
                video(first + 1, msid),
                video(first + 2, msid),
                video(first + 3, msid),
                video(first + 4, msid),
                video(first + 5, msid),
                fid(first, first + 3),
                sim(first, first + 1, first + 2),
                fid(first + 1, first + 4),
                fid(first + 2, first + 5));
    }
}
