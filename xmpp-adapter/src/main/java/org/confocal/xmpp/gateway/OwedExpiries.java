package org.confocal.xmpp.gateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeId;

/**
 * Conferences that a bridge was told to expire while it could not be reached: it is told again when it is seen the next time,
 * for at most {@link #MAX_AGE}. After a restart of the server bridges come back some seconds later than the focus, and what
 * is said to them before is lost.
 *
 * <p>Bounded by {@value #MAX_OWED}, the oldest goes first. Safe on any thread.
 */
final class OwedExpiries {
    static final int MAX_OWED = 10_000;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    /** One question at a time: by then the last one has been answered or has timed out. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InstantSource clock;
    // Guarded by itself. The sender runs under the lock, so that an expiry that is told again cannot overtake the
    // creation of
    // the next conference of that meeting; it only enqueues.
    private final Map<Conference, Debt> owed = new LinkedHashMap<>();

    OwedExpiries(InstantSource clock) {
        this.clock = clock;
    }

    private record Conference(BridgeId bridge, MeetingId meeting) {}

    private record Debt(BridgeRequest request, Instant since, Instant told) {}

    /** A bridge is sent something: where it is not an expiry, the conference is wanted again and nothing is owed. */
    void sent(BridgeId bridge, BridgeRequest request) {
        if (!request.expire()) {
            synchronized (owed) {
                owed.remove(new Conference(bridge, request.meeting()));
            }
        }
    }

    /** An expiry did not arrive, as far as can be known. */
    void missed(BridgeId bridge, BridgeRequest request) {
        Instant now = clock.instant();
        synchronized (owed) {
            owed.putIfAbsent(new Conference(bridge, request.meeting()), new Debt(request, now, now.minus(PATIENCE)));
            Iterator<Conference> oldest = owed.keySet().iterator();
            while (owed.size() > MAX_OWED) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    /** The bridge answered, whatever it said. */
    void settled(BridgeId bridge, BridgeRequest request) {
        synchronized (owed) {
            owed.remove(new Conference(bridge, request.meeting()));
        }
    }

    /** The bridge is there: {@code send} is given what it is owed. */
    void seen(BridgeId bridge, Consumer<BridgeRequest> send) {
        Instant now = clock.instant();
        synchronized (owed) {
            if (owed.isEmpty()) {
                return;
            }
            owed.values().removeIf(debt -> debt.since().plus(MAX_AGE).isBefore(now));
            List<Conference> due = new ArrayList<>();
            owed.forEach((conference, debt) -> {
                if (conference.bridge().equals(bridge)
                        && !debt.told().plus(PATIENCE).isAfter(now)) {
                    due.add(conference);
                }
            });
            for (Conference conference : due) {
                Debt debt = owed.get(conference);
                if (debt != null) {
                    owed.put(conference, new Debt(debt.request(), debt.since(), now));
                    send.accept(debt.request());
                }
            }
        }
    }
}
