package org.confocal.strategy;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a strategy may know of the conference it places somebody into.
 *
 * @param startedAt when the conference was created
 * @param bridges the bridges that carry it now, in the order they joined; empty before the first selection
 * @param joins how fast people join it
 * @param waiting how many more are in the room and wait for a bridge, besides the one that this is about; at least 0
 * @param pinnedVersion the bridge version an operator pinned this room to (spec/05, section 12)
 */
public record ConferenceShape(
        Instant startedAt, List<BridgeUse> bridges, JoinRate joins, int waiting, Optional<String> pinnedVersion) {
    public ConferenceShape {
        bridges = List.copyOf(bridges);
        if (waiting < 0) {
            throw new IllegalArgumentException("waiting must not be negative: " + waiting);
        }
    }

    /** Nobody else waits for a bridge. */
    public ConferenceShape(Instant startedAt, List<BridgeUse> bridges, JoinRate joins, Optional<String> pinnedVersion) {
        this(startedAt, bridges, joins, 0, pinnedVersion);
    }

    /** The same conference as if it were on these bridges only. */
    public ConferenceShape onOnly(List<BridgeUse> some) {
        return new ConferenceShape(startedAt, some, joins, waiting, pinnedVersion);
    }

    /** Everybody that a bridge carries for this conference. */
    public int size() {
        int size = 0;
        for (BridgeUse use : bridges) {
            size += use.size();
        }
        return size;
    }

    /**
     * One bridge's part of the conference.
     *
     * @param people how many people of each region are there
     * @param audioSenders how many of them have an unmuted audio source
     * @param videoSenders how many of them have an unmuted video source
     */
    public record BridgeUse(
            BridgeId bridge, Audience audience, List<RegionCount> people, int audioSenders, int videoSenders) {
        public BridgeUse {
            people = List.copyOf(people);
        }

        public int size() {
            int size = 0;
            for (RegionCount region : people) {
                size += region.count();
            }
            return size;
        }
    }

    /** So many people of one region; of an unknown one where {@code region} is empty. */
    public record RegionCount(Optional<Region> region, int count) {}
}
