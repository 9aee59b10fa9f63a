package org.confocal.focus.source;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confocal.focus.model.SourceGroup;
import org.confocal.focus.model.Ssrc;

/**
 * Which SSRCs belong to one track: those that groups tie together, directly or over others, as the retransmission of a
 * simulcast layer is tied to the first layer. Used by one check on one thread and then forgotten.
 */
final class TiedSsrcs {
    private final Map<Ssrc, Ssrc> parents = new HashMap<>();

    private TiedSsrcs() {}

    static TiedSsrcs by(List<SourceGroup> groups) {
        TiedSsrcs tied = new TiedSsrcs();
        for (SourceGroup group : groups) {
            group.ssrcs()
                    .forEach(ssrc -> tied.parents.put(
                            tied.root(ssrc), tied.root(group.ssrcs().getFirst())));
        }
        return tied;
    }

    /** Whether two SSRCs are the same or tied by groups. */
    boolean together(Ssrc one, Ssrc other) {
        return one.equals(other) || root(one).equals(root(other));
    }

    private Ssrc root(Ssrc ssrc) {
        Ssrc here = ssrc;
        Ssrc parent = parents.getOrDefault(here, here);
        while (!parent.equals(here)) {
            here = parent;
            parent = parents.getOrDefault(here, here);
        }
        return here;
    }
}
