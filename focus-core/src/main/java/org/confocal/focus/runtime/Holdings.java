package org.confocal.focus.runtime;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.conference.state.Pace;
import org.confocal.focus.conference.state.Waiting;
import org.confocal.focus.fleet.BridgeSelector;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.serial.Timers;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;

/**
 * What a conference has in the world and must give back: reservations, timers, its meeting id, and answers it owes. The
 * machine gives things back by effects; what it forgot, or could not because it broke, is given back here at the end. Used by
 * the actor's thread only.
 */
final class Holdings {
    private final RoomId room;
    private final ConferenceEdge edge;
    private final ConferenceJournal<?> journal;
    private final Timers<TimerKey> timers;
    private final SequencedMap<EndpointId, BridgeId> endpoints = new LinkedHashMap<>();
    private final SequencedSet<MeetingId> meetings = new LinkedHashSet<>();

    /** With the number of times each is owed: a client can use an id twice. */
    private final SequencedMap<StanzaRef, Integer> owedReplies = new LinkedHashMap<>();

    private final SequencedMap<Waiting, Integer> owedAnswers = new LinkedHashMap<>();

    Holdings(RoomId room, ConferenceEdge edge, ConferenceJournal<?> journal, Timers<TimerKey> timers) {
        this.room = room;
        this.edge = edge;
        this.journal = journal;
        this.timers = timers;
    }

    Timers<TimerKey> timers() {
        return timers;
    }

    /** An input is about to be given to the machine: from now on its answer is owed. */
    void received(ConferenceInput input) {
        if (Admission.of(input) instanceof Admission.Answered answered) {
            switch (answered) {
                case Admission.Iq iq -> owedReplies.merge(iq.stanza(), 1, Integer::sum);
                case Admission.Request request ->
                    owe(new Waiting(
                            request.request().origin(), request.requester().told()));
            }
        }
    }

    void acknowledge(StanzaRef stanza) {
        paid(owedReplies, stanza);
        edge.ports().answers().acknowledge(stanza);
    }

    void refuse(StanzaRef stanza, StanzaError error) {
        paid(owedReplies, stanza);
        edge.ports().answers().refuse(stanza, error);
    }

    void answer(ConferenceRequest.Origin origin, ConferenceAnswer answer) {
        paid(owedAnswers, new Waiting(origin, answer.login()));
        edge.answer(origin, answer);
    }

    BridgeSelector.Answer select(SelectionRequest request, Pace pace) {
        BridgeSelector.Answer answer = edge.fleet().select(request, pace);
        if (answer instanceof BridgeSelector.Answer.Now now && now.selection() instanceof Selection.Chosen chosen) {
            journal.seated(request.endpoint(), request.at());
            placed(chosen.bridge(), request.endpoint());
        }
        return answer;
    }

    private void placed(BridgeId bridge, EndpointId endpoint) {
        if (endpoints.put(endpoint, bridge) == null) {
            edge.counters().endpoints.changed(1, edge.environment().clock().instant());
        }
    }

    /** Who was on a bridge when the process before this one ended still is. */
    void restored(BridgeId bridge, EndpointId endpoint) {
        Instant since = journal.seatedSince(endpoint)
                .orElseGet(() -> edge.environment().clock().instant());
        edge.fleet().restored(bridge, room, endpoint, since);
        placed(bridge, endpoint);
    }

    /** An answer is owed. */
    void owe(Waiting waiting) {
        owedAnswers.merge(waiting, 1, Integer::sum);
    }

    /** Gives a reservation back, unless the endpoint has moved to another bridge since. */
    void release(BridgeId bridge, EndpointId endpoint) {
        if (endpoints.remove(endpoint, bridge)) {
            released(endpoint, bridge);
        }
    }

    /** Whether the meeting id is this conference's now. */
    boolean claim(MeetingId id) {
        boolean claimed = edge.claims().claim(id, this);
        if (claimed) {
            meetings.add(id);
        }
        return claimed;
    }

    /** Gives back what is left, and answers what is owed. Says what had been forgotten; empty for nothing. */
    Optional<String> returnAll(Admission.Cause cause) {
        List<String> forgotten = new ArrayList<>();
        if (timers.count() > 0) {
            forgotten.add(timers.count() + " timers");
        }
        timers.cancelAll();
        if (!endpoints.isEmpty()) {
            forgotten.add(endpoints.size() + " endpoints");
        }
        Map.copyOf(endpoints).forEach(this::released);
        endpoints.clear();
        int owed = owedReplies.size() + owedAnswers.size();
        if (owed > 0) {
            forgotten.add(owed + " answers");
        }
        Map.copyOf(owedReplies).forEach((stanza, times) -> {
            for (int i = 0; i < times; i++) {
                refuse(stanza, cause.error());
            }
        });
        Map.copyOf(owedAnswers).forEach((asked, times) -> {
            for (int i = 0; i < times; i++) {
                answer(asked.origin(), Admission.notReady(room, asked.login()));
            }
        });
        // Several meeting ids would be odd, not wrong: each is given back. That a claim is left is no omission of
        // anybody.
        meetings.forEach(id -> edge.claims().release(id, this));
        meetings.clear();
        return forgotten.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", forgotten));
    }

    private void released(EndpointId endpoint, BridgeId bridge) {
        journal.left(endpoint);
        edge.fleet().release(bridge, room, endpoint);
        edge.counters().endpoints.changed(-1, edge.environment().clock().instant());
    }

    private static <K> void paid(Map<K, Integer> owed, K key) {
        owed.computeIfPresent(key, (k, times) -> times > 1 ? times - 1 : null);
    }
}
