package org.confocal.strategy.cascade;

import java.util.List;
import org.confocal.strategy.BridgeId;

/**
 * The way from one cascade to another. Links are taken down before others are made: in between somebody may be unheard, but
 * nothing is heard twice or goes round. A link whose mesh-id changes is taken down and made again, because a bridge has
 * one relay for a peer and keeps its mesh-id (spec/04, section 3).
 *
 * @param leaving bridges that are no longer used
 * @param removed links to take down, those of leaving bridges included
 * @param joining bridges that come
 * @param added links to make
 */
public record CascadeChange(List<BridgeId> leaving, List<Link> removed, List<BridgeId> joining, List<Link> added) {
    public CascadeChange {
        leaving = List.copyOf(leaving);
        removed = List.copyOf(removed);
        joining = List.copyOf(joining);
        added = List.copyOf(added);
    }

    public boolean isEmpty() {
        return leaving.isEmpty() && removed.isEmpty() && joining.isEmpty() && added.isEmpty();
    }
}
