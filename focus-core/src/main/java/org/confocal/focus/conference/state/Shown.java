package org.confocal.focus.conference.state;

import java.util.Optional;
import org.confocal.focus.model.FocusPresence;

/**
 * What the focus shows in the room.
 *
 * @param etherpad the shared document's name; empty until the room is joined
 * @param bridgeCount whether there ever was a bridge: before that, the property is left out
 * @param lastSelection whether the last selection of a bridge succeeded
 * @param audioLimit whether so many have sound on that nobody else may
 * @param videoLimit likewise for video
 * @param published what was last sent; empty before the first time, and after the room was lost
 */
public record Shown(
        Optional<String> etherpad,
        BridgeCount bridgeCount,
        LastSelection lastSelection,
        Limit audioLimit,
        Limit videoLimit,
        Optional<FocusPresence> published) {
    public static final Shown NOTHING = new Shown(
            Optional.empty(),
            BridgeCount.HIDDEN,
            LastSelection.NOT_FAILED,
            Limit.NEVER_REACHED,
            Limit.NEVER_REACHED,
            Optional.empty());

    /** Whether the number of bridges is shown. */
    public enum BridgeCount {
        HIDDEN,
        SHOWN
    }

    /** How the last selection went. */
    public enum LastSelection {
        NOT_FAILED,
        FAILED
    }

    /** Where the number of senders stands. */
    public enum Limit {
        NEVER_REACHED,
        REACHED,
        NO_LONGER_REACHED;

        /** What comes after this, now that the limit is reached or not. */
        public Limit next(int senders, int limit) {
            if (senders >= limit) {
                return REACHED;
            }
            return this == NEVER_REACHED ? NEVER_REACHED : NO_LONGER_REACHED;
        }
    }

    public Shown withEtherpad(String name) {
        return new Shown(Optional.of(name), bridgeCount, lastSelection, audioLimit, videoLimit, published);
    }

    public Shown withBridgeCount() {
        return new Shown(etherpad, BridgeCount.SHOWN, lastSelection, audioLimit, videoLimit, published);
    }

    public Shown with(LastSelection next) {
        return new Shown(etherpad, bridgeCount, next, audioLimit, videoLimit, published);
    }

    public Shown withLimits(Limit audio, Limit video) {
        return new Shown(etherpad, bridgeCount, lastSelection, audio, video, published);
    }

    public Shown withPublished(Optional<FocusPresence> next) {
        return new Shown(etherpad, bridgeCount, lastSelection, audioLimit, videoLimit, next);
    }
}
