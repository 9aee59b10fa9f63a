package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Somebody needs a bridge.
 *
 * @param room the conference
 * @param endpoint who
 * @param region where that person is; empty where the client did not say
 * @param audience participant or visitor
 * @param conference what the conference looks like without that person
 * @param at now
 * @param avoided bridges that are not to be taken while there is another one
 */
public record SelectionRequest(
        RoomId room,
        EndpointId endpoint,
        Optional<Region> region,
        Audience audience,
        ConferenceShape conference,
        Instant at,
        Set<BridgeId> avoided) {
    public SelectionRequest {
        avoided = Set.copyOf(avoided);
    }

    /** Where no bridge is to be avoided. */
    public SelectionRequest(
            RoomId room,
            EndpointId endpoint,
            Optional<Region> region,
            Audience audience,
            ConferenceShape conference,
            Instant at) {
        this(room, endpoint, region, audience, conference, at, Set.of());
    }

    /** The same for a conference that is bound to this bridge version. */
    public SelectionRequest pinnedTo(String version) {
        ConferenceShape pinned = new ConferenceShape(
                conference.startedAt(),
                conference.bridges(),
                conference.joins(),
                conference.waiting(),
                Optional.of(version));
        return new SelectionRequest(room, endpoint, region, audience, pinned, at, avoided);
    }
}
