package org.confocal.tests.bridge;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * One conference on a bridge.
 *
 * @param name the room, as the focus gave it
 * @param token 16 hex digits that stand for the conference in WebSocket addresses
 * @param feedbackAudio SSRC of the bridge's own audio source
 * @param feedbackVideo SSRC of the bridge's own video source
 * @param relays by the relay id of the other bridge
 * @param connects ids of its outgoing media connections
 * @param emptySince set while it has neither endpoints nor relays
 */
public record ConferenceBook(
        String meetingId,
        String name,
        String token,
        long feedbackAudio,
        long feedbackVideo,
        SequencedMap<String, EndpointBook> endpoints,
        SequencedMap<String, RelayBook> relays,
        SequencedSet<String> connects,
        Optional<Instant> emptySince) {
    public ConferenceBook {
        endpoints = new LinkedHashMap<>(endpoints);
        relays = new LinkedHashMap<>(relays);
        connects = new LinkedHashSet<>(connects);
    }

    /** The endpoint of that id on this bridge, those behind relays left out. */
    public Optional<EndpointBook> endpoint(String id) {
        return Optional.ofNullable(endpoints.get(id));
    }

    /** The relay to the bridge of that relay id. */
    public Optional<RelayBook> relay(String id) {
        return Optional.ofNullable(relays.get(id));
    }

    /** Whether it holds neither endpoints nor relays. */
    public boolean isEmpty() {
        return endpoints.isEmpty() && relays.isEmpty();
    }

    ConferenceBook with(EndpointBook endpoint) {
        SequencedMap<String, EndpointBook> changed = new LinkedHashMap<>(endpoints);
        changed.put(endpoint.id(), endpoint);
        return withEndpoints(changed);
    }

    ConferenceBook withoutEndpoint(String id) {
        SequencedMap<String, EndpointBook> changed = new LinkedHashMap<>(endpoints);
        changed.remove(id);
        return withEndpoints(changed);
    }

    private ConferenceBook withEndpoints(SequencedMap<String, EndpointBook> changed) {
        return new ConferenceBook(
                meetingId, name, token, feedbackAudio, feedbackVideo, changed, relays, connects, emptySince);
    }

    ConferenceBook with(RelayBook relay) {
        SequencedMap<String, RelayBook> changed = new LinkedHashMap<>(relays);
        changed.put(relay.id(), relay);
        return withRelays(changed);
    }

    ConferenceBook withoutRelay(String id) {
        SequencedMap<String, RelayBook> changed = new LinkedHashMap<>(relays);
        changed.remove(id);
        return withRelays(changed);
    }

    private ConferenceBook withRelays(SequencedMap<String, RelayBook> changed) {
        return new ConferenceBook(
                meetingId, name, token, feedbackAudio, feedbackVideo, endpoints, changed, connects, emptySince);
    }

    ConferenceBook withConnects(SequencedSet<String> changed) {
        return new ConferenceBook(
                meetingId, name, token, feedbackAudio, feedbackVideo, endpoints, relays, changed, emptySince);
    }

    /** The same, knowing since when it is empty. */
    ConferenceBook at(Instant now) {
        Optional<Instant> since = isEmpty() ? Optional.of(emptySince.orElse(now)) : Optional.empty();
        return new ConferenceBook(
                meetingId, name, token, feedbackAudio, feedbackVideo, endpoints, relays, connects, since);
    }
}
