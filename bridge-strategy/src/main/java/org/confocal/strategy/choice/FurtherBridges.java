package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.SelectionRequest;
import org.confocal.strategy.choice.EgressAwareConfig.Sharing;

/**
 * Which bridge of a kind a conference gets if it gets one more of that kind: the least stressed one. Where several focuses
 * share the bridges, all of them would run after the same one until its next report; then it is the less stressed of two
 * that are drawn (placement.md, section (c): two random choices).
 */
final class FurtherBridges {
    /** Two are drawn from so many, the least stressed ones. */
    private static final int DRAWN_FROM = 64;

    private final SelectionRequest request;
    private final FleetView fleet;
    private final ConferenceMap conference;
    private final Sharing sharing;

    FurtherBridges(SelectionRequest request, FleetView fleet, ConferenceMap conference, Sharing sharing) {
        this.request = request;
        this.fleet = fleet;
        this.conference = conference;
        this.sharing = sharing;
    }

    /** One whose stress is below the limit. */
    Optional<BridgeSnapshot> of(BridgeKind kind, double limit) {
        int wanted = sharing == Sharing.SHARED ? DRAWN_FROM : 1;
        List<BridgeSnapshot> coolest = new ArrayList<>(1);
        Iterator<BridgeSnapshot> byStress = fleet.byStress(kind, request.at());
        while (byStress.hasNext() && coolest.size() < wanted) {
            BridgeSnapshot bridge = byStress.next();
            if (conference.isOn(bridge.id())) {
                continue;
            }
            if (fleet.stress(bridge, request.at()) >= limit) {
                break;
            }
            coolest.add(bridge);
        }
        return coolest.isEmpty() ? Optional.empty() : Optional.of(coolest.get(lowerOfTwo(coolest.size())));
    }

    /** The lower of two different numbers below {@code count}, every pair as likely as any other. */
    private int lowerOfTwo(int count) {
        if (count == 1) {
            return 0;
        }
        // By who asks and when, so that the same request gives the same answer.
        int drawn = Objects.hash(request.room(), request.endpoint(), request.at());
        int first = Math.floorMod(mixed(drawn), count);
        int second = Math.floorMod(mixed(drawn + 1), count - 1);
        return Math.min(first, second < first ? second : second + 1);
    }

    /** Spreads the bits of a hash (the finalizer of MurmurHash3, which is in the public domain). */
    private static int mixed(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }
}
