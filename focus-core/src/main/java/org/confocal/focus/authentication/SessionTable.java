package org.confocal.focus.authentication;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.RoomId;

/**
 * The sessions there are, the one that was not used for longest first; so many at most, and none beyond its lifetime. Kept
 * for the next process. For one thread at a time.
 */
final class SessionTable {
    private static final String KEYS = "login/";

    private final Duration lifetime;
    private final int capacity;
    private final Journal journal;
    private final SequencedMap<String, AuthenticationSession> byId = new LinkedHashMap<>();
    private final Map<Jid, String> byUser = new HashMap<>();

    /** Those that the journal inherited. */
    SessionTable(Duration lifetime, int capacity, Journal journal) {
        this.lifetime = lifetime;
        this.capacity = capacity;
        this.journal = journal;
        journal.below(KEYS, AuthenticationSession.class).stream()
                .sorted(Comparator.comparing(AuthenticationSession::lastUsed))
                .forEach(this::enter);
    }

    Optional<AuthenticationSession> get(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The session that this full JID used. */
    Optional<AuthenticationSession> of(Jid user) {
        return Optional.ofNullable(byUser.get(user)).flatMap(this::get);
    }

    /** Adds a session, or replaces the one with its id; it is the one that was used last now. */
    void put(AuthenticationSession session) {
        remove(session.login().sessionId());
        if (byId.size() >= capacity) {
            remove(byId.firstEntry().getKey());
        }
        enter(session);
        journal.change(() -> journal.put(KEYS + session.login().sessionId(), () -> RecordJson.write(session)));
    }

    private void enter(AuthenticationSession session) {
        byId.put(session.login().sessionId(), session);
        session.user().ifPresent(user -> byUser.put(user, session.login().sessionId()));
    }

    /** Whether there was one. */
    boolean remove(String id) {
        AuthenticationSession removed = byId.remove(id);
        if (removed == null) {
            return false;
        }
        // The JID may have begun another session since.
        removed.user().ifPresent(user -> byUser.remove(user, id));
        journal.change(() -> journal.remove(KEYS + id));
        return true;
    }

    void removeOf(RoomId room) {
        List.copyOf(byId.values()).stream()
                .filter(session -> session.room().equals(room))
                .forEach(session -> remove(session.login().sessionId()));
    }

    /** Forgets whatever has not been used for a lifetime. Sessions stand in the order of their use: it looks at no other. */
    void expire(Instant now) {
        while (!byId.isEmpty()
                && !byId.firstEntry().getValue().lastUsed().plus(lifetime).isAfter(now)) {
            remove(byId.firstEntry().getKey());
        }
    }

    int size() {
        return byId.size();
    }
}
