package org.confocal.strategy.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.confocal.strategy.cascade.CascadeFixture.alone;
import static org.confocal.strategy.cascade.CascadeFixture.id;
import static org.confocal.strategy.cascade.CascadeFixture.member;
import static org.confocal.strategy.cascade.CascadeFixture.numbered;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.Region;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.Network;
import org.confocal.strategy.network.RoundTrips;
import org.junit.jupiter.api.Test;

class CostOptimalTreeTest {
    private static final Network AWS = Network.shipped();
    private static final double ANY_DISTANCE = 1e9;

    /** placement.md, section (b): 0.086 + 2 * 0.02 instead of 3 * 0.086 $ per GB. */
    @Test
    void whatADearRegionSendsIsPassedOnByACheapOne() {
        List<CascadeMember> members = List.of(
                sender("a", "ap-south-1", 1e9),
                sender("b", "eu-central-1", 0),
                sender("c", "us-east-1", 0),
                sender("d", "eu-west-1", 0));

        double tree = RelayCost.of(
                        new CostOptimalTree(new CascadeGoal(AWS, ANY_DISTANCE, 0)).plan(members), members, AWS)
                .usdPerHour();
        double mesh = RelayCost.of(new FullMesh().plan(members), members, AWS).usdPerHour();

        assertThat(mesh).isCloseTo(450 * 3 * 0.086, within(1e-9));
        assertThat(tree).isCloseTo(450 * (0.086 + 2 * 0.02), within(1e-9));
    }

    @Test
    void aBoundOnTheRoundTripIsKeptAtAPrice() {
        // a - b is cheap by way of c, but too long.
        Network network = new Network(
                EgressPrices.flat(0.09, 0.01)
                        .withBetween(new Region("ra"), new Region("rb"), 0.1)
                        .withBetween(new Region("rb"), new Region("ra"), 0.1),
                RoundTrips.shipped()
                        .with(new Region("ra"), new Region("rb"), 100)
                        .with(new Region("ra"), new Region("rc"), 90)
                        .with(new Region("rc"), new Region("rb"), 90));
        List<CascadeMember> members = List.of(member("a", "ra"), member("b", "rb"), sender("c", "rc", 0, 0));

        assertThat(new CostOptimalTree(new CascadeGoal(network, 200, 0))
                        .plan(members)
                        .links())
                .containsExactlyInAnyOrder(alone("ac"), alone("bc"));
        assertThat(new CostOptimalTree(new CascadeGoal(network, 170, 0))
                        .plan(members)
                        .links())
                .contains(alone("ab"));
    }

    @Test
    void aPairThatCannotMeetTheBoundMayTakeTwentyMillisecondsMore() {
        assertThat(relayedOverC(119).links()).containsExactlyInAnyOrder(alone("ac"), alone("bc"));
        assertThat(relayedOverC(121).links()).contains(alone("ab"));
    }

    /** The way of a to b over c is cheap, and takes so long where the direct link takes 100 ms. */
    private static Cascade relayedOverC(double millis) {
        Network network = new Network(
                EgressPrices.flat(0.09, 0.01)
                        .withBetween(new Region("ra"), new Region("rb"), 0.1)
                        .withBetween(new Region("rb"), new Region("ra"), 0.1),
                RoundTrips.shipped()
                        .with(new Region("ra"), new Region("rb"), 100)
                        .with(new Region("ra"), new Region("rc"), millis / 2)
                        .with(new Region("rc"), new Region("rb"), millis / 2));
        return new CostOptimalTree(new CascadeGoal(network, 0, 0))
                .plan(List.of(member("a", "ra"), member("b", "rb"), sender("c", "rc", 0, 0)));
    }

    @Test
    void aDetourThatIsFasterThanTheDirectLinkIsTaken() {
        Network network = new Network(
                EgressPrices.flat(0.09, 0.02),
                RoundTrips.shipped()
                        .with(new Region("ra"), new Region("rb"), 300)
                        .with(new Region("ra"), new Region("rc"), 100)
                        .with(new Region("rc"), new Region("rb"), 100));
        List<CascadeMember> members = List.of(member("a", "ra"), member("b", "rb"), member("c", "rc"));
        CostOptimalTree planner = new CostOptimalTree(new CascadeGoal(network, ANY_DISTANCE, 0.001));

        Cascade tree = planner.plan(members);

        assertThat(tree.links()).containsExactlyInAnyOrder(alone("ac"), alone("bc"));
        assertThat(RelayCost.of(tree, members, network).maxRoundTripMs()).isEqualTo(200);
        assertThat(RelayCost.of(new FullMesh().plan(members), members, network).maxRoundTripMs())
                .isEqualTo(300);
    }

    @Test
    void theLinkOfTheOneThatComesIsTheBestForIt() {
        List<CascadeMember> members =
                List.of(member("a", "eu-west-1"), member("b", "us-east-1"), member("c", "eu-central-1"));
        CostOptimalTree planner = new CostOptimalTree(new CascadeGoal(AWS, 10, 0.001));

        Cascade cascade = planner.adapt(planner.plan(members.subList(0, 2)), members);

        assertThat(cascade.links()).containsExactlyInAnyOrder(alone("ab"), alone("ac"));
    }

    @Test
    void theBestOfSeveralPlannersIsTaken() {
        List<CascadeMember> members =
                List.of(sender("a", "ap-south-1", 1e9), sender("b", "us-west-2", 0), sender("c", "sa-east-1", 0));
        CascadeGoal cheap = new CascadeGoal(AWS, ANY_DISTANCE, 0);
        CascadeGoal fast = new CascadeGoal(AWS, 0, 0);

        assertThat(best(cheap, members)).isEqualTo(new CostOptimalTree(cheap).plan(members));
        assertThat(best(fast, members)).isEqualTo(new FullMesh().plan(members));
    }

    private static Cascade best(CascadeGoal goal, List<CascadeMember> members) {
        return new BestCascade(goal, List.of(new FullMesh(), new CostOptimalTree(goal))).plan(members);
    }

    private static CascadeMember sender(String letter, String region, double bps) {
        return sender(letter, region, bps, 10);
    }

    private static CascadeMember sender(String letter, String region, double bps, int people) {
        return new CascadeMember(id(letter), CascadeFixture.kind(region), Audience.PARTICIPANT, people, bps, 0);
    }

    /** All sets of links that are one fewer than the bridges; those that packets do not like are no trees. */
    @Property(tries = 150)
    void noTreeOfUpToFiveBridgesIsBetter(
            @ForAll("upToFive") List<CascadeMember> members, @ForAll("goals") CascadeGoal goal) {
        Cascade plan = new CostOptimalTree(goal).plan(members);

        List<List<Link>> trees = trees(CascadeFixture.bridges(members));
        assertThat(trees).hasSize((int) Math.round(Math.pow(members.size(), members.size() - 2.0)));
        double[] best = trees.stream()
                .map(tree -> score(tree, members, goal))
                .min(CostOptimalTreeTest::compare)
                .orElseThrow();
        double[] planned = score(plan.links(), members, goal);

        assertThat(planned[0]).isCloseTo(best[0], within(1e-6 * (1 + best[0])));
        assertThat(planned[1]).isCloseTo(best[1], within(1e-6 * (1 + best[1])));
    }

    private static List<List<Link>> trees(List<BridgeId> bridges) {
        List<Link> all = new ArrayList<>();
        for (int i = 0; i < bridges.size(); i++) {
            for (int j = 0; j < i; j++) {
                all.add(Link.alone(bridges.get(i), bridges.get(j)));
            }
        }
        return IntStream.range(0, 1 << all.size())
                .filter(set -> Integer.bitCount(set) == bridges.size() - 1)
                .mapToObj(set -> IntStream.range(0, all.size())
                        .filter(link -> (set & 1 << link) != 0)
                        .mapToObj(all::get)
                        .toList())
                .filter(links -> new Packets(bridges, links).everybodyHearsEverybodyOnce())
                .toList();
    }

    /** What is over the bound, and what the rest is worth: added up packet by packet, pair by pair. */
    private static double[] score(List<Link> links, List<CascadeMember> members, CascadeGoal goal) {
        PacketCost cost = new PacketCost(links, members, goal.network());
        double excess = 0;
        for (PacketCost.Pair pair : cost.pairs()) {
            excess += pair.people() * Math.max(0, pair.ms() - Math.max(goal.maxRoundTripMs(), pair.directMs() + 20));
        }
        return new double[] {excess, cost.usdPerHour() + goal.usdPerMs() * cost.meanMs()};
    }

    private static int compare(double[] a, double[] b) {
        return Math.abs(a[0] - b[0]) > 1e-9 * (1 + a[0]) ? Double.compare(a[0], b[0]) : Double.compare(a[1], b[1]);
    }

    @Provide
    Arbitrary<List<CascadeMember>> upToFive() {
        return CascadeFixture.members(2, 5);
    }

    @Provide
    Arbitrary<CascadeGoal> goals() {
        return CascadeFixture.goals();
    }

    /** 16,807 trees. */
    @Property(tries = 40)
    void theSearchByExchangeIsNeverBetterThanTheBestTreeAndNeverWorseThanItsStarts(
            @ForAll("seven") List<CascadeMember> members, @ForAll("goals") CascadeGoal goal) {
        TreeSearch search = new TreeSearch(new Legs(members, goal.network()), goal);

        CascadeGoal.Score best = search.score(search.bestOfAll());
        CascadeGoal.Score found = search.score(search.bestByExchange());

        assertThat(found.betterThan(best)).isFalse();
        assertThat(search.score(search.bestStar()).betterThan(found)).isFalse();
        assertThat(search.score(search.minimumSpanning()).betterThan(found)).isFalse();
    }

    @Provide
    Arbitrary<List<CascadeMember>> seven() {
        return CascadeFixture.members(7, 7);
    }

    /** Seven bridges of seven AWS regions, the round trips and prices of the shipped tables: the search finds nearly the best. */
    @Test
    void theSearchByExchangeIsNearTheBestTreeOnRealPricesAndRoundTrips() {
        List<String> regions = List.of(
                "us-east-1",
                "us-west-2",
                "sa-east-1",
                "eu-west-1",
                "eu-central-1",
                "af-south-1",
                "ap-south-1",
                "ap-southeast-1",
                "ap-southeast-2",
                "ap-northeast-1",
                "me-south-1");
        double sumOfBest = 0;
        double sumOfFound = 0;
        for (int trial = 0; trial < 20; trial++) {
            List<CascadeMember> members = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                int seed = trial * 7 + i;
                BridgeKind kind = CascadeFixture.kind(regions.get((trial + i * (1 + trial % 3)) % regions.size()));
                members.add(new CascadeMember(
                        numbered(i), kind, Audience.PARTICIPANT, 1 + seed * 7 % 13, 1e6 * (1 + seed * 5 % 17), 0));
            }
            CascadeGoal goal = new CascadeGoal(AWS, ANY_DISTANCE, 0.0005 * (trial % 5));
            TreeSearch search = new TreeSearch(new Legs(members, AWS), goal);
            sumOfBest += search.score(search.bestOfAll()).usdPerHour();
            sumOfFound += search.score(search.bestByExchange()).usdPerHour();
        }
        assertThat(sumOfFound / sumOfBest).isBetween(1 - 1e-9, 1.01);
    }

    @Test
    void aHundredBridgesArePlannedWithinTheBoundOnTheWork() {
        List<CascadeMember> members = IntStream.range(0, 100)
                .mapToObj(i -> new CascadeMember(
                        numbered(i), CascadeFixture.kind("r" + i % 9), Audience.PARTICIPANT, 10, 1e6 * (i % 7), 0))
                .toList();

        Cascade cascade = new CostOptimalTree(new CascadeGoal(AWS, 300, 0.001)).plan(members);

        assertThat(cascade.bridges()).hasSize(100);
        assertThat(cascade.links()).hasSize(99);
    }
}
