package org.confocal.focus.model;

import java.util.List;

/** SSRCs that belong together: simulcast layers, or a source and its retransmission. Order matters. */
public record SourceGroup(Semantics semantics, MediaType media, List<Ssrc> ssrcs) {
    public SourceGroup {
        ssrcs = List.copyOf(ssrcs);
    }

    /** What the group means (RFC 5576, section 4). */
    public enum Semantics {
        /** A source and its retransmission, two SSRCs. */
        FID,
        /** The layers of a simulcast source. */
        SIM
    }
}
