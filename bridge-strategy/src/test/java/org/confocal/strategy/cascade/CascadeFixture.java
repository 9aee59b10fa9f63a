package org.confocal.strategy.cascade;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.Region;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.Network;
import org.confocal.strategy.network.RoundTrips;

/** Bridges by one letter, members by region, and networks made up at random. */
final class CascadeFixture {
    static final List<String> REGIONS = List.of("r0", "r1", "r2", "r3", "r4", "r5", "r6");

    private CascadeFixture() {}

    static BridgeId id(String letter) {
        return new BridgeId("jvbbrewery@internal.example.org/" + letter);
    }

    static List<BridgeId> ids(String letters) {
        return letters.chars()
                .mapToObj(letter -> id(Character.toString(letter)))
                .toList();
    }

    static BridgeId numbered(int number) {
        return id("jvb" + number);
    }

    static Link link(String pair, String mesh) {
        return new Link(id(pair.substring(0, 1)), id(pair.substring(1)), new MeshId(mesh));
    }

    static Link alone(String pair) {
        return Link.alone(id(pair.substring(0, 1)), id(pair.substring(1)));
    }

    static BridgeKind kind(String region) {
        return new BridgeKind(Optional.of(new Region(region)), Optional.empty());
    }

    /** Ten people who send 20 Mbit/s together. */
    static CascadeMember member(String letter, String region) {
        return new CascadeMember(id(letter), kind(region), Audience.PARTICIPANT, 10, 20e6, 0.2);
    }

    static CascadeMember visitors(String letter, String region, double stress) {
        return new CascadeMember(id(letter), kind(region), Audience.VISITOR, 100, 0, stress);
    }

    static List<BridgeId> bridges(Collection<CascadeMember> members) {
        return members.stream().map(CascadeMember::bridge).toList();
    }

    /** Prices per direction and round trips per pair of {@link #REGIONS}, with no regard to geometry. */
    static Arbitrary<Network> networks() {
        int pairs = REGIONS.size() * REGIONS.size();
        Arbitrary<List<Double>> prices =
                Arbitraries.doubles().between(0, 0.2).ofScale(3).list().ofSize(pairs);
        Arbitrary<List<Double>> millis =
                Arbitraries.doubles().between(1, 300).ofScale(1).list().ofSize(pairs);
        return Combinators.combine(prices, millis).as((usd, ms) -> {
            EgressPrices egress = EgressPrices.flat(0.09, 0.02);
            RoundTrips roundTrips = RoundTrips.shipped();
            for (int i = 0; i < pairs; i++) {
                Region from = new Region(REGIONS.get(i / REGIONS.size()));
                Region to = new Region(REGIONS.get(i % REGIONS.size()));
                egress = egress.withBetween(from, to, usd.get(i));
                roundTrips = from.equals(to) ? roundTrips : roundTrips.with(from, to, ms.get(i));
            }
            return new Network(egress, roundTrips);
        });
    }

    /** Between {@code min} and {@code max} members called jvb0, jvb1 and so on. */
    static Arbitrary<List<CascadeMember>> members(int min, int max) {
        return Arbitraries.integers()
                .between(min, max)
                .flatMap(size -> Arbitraries.integers()
                        .between(0, Integer.MAX_VALUE)
                        .list()
                        .ofSize(size)
                        .map(seeds -> IntStream.range(0, size)
                                .mapToObj(number -> member(number, seeds.get(number)))
                                .toList()));
    }

    /** Everything about a member but its name follows from a number. */
    static CascadeMember member(int name, int seed) {
        boolean visitors = seed % 4 == 3;
        Optional<Region> region =
                seed % 11 == 0 ? Optional.empty() : Optional.of(new Region(REGIONS.get(seed / 16 % REGIONS.size())));
        return new CascadeMember(
                numbered(name),
                new BridgeKind(region, Optional.empty()),
                visitors ? Audience.VISITOR : Audience.PARTICIPANT,
                seed / 128 % 30,
                visitors ? 0 : seed / 4096 % 50 * 1e6,
                seed / 512 % 12 / 10.0);
    }

    static Arbitrary<CascadeGoal> goals() {
        return Combinators.combine(networks(), Arbitraries.of(0.0, 60.0, 250.0, 1e9), Arbitraries.of(0.0, 1e-4, 0.05))
                .as(CascadeGoal::new);
    }
}
