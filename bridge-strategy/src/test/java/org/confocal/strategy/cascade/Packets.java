package org.confocal.strategy.cascade;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confocal.strategy.BridgeId;

/**
 * Bridges that forward one packet at a time, as jitsi-videobridge does: what an endpoint sends goes to all relays; what comes over
 * a relay goes to all relays of other mesh-ids. Knows nothing of trees.
 */
final class Packets {
    /** More than any cascade of the tests has: a packet that crosses so many links goes round. */
    private static final int TOO_MANY = 500;

    private record Packet(BridgeId at, String overMesh, List<BridgeId> way) {}

    private final List<BridgeId> bridges;
    private final Collection<Link> links;

    Packets(List<BridgeId> bridges, Collection<Link> links) {
        this.bridges = bridges;
        this.links = links;
    }

    /**
     * The ways by which what one bridge's endpoint sends arrives, by the bridge that hears it; each way lists all bridges
     * from the sender's to the hearer.
     */
    Map<BridgeId, List<List<BridgeId>>> sentFrom(BridgeId source) {
        Map<BridgeId, List<List<BridgeId>>> heard = new HashMap<>();
        Deque<Packet> underway = new ArrayDeque<>();
        underway.add(new Packet(source, "", List.of(source)));
        for (int crossed = 0; crossed < TOO_MANY && !underway.isEmpty(); ) {
            Packet packet = underway.remove();
            for (Link link : links) {
                boolean mine = link.a().equals(packet.at) || link.b().equals(packet.at);
                if (mine && !link.mesh().value().equals(packet.overMesh)) {
                    BridgeId peer = link.a().equals(packet.at) ? link.b() : link.a();
                    List<BridgeId> way = new ArrayList<>(packet.way);
                    way.add(peer);
                    heard.computeIfAbsent(peer, bridge -> new ArrayList<>()).add(way);
                    underway.add(new Packet(peer, link.mesh().value(), way));
                    crossed++;
                }
            }
        }
        return heard;
    }

    /** Whether every bridge hears every other exactly once, and never itself. */
    boolean everybodyHearsEverybodyOnce() {
        return bridges.stream().allMatch(source -> {
            Map<BridgeId, List<List<BridgeId>>> heard = sentFrom(source);
            return bridges.stream().allMatch(hearer -> {
                int times = heard.getOrDefault(hearer, List.of()).size();
                return times == (hearer.equals(source) ? 0 : 1);
            });
        });
    }
}
