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
 * @param planned where that person is moved to: the choice is made already, if that bridge can still take somebody
 */
public record SelectionRequest(
        RoomId room,
        EndpointId endpoint,
        Optional<Region> region,
        Audience audience,
        ConferenceShape conference,
        Instant at,
        Set<BridgeId> avoided,
        Optional<BridgeId> planned) {
    public SelectionRequest {
        avoided = Set.copyOf(avoided);
    }

    /** Where no choice is made yet. */
    public SelectionRequest(
            RoomId room,
            EndpointId endpoint,
            Optional<Region> region,
            Audience audience,
            ConferenceShape conference,
            Instant at,
            Set<BridgeId> avoided) {
        this(room, endpoint, region, audience, conference, at, avoided, Optional.empty());
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
        return in(pinned);
    }

    /** The same as if the conference looked like that. */
    public SelectionRequest in(ConferenceShape shape) {
        return new SelectionRequest(room, endpoint, region, audience, shape, at, avoided, planned);
    }
}
