package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.network.Network;

/** What {@link RelayCost} should be, by following the packets of every bridge and asking the price of every link. */
final class PacketCost {
    private final Map<BridgeId, CascadeMember> members = new HashMap<>();
    private final List<Pair> pairs = new ArrayList<>();
    private final Network network;
    private double usdPerHour;
    private double pairsOnOneBridge;

    /** People on two bridges who hear each other. */
    record Pair(double people, double ms, double directMs) {}

    PacketCost(Collection<Link> links, List<CascadeMember> all, Network network) {
        this.network = network;
        all.forEach(member -> members.put(member.bridge(), member));
        List<BridgeId> bridges = CascadeFixture.bridges(all);
        Packets packets = new Packets(bridges, links);
        for (CascadeMember source : all) {
            if (source.audience() == Audience.PARTICIPANT) {
                pairsOnOneBridge += source.people() * (source.people() - 1.0) / 2;
            }
            packets.sentFrom(source.bridge()).values().forEach(ways -> ways.forEach(way -> heard(source, way)));
        }
    }

    private void heard(CascadeMember source, List<BridgeId> way) {
        CascadeMember hearer = member(way.getLast());
        CascadeMember last = member(way.get(way.size() - 2));
        double gigabytesPerHour = source.upstreamBps() / 8 * 3600 / 1e9;
        usdPerHour += gigabytesPerHour * network.prices().between(last.kind(), hearer.kind());
        boolean visitorsOnly = source.audience() == Audience.VISITOR && hearer.audience() == Audience.VISITOR;
        boolean firstOfTwoDirections =
                source.bridge().value().compareTo(hearer.bridge().value()) < 0;
        if (firstOfTwoDirections && !visitorsOnly && source.people() > 0 && hearer.people() > 0) {
            double ms = 0;
            for (int i = 1; i < way.size(); i++) {
                ms += ms(way.get(i - 1), way.get(i));
            }
            pairs.add(new Pair((double) source.people() * hearer.people(), ms, ms(source.bridge(), hearer.bridge())));
        }
    }

    private double ms(BridgeId a, BridgeId b) {
        return network.roundTrips()
                .millis(member(a).kind().region(), member(b).kind().region());
    }

    private CascadeMember member(BridgeId bridge) {
        CascadeMember member = members.get(bridge);
        if (member == null) {
            throw new IllegalArgumentException(bridge.toString());
        }
        return member;
    }

    List<Pair> pairs() {
        return pairs;
    }

    double usdPerHour() {
        return usdPerHour;
    }

    double meanMs() {
        double people =
                pairsOnOneBridge + pairs.stream().mapToDouble(Pair::people).sum();
        double sum = pairs.stream().mapToDouble(pair -> pair.people * pair.ms).sum();
        return people > 0 ? sum / people : 0;
    }

    double maxMs() {
        return pairs.stream().mapToDouble(Pair::ms).max().orElse(0);
    }
}
