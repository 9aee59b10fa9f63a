package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MediaType;
import org.confocal.focus.model.Source;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.SourceGroup.Semantics;
import org.confocal.focus.model.Ssrc;
import org.confocal.focus.model.VideoType;

/** A camera in several layers, the first one lowest. */
final class Simulcast {
    private Simulcast() {}

    static EndpointSources of(long... layers) {
        List<Source> sources = new ArrayList<>();
        List<Ssrc> ssrcs = new ArrayList<>();
        for (long layer : layers) {
            Ssrc ssrc = new Ssrc(layer);
            ssrcs.add(ssrc);
            sources.add(new Source(
                    ssrc, MediaType.VIDEO, Optional.of("a-v0"), Optional.of("a-video track-v0"), VideoType.CAMERA));
        }
        return new EndpointSources(sources, List.of(new SourceGroup(Semantics.SIM, MediaType.VIDEO, ssrcs)));
    }
}
