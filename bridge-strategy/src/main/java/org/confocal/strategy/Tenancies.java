package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which conferences are on which bridges: how many endpoints of each, how many of them came lately, and whose turn a bridge
 * was. Immutable. A bridge is known by the number of its stay in the brewery ({@link BridgeCell#number}), so one that comes
 * back under the same id starts anew.
 *
 * <p>An event costs the path to two entries, and a copy of at most {@value #MAX_BUCKETS} sums of one conference.
 */
final class Tenancies {
    /** As far back as arrivals are counted. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    private static final int MAX_BUCKETS = 601;
    private static final Occupancy VACANT = new Occupancy(0, 0);

    static final Tenancies NONE = new Tenancies(PersistentMap.empty(), PersistentMap.empty(), 0);

    private final PersistentMap<Key, Tenancy> tenancies;
    private final PersistentMap<Long, Occupancy> occupancies;
    private final long turns;

    private record Key(long bridge, RoomId room) {}

    /** Arrivals of one second. */
    private record Arrivals(long second, int count) {}

    /**
     * One conference on one bridge.
     *
     * @param endpoints at least 1
     * @param lately ascending by second
     */
    private record Tenancy(int endpoints, List<Arrivals> lately) {}

    /**
     * A bridge's conferences.
     *
     * @param turn counts on with each conference that came to any bridge: the value when one last came to this
     */
    private record Occupancy(int conferences, long turn) {}

    private Tenancies(PersistentMap<Key, Tenancy> tenancies, PersistentMap<Long, Occupancy> occupancies, long turns) {
        this.tenancies = tenancies;
        this.occupancies = occupancies;
        this.turns = turns;
    }

    /** One endpoint more of this conference on this bridge. */
    Tenancies entered(long bridge, RoomId room, Instant at) {
        Key key = new Key(bridge, room);
        Tenancy tenancy = tenancies.get(key);
        if (tenancy != null) {
            Tenancy more = new Tenancy(tenancy.endpoints + 1, arrived(tenancy.lately, at));
            return new Tenancies(tenancies.with(key, more), occupancies, turns);
        }
        Tenancy first = new Tenancy(1, List.of(new Arrivals(at.getEpochSecond(), 1)));
        Occupancy occupancy = new Occupancy(occupancy(bridge).conferences + 1, turns + 1);
        return new Tenancies(tenancies.with(key, first), occupancies.with(bridge, occupancy), turns + 1);
    }

    /** One endpoint fewer; with the last one the conference has left the bridge, and is forgotten there. */
    Tenancies vacated(long bridge, RoomId room) {
        Key key = new Key(bridge, room);
        Tenancy tenancy = tenancies.get(key);
        if (tenancy == null) {
            return this;
        }
        if (tenancy.endpoints > 1) {
            Tenancy fewer = new Tenancy(tenancy.endpoints - 1, tenancy.lately);
            return new Tenancies(tenancies.with(key, fewer), occupancies, turns);
        }
        @Nullable Occupancy old = occupancies.get(bridge);
        PersistentMap<Long, Occupancy> next =
                old == null ? occupancies : occupancies.with(bridge, new Occupancy(old.conferences - 1, old.turn));
        return new Tenancies(tenancies.without(key), next, turns);
    }

    /** The bridge left the brewery; the endpoints on it may be vacated one by one afterwards. */
    Tenancies closed(long bridge) {
        return new Tenancies(tenancies, occupancies.without(bridge), turns);
    }

    /** How many conferences of this focus are on a bridge. */
    int conferences(long bridge) {
        return occupancy(bridge).conferences;
    }

    /** When a conference last came to a bridge, as a number that grows with each such event; 0 for never. */
    long turn(long bridge) {
        return occupancy(bridge).turn;
    }

    /** How many endpoints came to a bridge for a conference within this time, to the second. */
    int lately(long bridge, RoomId room, Duration within, Instant at) {
        Tenancy tenancy = tenancies.get(new Key(bridge, room));
        if (tenancy == null) {
            return 0;
        }
        int sum = 0;
        for (Arrivals arrivals : tenancy.lately) {
            sum += recent(arrivals, within, at) ? arrivals.count : 0;
        }
        return sum;
    }

    private Occupancy occupancy(long bridge) {
        Occupancy occupancy = occupancies.get(bridge);
        return occupancy == null ? VACANT : occupancy;
    }

    private static List<Arrivals> arrived(List<Arrivals> before, Instant at) {
        long second = at.getEpochSecond();
        List<Arrivals> next = new ArrayList<>(before.size() + 1);
        int count = 1;
        for (Arrivals arrivals : before) {
            if (arrivals.second == second) {
                count += arrivals.count;
            } else if (recent(arrivals, MEMORY, at)) {
                next.add(arrivals);
            }
        }
        next.add(new Arrivals(second, count));
        return List.copyOf(next.subList(Math.max(0, next.size() - MAX_BUCKETS), next.size()));
    }

    /** The magnitude, so that a clock that was set back does not count old arrivals for hours. */
    private static boolean recent(Arrivals arrivals, Duration within, Instant at) {
        return Math.abs(at.getEpochSecond() - arrivals.second) < Math.max(1, within.toSeconds());
    }
}
