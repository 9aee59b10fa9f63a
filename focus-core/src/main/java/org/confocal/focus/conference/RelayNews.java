package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.model.BridgeRequest.Lifecycle;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.cascade.Cascade;
import org.jspecify.annotations.Nullable;

/**
 * What has to be said over which relay, so that every bridge knows of every endpoint that it hears, over the relay over
 * which it hears it: the difference between what it was told and what is true now. Looks at the endpoints it is asked about
 * only: one lookup for each of them and each bridge.
 */
final class RelayNews {
    private final RelayBook before;
    private final Set<RelayEnd.Key> kept;
    private final Cascade next;
    private final Map<BridgeId, Map<BridgeId, BridgeId>> hearersBefore = new HashMap<>();
    private final Map<BridgeId, Map<BridgeId, BridgeId>> hearersNow = new HashMap<>();
    private final Map<RelayEnd.Key, List<Item>> gone = new LinkedHashMap<>();
    private final Map<RelayEnd.Key, List<Item>> heard = new LinkedHashMap<>();

    /** What is said of one endpoint. */
    record Item(EndpointId id, Lifecycle what) {}

    /**
     * @param before what was said so far
     * @param kept those of its relays that are still there; what was said over others is forgotten with them
     * @param next how the bridges are linked now
     */
    RelayNews(RelayBook before, Set<RelayEnd.Key> kept, Cascade next) {
        this.before = before;
        this.kept = kept;
        this.next = next;
    }

    /** Looks at one endpoint: where it is now, if anywhere. */
    void add(EndpointId id, Optional<Announcement> now) {
        Optional<Announcement> then = before.announced().get(id);
        Map<BridgeId, BridgeId> toldBy = then.map(
                        said -> hearersBefore.computeIfAbsent(said.home(), before.cascade()::hearers))
                .orElse(Map.of());
        Map<BridgeId, BridgeId> hears = now.map(said -> hearersNow.computeIfAbsent(said.home(), next::hearers))
                .orElse(Map.of());
        for (BridgeId at : next.bridges()) {
            Optional<RelayEnd.Key> told = key(at, toldBy.get(at)).filter(kept::contains);
            Optional<RelayEnd.Key> over = key(at, hears.get(at));
            told.filter(key -> !told.equals(over)).ifPresent(key -> put(gone, key, id, Lifecycle.EXPIRE));
            if (over.isPresent() && !told.equals(over)) {
                put(heard, over.get(), id, Lifecycle.CREATE);
            } else if (over.isPresent() && !then.equals(now)) {
                put(heard, over.get(), id, Lifecycle.UPDATE);
            }
        }
    }

    /** What a relay's bridge no longer hears over it. */
    Map<RelayEnd.Key, List<Item>> gone() {
        return gone;
    }

    /** What a relay's bridge hears over it, newly or differently. */
    Map<RelayEnd.Key, List<Item>> heard() {
        return heard;
    }

    private static Optional<RelayEnd.Key> key(BridgeId at, @Nullable BridgeId peer) {
        return peer == null ? Optional.empty() : Optional.of(new RelayEnd.Key(at, peer));
    }

    private static void put(Map<RelayEnd.Key, List<Item>> news, RelayEnd.Key key, EndpointId id, Lifecycle what) {
        news.computeIfAbsent(key, none -> new ArrayList<>()).add(new Item(id, what));
    }
}
