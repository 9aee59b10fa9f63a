package org.confocal.focus.view;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.cascade.Link;

/**
 * Where a conference is.
 *
 * @param shape its bridges with how many people are on each, as a selection sees them
 * @param links between its bridges; none while it is on one
 * @param avoided bridges on which it places nobody for a while, because allocations failed there
 */
public record ConferenceLayout(ConferenceShape shape, List<Link> links, Set<BridgeId> avoided) {
    public ConferenceLayout {
        links = List.copyOf(links);
        avoided = Set.copyOf(avoided);
    }

    /** The same for a conference that is bound to this bridge version. */
    public ConferenceLayout pinnedTo(Optional<String> version) {
        ConferenceShape pinned =
                new ConferenceShape(shape.startedAt(), shape.bridges(), shape.joins(), shape.waiting(), version);
        return new ConferenceLayout(pinned, links, avoided);
    }
}
