package org.confocal.tests.bridge;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Everything a bridge holds, as a value.
 *
 * @param conferences by meeting id, in order of creation
 * @param conferencesCreated since the start
 * @param endpointsCreated since the start
 * @param peakEndpoints the most endpoints that it held at once
 */
public record BridgeBooks(
        SequencedMap<String, ConferenceBook> conferences,
        long conferencesCreated,
        long endpointsCreated,
        int peakEndpoints) {
    /** A conference that stays empty for this long goes by itself (spec/04, 7). */
    static final Duration EMPTY_LIMIT = Duration.ofSeconds(20);

    public BridgeBooks {
        conferences = new LinkedHashMap<>(conferences);
    }

    /** The books of a bridge that has just been started. */
    public static BridgeBooks empty() {
        return new BridgeBooks(new LinkedHashMap<>(), 0, 0, 0);
    }

    /** The conference of that meeting id. */
    public Optional<ConferenceBook> conference(String meetingId) {
        return Optional.ofNullable(conferences.get(meetingId));
    }

    /** Endpoints that are on this bridge, those behind relays left out. */
    public int endpoints() {
        return conferences.values().stream()
                .mapToInt(conference -> conference.endpoints().size())
                .sum();
    }

    /** The endpoint of that id, in whichever conference it is. */
    public Optional<EndpointBook> endpoint(String id) {
        return conferences.values().stream()
                .flatMap(conference -> conference.endpoint(id).stream())
                .findFirst();
    }

    /** Those of a bridge whose process ended: it holds nothing, and what it has done it has done. */
    BridgeBooks ended() {
        return new BridgeBooks(new LinkedHashMap<>(), conferencesCreated, endpointsCreated, peakEndpoints);
    }

    BridgeBooks created(ConferenceBook conference) {
        SequencedMap<String, ConferenceBook> changed = new LinkedHashMap<>(conferences);
        changed.put(conference.meetingId(), conference);
        return new BridgeBooks(changed, conferencesCreated + 1, endpointsCreated, peakEndpoints);
    }

    /** With that conference as it is now; {@code more} endpoints were created in it. */
    BridgeBooks with(ConferenceBook conference, int more) {
        SequencedMap<String, ConferenceBook> changed = new LinkedHashMap<>(conferences);
        changed.put(conference.meetingId(), conference);
        BridgeBooks books = new BridgeBooks(changed, conferencesCreated, endpointsCreated + more, peakEndpoints);
        return new BridgeBooks(
                changed, conferencesCreated, books.endpointsCreated, Math.max(peakEndpoints, books.endpoints()));
    }

    BridgeBooks without(String meetingId) {
        SequencedMap<String, ConferenceBook> changed = new LinkedHashMap<>(conferences);
        changed.remove(meetingId);
        return new BridgeBooks(changed, conferencesCreated, endpointsCreated, peakEndpoints);
    }

    /** Without the conferences that have been empty for too long. */
    BridgeBooks expired(Instant now) {
        SequencedMap<String, ConferenceBook> kept = new LinkedHashMap<>();
        conferences.forEach((id, conference) -> {
            boolean old = conference
                    .emptySince()
                    .map(since -> !since.plus(EMPTY_LIMIT).isAfter(now))
                    .orElse(false);
            if (!old) {
                kept.put(id, conference);
            }
        });
        return new BridgeBooks(kept, conferencesCreated, endpointsCreated, peakEndpoints);
    }
}
