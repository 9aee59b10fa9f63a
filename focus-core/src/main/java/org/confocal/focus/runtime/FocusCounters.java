package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.serial.LiveSeconds;
import org.confocal.focus.view.Durations;
import org.confocal.focus.view.FocusMeasures;
import org.confocal.focus.view.Timing;
import org.confocal.strategy.Selection;

/** What is counted since the start. Written and read from any thread; sums are exact once writers rest. */
final class FocusCounters {
    /** Clients can send any action: what goes beyond this many names is counted together. */
    private static final int MAX_ACTIONS = 64;

    private static final int MAX_ACTION_LENGTH = 40;
    private static final String OTHER_ACTION = "OTHER";

    final LongAdder conferenceRequests = new LongAdder();
    final LongAdder conferenceRequestsNew = new LongAdder();
    final LongAdder conferencesCreated = new LongAdder();
    final LongAdder xmppDisconnects = new LongAdder();
    final LongAdder inputsDropped = new LongAdder();
    final LongAdder policyFailures = new LongAdder();

    /** Timers that run now, of all conferences. */
    final LongAdder timers = new LongAdder();

    final LiveSeconds conferences;
    final LiveSeconds endpoints;

    private final Map<Timing, Stopwatch> stopwatches = new EnumMap<>(Timing.class);
    private final Map<Selection.Refusal, LongAdder> refusals = new EnumMap<>(Selection.Refusal.class);
    private final Map<StanzaError.Condition, LongAdder> refusedRequests = new EnumMap<>(StanzaError.Condition.class);
    private final Map<ConferenceCounter, LongAdder> counters = new EnumMap<>(ConferenceCounter.class);
    private final ConcurrentMap<String, LongAdder> jingleSent = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, LongAdder> jingleReceived = new ConcurrentHashMap<>();

    FocusCounters(Instant start) {
        conferences = new LiveSeconds(start);
        endpoints = new LiveSeconds(start);
        for (ConferenceCounter counter : ConferenceCounter.values()) {
            counters.put(counter, new LongAdder());
        }
        for (Timing timing : Timing.values()) {
            stopwatches.put(timing, new Stopwatch());
        }
        for (Selection.Refusal refusal : Selection.Refusal.values()) {
            refusals.put(refusal, new LongAdder());
        }
        refusedRequests.put(StanzaError.Condition.NOT_AUTHORIZED, new LongAdder());
        refusedRequests.put(StanzaError.Condition.NOT_ACCEPTABLE, new LongAdder());
    }

    void count(ConferenceCounter counter) {
        of(counters, counter).increment();
    }

    void refused(Selection.Refusal why) {
        of(refusals, why).increment();
    }

    /** A conference request was refused as {@code NOT_AUTHORIZED} or {@code NOT_ACCEPTABLE}. */
    void requestRefused(StanzaError.Condition why) {
        of(refusedRequests, why).increment();
    }

    void took(Timing timing, Duration time) {
        of(stopwatches, timing).took(time);
    }

    /** The maps hold every constant from the start. */
    private static <K, V> V of(Map<K, V> all, K constant) {
        V value = all.get(constant);
        if (value == null) {
            throw new IllegalArgumentException("nothing counts " + constant);
        }
        return value;
    }

    FocusMeasures measures() {
        Map<Timing, Durations> durations = new EnumMap<>(Timing.class);
        stopwatches.forEach((timing, stopwatch) -> durations.put(timing, stopwatch.read()));
        Map<Selection.Refusal, Long> byReason = new EnumMap<>(Selection.Refusal.class);
        refusals.forEach((reason, adder) -> byReason.put(reason, adder.sum()));
        Map<StanzaError.Condition, Long> requests = new EnumMap<>(StanzaError.Condition.class);
        refusedRequests.forEach((condition, adder) -> requests.put(condition, adder.sum()));
        return new FocusMeasures(durations, byReason, requests);
    }

    /** Counts a Jingle action, whatever its spelling: {@code session-initiate} counts as {@code SESSION_INITIATE}. */
    void countJingle(Effect.Direction direction, String action) {
        ConcurrentMap<String, LongAdder> actions = switch (direction) {
            case SENT -> jingleSent;
            case RECEIVED -> jingleReceived;
        };
        String name = action.toUpperCase(Locale.ROOT).replace('-', '_');
        boolean known = actions.containsKey(name);
        boolean room = name.length() <= MAX_ACTION_LENGTH && actions.size() < MAX_ACTIONS;
        actions.computeIfAbsent(known || room ? name : OTHER_ACTION, n -> new LongAdder())
                .increment();
    }

    Map<ConferenceCounter, Long> byCounter() {
        Map<ConferenceCounter, Long> sums = new EnumMap<>(ConferenceCounter.class);
        counters.forEach((counter, adder) -> sums.put(counter, adder.sum()));
        return sums;
    }

    SortedMap<String, Long> jingle(Effect.Direction direction) {
        SortedMap<String, Long> sums = new TreeMap<>();
        switch (direction) {
            case SENT -> jingleSent.forEach((action, adder) -> sums.put(action, adder.sum()));
            case RECEIVED -> jingleReceived.forEach((action, adder) -> sums.put(action, adder.sum()));
        }
        return sums;
    }
}
