package org.confocal.strategy;

import java.time.Instant;
import java.util.Optional;

/**
 * Somebody needs a bridge.
 *
 * @param room the conference
 * @param endpoint who
 * @param region where that person is; empty where the client did not say
 * @param audience participant or visitor
 * @param conference what the conference looks like without that person
 * @param at now
 */
public record SelectionRequest(
        RoomId room,
        EndpointId endpoint,
        Optional<Region> region,
        Audience audience,
        ConferenceShape conference,
        Instant at) {}
