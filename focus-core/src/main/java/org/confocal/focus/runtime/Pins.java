package org.confocal.focus.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;
import org.confocal.focus.view.FocusControl.Pin;
import org.confocal.strategy.RoomId;

/**
 * Which rooms are bound to which bridge version (spec/05, section 12), kept for the next process. At most {@value
 * #MAX_PINS}. Any thread.
 */
final class Pins {
    static final int MAX_PINS = 10_000;

    private static final String KEYS = "pin/";

    private final Journal journal;
    private final ConcurrentMap<RoomId, Pin> pins = new ConcurrentHashMap<>();

    /** Those that the journal inherited. */
    Pins(Journal journal) {
        this.journal = journal;
        journal.below(KEYS, Pin.class).forEach(pin -> pins.put(pin.conference(), pin));
    }

    /** False where there are too many. */
    boolean add(RoomId room, String version, Duration duration, Instant now) {
        forgetOver(now);
        if (pins.size() >= MAX_PINS && !pins.containsKey(room)) {
            return false;
        }
        Pin pin = new Pin(room, version, now.plus(duration));
        pins.put(room, pin);
        journal.change(() -> journal.put(KEYS + room.value(), () -> RecordJson.write(pin)));
        return true;
    }

    void remove(RoomId room) {
        pins.remove(room);
        forget(room);
    }

    private void forget(RoomId room) {
        journal.change(() -> journal.remove(KEYS + room.value()));
    }

    Optional<String> version(RoomId room, Instant now) {
        return Optional.ofNullable(pins.get(room))
                .filter(pin -> pin.expiresAt().isAfter(now))
                .map(Pin::version);
    }

    List<Pin> all(Instant now) {
        forgetOver(now);
        return pins.values().stream()
                .sorted(Comparator.comparing(pin -> pin.conference().value()))
                .toList();
    }

    private void forgetOver(Instant now) {
        for (Pin pin : pins.values()) {
            if (!pin.expiresAt().isAfter(now) && pins.remove(pin.conference(), pin)) {
                forget(pin.conference());
            }
        }
    }
}
