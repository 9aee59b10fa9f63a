package org.confocal.strategy.cascade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.cascade.CascadeFixture.bridges;
import static org.confocal.strategy.cascade.CascadeFixture.numbered;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.strategy.BridgeId;

/** Cascades and planners against packets. */
class CascadePropertyTest {
    /** Mesh-ids at random, or none, for all pairs of up to five bridges: valid is what carries packets once, in full meshes. */
    @Property(tries = 4000)
    void validIsWhatEverybodyHearsOnce(@ForAll("anyLinks") List<Link> links) {
        List<BridgeId> bridges = linked(links);

        boolean valid = CascadeFlaw.of(bridges, links).isEmpty();

        assertThat(valid).isEqualTo(fullMeshes(links) && new Packets(bridges, links).everybodyHearsEverybodyOnce());
    }

    @Provide
    Arbitrary<List<Link>> anyLinks() {
        Arbitrary<String> meshes = Arbitraries.of("", "0", "0", "1", "2", "3");
        return Arbitraries.integers()
                .between(1, 5)
                .flatMap(size -> meshes.list().ofSize(size * (size - 1) / 2).map(ids -> {
                    List<Link> links = new ArrayList<>();
                    int pair = 0;
                    for (int i = 0; i < size; i++) {
                        for (int j = 0; j < i; j++) {
                            String mesh = ids.get(pair++);
                            if (!mesh.isEmpty()) {
                                links.add(new Link(numbered(j), numbered(i), new MeshId(mesh)));
                            }
                        }
                    }
                    return links;
                }));
    }

    private static List<BridgeId> linked(List<Link> links) {
        Set<BridgeId> bridges = new HashSet<>();
        links.forEach(link -> bridges.addAll(List.of(link.a(), link.b())));
        return List.copyOf(bridges);
    }

    private static boolean fullMeshes(List<Link> links) {
        Map<MeshId, Set<BridgeId>> members = new HashMap<>();
        Map<MeshId, Integer> counts = new HashMap<>();
        for (Link link : links) {
            members.computeIfAbsent(link.mesh(), mesh -> new HashSet<>()).addAll(List.of(link.a(), link.b()));
            counts.merge(link.mesh(), 1, Integer::sum);
        }
        return members.entrySet().stream().allMatch(mesh -> {
            int size = mesh.getValue().size();
            return counts.getOrDefault(mesh.getKey(), 0) == size * (size - 1) / 2;
        });
    }

    /** Members come, go and change what they carry. */
    record Step(int member, boolean here, int seed, int planner) {}

    @Property(tries = 400)
    void whateverHappensEverybodyHearsEverybodyOnce(
            @ForAll("steps") List<Step> steps, @ForAll("goals") CascadeGoal goal) {
        List<CascadePlanner> planners = planners(goal);
        Map<Integer, CascadeMember> members = new LinkedHashMap<>();
        Cascade cascade = Cascade.empty();
        for (Step step : steps) {
            if (step.here) {
                members.put(step.member, CascadeFixture.member(step.member, step.seed));
            } else {
                members.remove(step.member);
            }
            List<CascadeMember> wanted = List.copyOf(members.values());
            // Not the planner of the step before: a site may change it, and a restart keeps the cascade.
            CascadePlanner planner = planners.get(step.planner);
            Cascade next = planner.adapt(cascade, wanted);

            checkSound(next, wanted);
            checkNothingMoved(cascade, next);
            checkSound(planner.plan(wanted), wanted);
            assertThat(planner.adapt(next, wanted)).isEqualTo(next);
            cascade = next;
        }
    }

    private static void checkSound(Cascade cascade, List<CascadeMember> members) {
        assertThat(cascade.bridges()).containsExactlyInAnyOrderElementsOf(bridges(members));
        assertThat(CascadeFlaw.of(cascade.bridges(), cascade.links())).isEmpty();
        assertThat(new Packets(cascade.bridges(), cascade.links()).everybodyHearsEverybodyOnce())
                .isTrue();
    }

    /** Only links of those that went are missing. */
    private static void checkNothingMoved(Cascade before, Cascade after) {
        CascadeChange change = before.changeTo(after);
        assertThat(change.removed())
                .allMatch(link ->
                        change.leaving().contains(link.a()) || change.leaving().contains(link.b()));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.of(true, true, false),
                        Arbitraries.integers().between(0, Integer.MAX_VALUE),
                        Arbitraries.integers().between(0, 4))
                .as(Step::new)
                .list()
                .ofMaxSize(14);
    }

    @Provide
    Arbitrary<CascadeGoal> goals() {
        return CascadeFixture.goals();
    }

    private static List<CascadePlanner> planners(CascadeGoal goal) {
        List<CascadePlanner> planners = List.of(
                new FullMesh(),
                new RegionGateways(),
                new RegionMeshes(),
                new VisitorTopology(0.8),
                new CostOptimalTree(goal));
        List<CascadePlanner> all = new ArrayList<>(planners);
        all.add(new BestCascade(goal, planners));
        return all;
    }

    /** Tries to close the gaps with fewer links, between any bridges, in meshes of their own or in those that are left. */
    @Property(tries = 300)
    void noFewerLinksCouldCloseTheGaps(
            @ForAll("conferences") List<CascadeMember> members,
            @ForAll("plannerAndGone") List<Integer> choice,
            @ForAll("goals") CascadeGoal goal) {
        CascadePlanner planner = planners(goal).get(choice.getFirst());
        Cascade before = planner.plan(members);
        List<CascadeMember> left = members.stream()
                .filter(member -> !choice.subList(1, choice.size()).contains(members.indexOf(member)))
                .toList();

        Cascade after = planner.adapt(before, left);

        int added = before.changeTo(after).added().size();
        List<Link> kept =
                after.links().stream().filter(before.links()::contains).toList();
        assertThat(closable(bridges(left), kept, added)).isTrue();
        assertThat(added > 0 && closable(bridges(left), kept, added - 1)).isFalse();
    }

    private static boolean closable(List<BridgeId> bridges, List<Link> links, int more) {
        if (new Packets(bridges, links).everybodyHearsEverybodyOnce()) {
            return true;
        }
        if (more == 0) {
            return false;
        }
        Set<MeshId> meshes = new HashSet<>();
        links.forEach(link -> meshes.add(link.mesh()));
        meshes.add(new MeshId("new" + more));
        for (int i = 0; i < bridges.size(); i++) {
            for (int j = 0; j < i; j++) {
                for (MeshId mesh : meshes) {
                    List<Link> next = new ArrayList<>(links);
                    next.add(new Link(bridges.get(i), bridges.get(j), mesh));
                    if (closable(bridges, next, more - 1)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    @Provide
    Arbitrary<List<CascadeMember>> conferences() {
        return CascadeFixture.members(2, 5);
    }

    /** The planner, then who goes: one, or two at once. */
    @Provide
    Arbitrary<List<Integer>> plannerAndGone() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.integers().between(0, 4).list().ofMinSize(1).ofMaxSize(2))
                .as((planner, gone) -> {
                    List<Integer> choice = new ArrayList<>(List.of(planner));
                    choice.addAll(gone);
                    return choice;
                });
    }

    @Property(tries = 300)
    void pathsAndWhatIsBehindAreWhatPacketsTake(
            @ForAll("conferences") List<CascadeMember> members,
            @ForAll("goals") CascadeGoal goal,
            @ForAll("planner") int planner) {
        Cascade cascade = planners(goal).get(planner).plan(members);
        Packets packets = new Packets(cascade.bridges(), cascade.links());
        for (BridgeId source : cascade.bridges()) {
            packets.sentFrom(source).forEach((hearer, ways) -> {
                List<BridgeId> way = ways.getFirst();
                BridgeId last = way.get(way.size() - 2);
                assertThat(cascade.path(source, hearer)).isEqualTo(way);
                assertThat(cascade.heardOver(hearer, last)).contains(source);
                for (Cascade.Relay relay : cascade.relaysOf(hearer)) {
                    boolean same = relay.mesh().equals(mesh(cascade, hearer, last));
                    assertThat(cascade.behind(hearer, relay.mesh()).contains(source))
                            .isEqualTo(same);
                    assertThat(cascade.heardOver(hearer, relay.peer()).contains(source))
                            .isEqualTo(relay.peer().equals(last));
                }
            });
        }
    }

    private static MeshId mesh(Cascade cascade, BridgeId at, BridgeId peer) {
        return cascade.relaysOf(at).stream()
                .filter(relay -> relay.peer().equals(peer))
                .findFirst()
                .orElseThrow()
                .mesh();
    }

    @Provide
    Arbitrary<Integer> planner() {
        return Arbitraries.of(IntStream.rangeClosed(0, 4).boxed().toList());
    }
}
