package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.view.Timing;
import org.confocal.strategy.EndpointId;

/**
 * Measures one conference by what goes in and what comes out. Used by the actor's thread only. Holds one instant for each
 * member and each request that is not answered, of either at most {@value #MAX_OPEN}: what goes beyond is not measured.
 */
final class ConferenceTimes {
    private static final int MAX_OPEN = 2_000;

    private final BiConsumer<Timing, Duration> took;
    private final Map<ConferenceRequest.Origin, Instant> asked = new HashMap<>();
    private final Map<RequestId, Instant> sent = new HashMap<>();
    /** Members that have not been offered a session yet. */
    private final Map<EndpointId, Instant> waiting = new HashMap<>();

    private final Set<EndpointId> present = new HashSet<>();

    ConferenceTimes(BiConsumer<Timing, Duration> took) {
        this.took = took;
    }

    void received(ConferenceInput input, Instant now) {
        switch (input) {
            case ConferenceInput.Requested i -> open(asked, i.request().origin(), now);
            case ConferenceInput.RoomJoined i -> {
                for (MemberPresence occupant : i.occupants()) {
                    joined(occupant.id(), now);
                }
            }
            case ConferenceInput.MemberPresent i -> joined(i.presence().id(), now);
            case ConferenceInput.MemberLeft i -> {
                present.remove(i.id());
                waiting.remove(i.id());
            }
            case ConferenceInput.RoomLost i -> {
                present.clear();
                waiting.clear();
            }
            case ConferenceInput.BridgeAnswered i -> close(sent, i.request(), Timing.BRIDGE_RESPONSE, now);
            default -> {}
        }
    }

    void sent(Effect effect, Instant now) {
        switch (effect) {
            case Effect.AnswerRequest e -> close(asked, e.origin(), Timing.CONFERENCE_REQUEST, now);
            case Effect.ModifyConference e -> open(sent, e.request(), now);
            case Effect.SendOffer e -> close(waiting, e.id(), Timing.JOIN_TO_OFFER, now);
            default -> {}
        }
    }

    /** Nobody is invited while alone: the time of the first begins when the second comes. */
    private void joined(EndpointId id, Instant now) {
        if (present.size() >= MAX_OPEN || !present.add(id)) {
            return;
        }

        if (present.size() == 2) {
            present.forEach(each -> open(waiting, each, now));
        } else if (present.size() > 2) {
            open(waiting, id, now);
        }
    }

    private static <K> void open(Map<K, Instant> times, K key, Instant now) {
        if (times.size() < MAX_OPEN) {
            times.putIfAbsent(key, now);
        }
    }

    private <K> void close(Map<K, Instant> times, K key, Timing timing, Instant now) {
        Instant since = times.remove(key);
        if (since != null) {
            took.accept(timing, Duration.between(since, now));
        }
    }
}
