package org.confocal.strategy.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.strategy.cascade.CascadeFixture.alone;
import static org.confocal.strategy.cascade.CascadeFixture.id;
import static org.confocal.strategy.cascade.CascadeFixture.ids;
import static org.confocal.strategy.cascade.CascadeFixture.link;
import static org.confocal.strategy.cascade.CascadeFixture.member;
import static org.confocal.strategy.cascade.CascadeFixture.visitors;

import java.util.ArrayList;
import java.util.List;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.network.Network;
import org.junit.jupiter.api.Test;

class CascadePlannersTest {
    private static final VisitorTopology VISITORS = new VisitorTopology(0.8);

    @Test
    void aFullMeshLinksAllInMeshZero() {
        assertThat(new FullMesh().plan(List.of(member("a", "r0"), member("b", "r1"), member("c", "r0"))))
                .isEqualTo(Cascade.of(ids("abc"), List.of(link("ab", "0"), link("ac", "0"), link("bc", "0"))));
    }

    @Test
    void noPlannerLinksABridgeThatIsAlone() {
        CascadeGoal goal = new CascadeGoal(Network.shipped(), 300, 0);
        for (CascadePlanner planner : List.of(
                new FullMesh(), new RegionGateways(), new RegionMeshes(), VISITORS, new CostOptimalTree(goal))) {
            assertThat(planner.plan(List.of())).isEqualTo(Cascade.empty());
            assertThat(planner.plan(List.of(member("a", "r0")))).isEqualTo(Cascade.of(ids("a"), List.of()));
            assertThat(planner.adapt(Cascade.of(ids("a"), List.of()), List.of()))
                    .isEqualTo(Cascade.empty());
        }
    }

    @Test
    void aBridgeThatIsListedTwiceIsRefused() {
        assertThatThrownBy(() -> new FullMesh().plan(List.of(member("a", "r0"), member("a", "r0"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("listed twice");
    }

    @Test
    void theFirstOfARegionIsItsGateway() {
        Cascade cascade = new RegionGateways()
                .plan(List.of(
                        member("a", "eu"), member("b", "eu"), member("c", "us"), member("d", "ap"), member("e", "us")));

        assertThat(cascade.links())
                .containsExactlyInAnyOrder(alone("ab"), link("ac", "0"), link("ad", "0"), link("cd", "0"), alone("ce"));
    }

    @Test
    void insideARegionEverybodyIsLinkedWithEverybodyAndRegionsByTheirFirst() {
        Cascade cascade = new RegionMeshes()
                .plan(List.of(member("a", "eu"), member("b", "eu"), member("c", "us"), member("d", "eu")));

        assertThat(cascade.links())
                .containsExactlyInAnyOrder(
                        link("ab", "region-eu"), link("ad", "region-eu"), link("bd", "region-eu"), link("ac", "0"));
    }

    @Test
    void whenAGatewayGoesItsRegionIsLinkedAnewWithTheFewestLinks() {
        RegionGateways planner = new RegionGateways();
        CascadeMember b = member("b", "eu");
        CascadeMember c = member("c", "us");
        CascadeMember d = member("d", "ap");
        CascadeMember e = member("e", "eu");
        Cascade before = planner.plan(List.of(member("a", "eu"), b, c, d, e));

        Cascade after = planner.adapt(before, List.of(b, c, d, e));

        assertThat(after.links()).containsExactlyInAnyOrder(alone("be"), alone("bc"), link("cd", "0"));
        assertThat(planner.replan(after, List.of(b, c, d, e)))
                .isEqualTo(new CascadeChange(
                        List.of(), List.of(alone("bc")), List.of(), List.of(link("bc", "0"), link("bd", "0"))));
    }

    @Test
    void visitorsHangOnTheirRegionsLeastStressedBridgeNextToTheCore() {
        Cascade cascade = VISITORS.plan(
                List.of(visitors("v", "us", 0.1), member("a", "eu"), member("b", "us"), visitors("w", "us", 0.1)));

        assertThat(cascade.links()).containsExactlyInAnyOrder(link("ab", "0"), alone("vb"), alone("wb"));
    }

    @Test
    void whereVisitorsHang() {
        CascadeMember far = stressed("a", "eu", 0.3);
        CascadeMember near = stressed("b", "us", 0.5);
        CascadeMember idle = stressed("c", "eu", 0.1);
        CascadeMember hot = stressed("d", "us", 0.9);

        // Not overloaded and of the same region; an overloaded one of the region is worse than one elsewhere.
        assertThat(anchor(List.of(far, near, hot), "us")).isEqualTo(id("b"));
        assertThat(anchor(List.of(far, hot), "us")).isEqualTo(id("a"));
        // Not overloaded; of those the least stressed.
        assertThat(anchor(List.of(far, idle, near), "ap")).isEqualTo(id("c"));
        // All overloaded: of the same region, then any.
        assertThat(anchor(List.of(stressed("a", "eu", 0.85), hot), "us")).isEqualTo(id("d"));
        assertThat(anchor(List.of(hot, stressed("a", "eu", 0.85)), "ap")).isEqualTo(id("a"));
    }

    @Test
    void theDistanceToTheCoreCountsBeforeTheStressAndTheRegionBeforeTheDistance() {
        CascadeMember core = stressed("a", "eu", 0.7);
        assertThat(anchor(List.of(core, visitors("w", "eu", 0.1)), "eu")).isEqualTo(id("a"));
        assertThat(anchor(List.of(core, visitors("w", "us", 0.1)), "us")).isEqualTo(id("w"));
    }

    @Test
    void visitorsBeforeAnyParticipantAreJoinedByTheCoreThatComes() {
        CascadeMember v = visitors("v", "eu", 0.1);
        CascadeMember a = member("a", "us");
        CascadeMember b = member("b", "us");

        Cascade cascade = VISITORS.adapt(VISITORS.plan(List.of(v)), List.of(v, a, b));

        assertThat(cascade.links()).containsExactlyInAnyOrder(alone("va"), link("ab", "0"));
    }

    @Test
    void orphanedVisitorsAreLinkedAgain() {
        CascadeMember a = member("a", "eu");
        CascadeMember b = member("b", "us");
        CascadeMember v = visitors("v", "us", 0.1);
        Cascade before = VISITORS.plan(List.of(a, b, v));
        assertThat(before.links()).contains(alone("vb"));

        assertThat(VISITORS.adapt(before, List.of(a, v)).links()).containsExactly(alone("av"));
    }

    private static CascadeMember stressed(String letter, String region, double stress) {
        return new CascadeMember(id(letter), CascadeFixture.kind(region), Audience.PARTICIPANT, 10, 1e6, stress);
    }

    /** On whom visitors of a region hang who come after these. */
    private static BridgeId anchor(List<CascadeMember> present, String region) {
        Cascade cascade = VISITORS.plan(present);
        List<CascadeMember> members = new ArrayList<>(present);
        members.add(visitors("z", region, 0));
        return VISITORS.adapt(cascade, members).relaysOf(id("z")).getFirst().peer();
    }
}
