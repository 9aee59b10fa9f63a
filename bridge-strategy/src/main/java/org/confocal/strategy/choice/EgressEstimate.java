package org.confocal.strategy.choice;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetConfig.BridgeClass;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;
import org.confocal.strategy.network.EgressPrices;

/**
 * What the traffic of running conferences costs now, by who is where, who sends, and the expected bit rates (docs/placement.md,
 * section 3): an estimate, not a measurement. Pure; any thread.
 *
 * @param classes which bridges have prices of their own
 */
public record EgressEstimate(EgressPrices prices, MediaRates media, List<BridgeClass> classes) {
    public EgressEstimate {
        classes = List.copyOf(classes);
    }

    /**
     * What leaves one bridge.
     *
     * @param toParticipants $ per hour
     * @param toBridges $ per hour
     */
    public record Usd(double toParticipants, double toBridges) {
        public static final Usd NOTHING = new Usd(0, 0);

        public Usd plus(Usd other) {
            return new Usd(toParticipants + other.toParticipants, toBridges + other.toBridges);
        }

        public double total() {
            return toParticipants + toBridges;
        }
    }

    /** Bridges that cost the same as this one. */
    public BridgeKind kind(BridgeSnapshot bridge) {
        for (BridgeClass candidate : classes) {
            if (candidate.matches(bridge.id(), bridge.region())) {
                return new BridgeKind(bridge.region(), Optional.of(candidate.name()));
            }
        }
        return new BridgeKind(bridge.region(), Optional.empty());
    }

    /**
     * One conference, by the bridge that the traffic leaves.
     *
     * @param links of its bridges with each other
     * @param kinds of bridges; those that are not in it are left out
     */
    public Map<BridgeId, Usd> of(ConferenceShape conference, List<Link> links, Map<BridgeId, BridgeKind> kinds) {
        double people = conference.size();
        double audio = 0;
        double video = 0;
        for (BridgeUse use : conference.bridges()) {
            audio += use.audioSenders();
            video += use.videoSenders();
        }
        // Nobody hears or sees himself.
        double others = people <= 1 ? 0 : 1 - 1 / people;
        double down = media.down(audio * others, video * others);
        Map<BridgeId, Usd> usd = new HashMap<>();
        Map<BridgeId, Double> sent = new HashMap<>();
        for (BridgeUse use : conference.bridges()) {
            sent.put(use.bridge(), media.up(use.audioSenders(), use.videoSenders(), video));
            BridgeKind kind = kinds.get(use.bridge());
            if (kind != null) {
                double gigabytes = use.size() * down * MediaRates.GB_PER_HOUR;
                usd.merge(use.bridge(), new Usd(gigabytes * prices.internet(kind), 0), Usd::plus);
            }
        }
        if (!links.isEmpty()) {
            addRelays(usd, sent, links, kinds);
        }
        return usd;
    }

    private void addRelays(
            Map<BridgeId, Usd> usd, Map<BridgeId, Double> sent, List<Link> links, Map<BridgeId, BridgeKind> kinds) {
        Cascade cascade = Cascade.of(
                links.stream()
                        .flatMap(link -> java.util.stream.Stream.of(link.a(), link.b()))
                        .distinct()
                        .toList(),
                links);
        for (Link link : links) {
            addRelay(usd, link.a(), link.b(), cascade, sent, kinds);
            addRelay(usd, link.b(), link.a(), cascade, sent, kinds);
        }
    }

    private void addRelay(
            Map<BridgeId, Usd> usd,
            BridgeId from,
            BridgeId to,
            Cascade cascade,
            Map<BridgeId, Double> sent,
            Map<BridgeId, BridgeKind> kinds) {
        BridgeKind sender = kinds.get(from);
        BridgeKind receiver = kinds.get(to);
        if (sender == null || receiver == null) {
            return;
        }
        double mbps = 0;
        for (BridgeId source : cascade.heardOver(to, from)) {
            mbps += sent.getOrDefault(source, 0.0);
        }
        double price = prices.between(sender, receiver);
        usd.merge(from, new Usd(0, mbps * MediaRates.GB_PER_HOUR * price), Usd::plus);
    }
}
