package org.confocal.focus.view;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;

/**
 * What an operator can have done (spec/05, sections 11 and 12). Called from any thread; nothing here waits for a conference.
 * Moves begin at once and are paced (docs/operations.md): what is answered is what was planned.
 *
 * <p>A bridge is named by its whole JID, or by its nickname in the brewery alone.
 */
public interface FocusControl {

    /** Moves one participant, where it is on {@code bridge} if one is given. */
    Moved moveEndpoint(RoomId conference, EndpointId endpoint, Optional<String> bridge);

    /** Moves up to so many people away from a bridge, of one conference where one is given; {@code most} from 0 on. */
    Moved moveEndpoints(String bridge, Optional<RoomId> conference, int most);

    /** Moves this part of the people of a bridge, 0 to 1, rounded. */
    Moved moveFraction(String bridge, double fraction);

    /** Binds a conference that begins before {@code duration} is over to a bridge version. @return false where there are too many pins */
    boolean pin(RoomId conference, String version, Duration duration);

    /** Nothing happens where there is no pin. */
    void unpin(RoomId conference);

    /** Those that are not over, in the order of the rooms. */
    List<Pin> pins();

    /** Emptying bridges. */
    DrainControl drains();

    /** What became of a move. */
    sealed interface Moved {
        /** So many people, of so many conferences, are on their way; 0 where nobody can go. */
        record Begun(int endpoints, int conferences) implements Moved {}

        /** There is no such thing, in words. */
        record NotFound(String what) implements Moved {}
    }

    /** A conference's bridge version. */
    record Pin(RoomId conference, String version, Instant expiresAt) {}
}
