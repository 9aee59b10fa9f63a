package org.confocal.strategy.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.cascade.CascadeFixture.id;
import static org.confocal.strategy.cascade.CascadeFixture.member;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.strategy.Audience;
import org.confocal.strategy.network.Network;
import org.junit.jupiter.api.Test;

/** Costs against packets that are followed one by one. */
class RelayCostPropertyTest {
    @Property(tries = 500)
    void costsAreWhatThePacketsCost(
            @ForAll("conferences") List<CascadeMember> members,
            @ForAll("networks") Network network,
            @ForAll("planners") CascadePlanner planner) {
        Cascade cascade = planner.plan(members);

        check(RelayCost.of(cascade, members, network), cascade, members, network);
    }

    @Property(tries = 500)
    void theBooksKnowWhatAFurtherBridgeWouldCost(
            @ForAll("conferences") List<CascadeMember> members,
            @ForAll("networks") Network network,
            @ForAll("planners") CascadePlanner planner,
            @ForAll("seeds") int seed) {
        Cascade cascade = planner.plan(members);
        CascadeMember newcomer = CascadeFixture.member(members.size(), seed);
        List<CascadeMember> all = new ArrayList<>(members);
        all.add(newcomer);
        CascadeBooks books = CascadeBooks.of(cascade, members, network);
        for (CascadeMember anchor : members) {
            Cascade next = cascade.withLink(newcomer.bridge(), anchor.bridge());

            check(books.withLink(newcomer, anchor.bridge()), next, all, network);
        }
    }

    @Property(tries = 300)
    void theBooksKnowWhatASenderMoreWouldCost(
            @ForAll("conferences") List<CascadeMember> members,
            @ForAll("networks") Network network,
            @ForAll("planners") CascadePlanner planner) {
        Cascade cascade = planner.plan(members);
        CascadeBooks books = CascadeBooks.of(cascade, members, network);
        double before = new PacketCost(cascade.links(), members, network).usdPerHour();
        for (int i = 0; i < members.size(); i++) {
            CascadeMember member = members.get(i);
            List<CascadeMember> louder = new ArrayList<>(members);
            louder.set(
                    i,
                    new CascadeMember(
                            member.bridge(),
                            member.kind(),
                            member.audience(),
                            member.people(),
                            member.upstreamBps() + 3e6,
                            member.stress()));
            double after = new PacketCost(cascade.links(), louder, network).usdPerHour();

            assertThat(books.usdPerHour(member.bridge(), 3e6)).isCloseTo(after - before, within(1e-9 * (1 + after)));
        }
    }

    private static void check(RelayCost cost, Cascade cascade, List<CascadeMember> members, Network network) {
        PacketCost expected = new PacketCost(cascade.links(), members, network);
        assertThat(cost.usdPerHour()).isCloseTo(expected.usdPerHour(), within(1e-9 * (1 + expected.usdPerHour())));
        assertThat(cost.meanRoundTripMs()).isCloseTo(expected.meanMs(), within(1e-9 * (1 + expected.meanMs())));
        assertThat(cost.maxRoundTripMs()).isCloseTo(expected.maxMs(), within(1e-9 * (1 + expected.maxMs())));
    }

    @Test
    void theRoundTripBetweenBridgesIsThatOfTheirPath() {
        List<CascadeMember> members =
                List.of(member("a", "eu-west-1"), member("b", "us-east-1"), member("c", "us-west-2"));
        Cascade chain =
                Cascade.of(CascadeFixture.ids("abc"), List.of(CascadeFixture.alone("ab"), CascadeFixture.alone("bc")));
        CascadeBooks books = CascadeBooks.of(chain, members, Network.shipped());

        assertThat(books.roundTripMs(id("a"), id("c"))).isCloseTo(84.1 + 70.2, within(1e-9));
        assertThat(books.roundTripMs(id("c"), id("c"))).isZero();
    }

    @Test
    void aBridgeOfWhichNothingIsKnownIsRefused() {
        Cascade cascade = Cascade.of(CascadeFixture.ids("ab"), List.of(CascadeFixture.alone("ab")));
        assertThatThrownBy(() -> RelayCost.of(cascade, List.of(member("a", "r0")), Network.shipped()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("nothing is known");
    }

    @Test
    void figuresThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> sending(Double.NaN)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> sending(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CascadeGoal(Network.shipped(), Double.NaN, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new CascadeGoal(Network.shipped(), 300, Double.POSITIVE_INFINITY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static CascadeMember sending(double bps) {
        return new CascadeMember(id("a"), CascadeFixture.kind("r0"), Audience.PARTICIPANT, 1, bps, 0);
    }

    @Provide
    Arbitrary<List<CascadeMember>> conferences() {
        return CascadeFixture.members(1, 6);
    }

    @Provide
    Arbitrary<Network> networks() {
        return CascadeFixture.networks();
    }

    @Provide
    Arbitrary<Integer> seeds() {
        return Arbitraries.integers().between(0, Integer.MAX_VALUE);
    }

    @Provide
    Arbitrary<CascadePlanner> planners() {
        return Arbitraries.of(
                new FullMesh(),
                new RegionGateways(),
                new RegionMeshes(),
                new VisitorTopology(0.8),
                new CostOptimalTree(new CascadeGoal(Network.shipped(), 300, 0.001)));
    }
}
