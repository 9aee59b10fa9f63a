package org.confocal.xmpp.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Conferences that a bridge was told to expire and has not answered about: where it turns out that it could not be reached,
 * or where the process that told it has ended, it is told again when it is seen the next time, for at most {@link #MAX_AGE}.
 * After a restart of the server bridges come back some seconds later than the focus, and what is said to them before is lost.
 *
 * <p>Kept in the journal under {@code owed/BRIDGE/MEETING} from the moment when the bridge is told. Bounded by {@value
 * #MAX_OWED}, the oldest goes first. Safe on any thread.
 */
final class OwedExpiries {
    static final int MAX_OWED = 10_000;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    /** One question at a time: by then the last one has been answered or has timed out. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(OwedExpiries.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final int VERSION = 1;
    private static final String BELOW = "owed/";
    private static final String BEHIND = "owed0";

    private final Journal journal;
    private final InstantSource clock;
    // Guarded by itself. The sender runs under the lock, so that an expiry that is told again cannot overtake the
    // creation of
    // the next conference of that meeting; it only enqueues. A change of the journal begins before the lock is taken:
    // beginning one may have to wait for the changes of others, and these may want the lock.
    private final Map<Conference, Debt> owed = new LinkedHashMap<>();

    OwedExpiries(Journal journal, InstantSource clock) {
        this.journal = journal;
        this.clock = clock;
    }

    private record Conference(BridgeId bridge, MeetingId meeting) {
        String key() {
            return BELOW + bridge + "/" + meeting;
        }

        BridgeRequest expiry() {
            return new BridgeRequest(meeting, Optional.empty(), true, List.of());
        }
    }

    private record Debt(Instant since, Instant told) {}

    /**
     * With what the process before this one has left. Whether it heard an answer is not known, so the bridges are given the
     * time for one.
     */
    void restore() {
        Instant now = clock.instant();
        int unreadable = 0;
        for (byte[] record : journal.inherited().subMap(BELOW, BEHIND).values()) {
            try {
                JsonNode json = JSON.readTree(record);
                if (json.path("version").asInt(0) != VERSION) {
                    unreadable++;
                    continue;
                }
                Conference conference = new Conference(
                        new BridgeId(json.path("bridge").asString("")),
                        new MeetingId(json.path("meeting").asString("")));
                Debt debt = new Debt(Instant.ofEpochMilli(json.path("since").asLong(0)), now);
                synchronized (owed) {
                    owed.put(conference, debt);
                }
            } catch (JacksonException | IllegalArgumentException e) {
                unreadable++;
            }
        }
        if (unreadable > 0) {
            // A bridge expires a conference without endpoints by itself.
            LOG.warn("{} records of conferences that bridges were told to expire cannot be read", unreadable);
        }
    }

    /** A bridge is sent something: an expiry is owed from now on. By anything else the conference is wanted again. */
    void sent(BridgeId bridge, BridgeRequest request) {
        Conference conference = new Conference(bridge, request.meeting());
        if (!request.expire()) {
            forget(conference);
            return;
        }
        Instant now = clock.instant();
        journal.change(() -> {
            synchronized (owed) {
                owed.put(conference, new Debt(now, now));
                journal.put(conference.key(), () -> write(conference, now));
                Iterator<Conference> oldest = owed.keySet().iterator();
                while (owed.size() > MAX_OWED) {
                    journal.remove(oldest.next().key());
                    oldest.remove();
                }
            }
        });
    }

    /** An expiry did not arrive, as far as can be known. */
    void missed(BridgeId bridge, BridgeRequest request) {
        Instant overdue = clock.instant().minus(PATIENCE);
        synchronized (owed) {
            owed.computeIfPresent(
                    new Conference(bridge, request.meeting()), (conference, debt) -> new Debt(debt.since(), overdue));
        }
    }

    /** The bridge answered, whatever it said. */
    void settled(BridgeId bridge, BridgeRequest request) {
        forget(new Conference(bridge, request.meeting()));
    }

    /** The bridge is there: {@code send} is given what it is owed. */
    void seen(BridgeId bridge, Consumer<BridgeRequest> send) {
        Instant now = clock.instant();
        journal.change(() -> {
            synchronized (owed) {
                forgetBefore(now.minus(MAX_AGE));
                List<Conference> due = new ArrayList<>();
                owed.forEach((conference, debt) -> {
                    if (conference.bridge().equals(bridge)
                            && !debt.told().plus(PATIENCE).isAfter(now)) {
                        due.add(conference);
                    }
                });
                for (Conference conference : due) {
                    owed.computeIfPresent(conference, (same, debt) -> new Debt(debt.since(), now));
                    send.accept(conference.expiry());
                }
            }
        });
    }

    private void forget(Conference conference) {
        journal.change(() -> {
            synchronized (owed) {
                if (owed.remove(conference) != null) {
                    journal.remove(conference.key());
                }
            }
        });
    }

    private void forgetBefore(Instant oldest) {
        owed.entrySet().removeIf(each -> {
            boolean tooOld = each.getValue().since().isBefore(oldest);
            if (tooOld) {
                journal.remove(each.getKey().key());
            }
            return tooOld;
        });
    }

    private static byte[] write(Conference conference, Instant since) {
        ObjectNode record = JSON.createObjectNode();
        record.put("version", VERSION);
        record.put("bridge", conference.bridge().value());
        record.put("meeting", conference.meeting().value());
        record.put("since", since.toEpochMilli());
        return record.toString().getBytes(StandardCharsets.UTF_8);
    }
}
