package org.confocal.focus.conference.state;

import org.confocal.strategy.EndpointId;
import org.confocal.strategy.cascade.Cascade;

/**
 * How the bridges of a conference are linked, and what was said over the links. Where an endpoint is announced and over
 * which relay each bridge was told of it follow from the cascade.
 *
 * @param cascade of exactly the bridges that the conference is on
 * @param ends two for each link of the cascade
 * @param announced endpoints that bridges have been told of; none while there is one bridge
 */
public record RelayBook(
        Cascade cascade, OrderedMap<RelayEnd.Key, RelayEnd> ends, OrderedMap<EndpointId, Announcement> announced) {
    public static final RelayBook NONE = new RelayBook(Cascade.empty(), OrderedMap.empty(), OrderedMap.empty());

    public RelayBook withEnds(OrderedMap<RelayEnd.Key, RelayEnd> next) {
        return new RelayBook(cascade, next, announced);
    }

    public RelayBook withAnnounced(OrderedMap<EndpointId, Announcement> next) {
        return new RelayBook(cascade, ends, next);
    }

    /** The same, with this end as it is now. */
    public RelayBook with(RelayEnd end) {
        var changed = ends.edit();
        changed.put(end.key(), end);
        return withEnds(OrderedMap.taking(changed));
    }
}
