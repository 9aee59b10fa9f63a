package org.confocal.focus.runtime;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.confocal.focus.model.MeetingId;

/**
 * Which live conference has which meeting id (spec/02, section 5). Called from any thread. A claim belongs to one run of a
 * conference, not to its room; an {@code owner} equals only itself.
 */
final class MeetingClaims {
    private final ConcurrentMap<MeetingId, Object> owners = new ConcurrentHashMap<>();

    /** Whether the meeting id is this owner's now; it may have been before. */
    boolean claim(MeetingId id, Object owner) {
        Object before = owners.putIfAbsent(id, owner);
        return before == null || before.equals(owner);
    }

    /** Gives a meeting id back; nothing happens where it is another's. */
    void release(MeetingId id, Object owner) {
        owners.remove(id, owner);
    }

    int count() {
        return owners.size();
    }
}
