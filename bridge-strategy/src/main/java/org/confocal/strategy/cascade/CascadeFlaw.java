package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.confocal.strategy.BridgeId;

/** What is wrong with bridges and links that are not a cascade. */
public sealed interface CascadeFlaw {

    /** A link to a bridge that is not of the conference. */
    record StrangeBridge(Link link) implements CascadeFlaw {}

    /** A bridge that is listed twice. */
    record ListedTwice(BridgeId bridge) implements CascadeFlaw {}

    /** Both belong to the mesh and are not linked: neither hears what the other sends. */
    record NotFullyLinked(MeshId mesh, BridgeId a, BridgeId b) implements CascadeFlaw {}

    /** The mesh joins two bridges that other meshes join already: what one sends would go round for ever. */
    record SecondPath(MeshId mesh, BridgeId a, BridgeId b) implements CascadeFlaw {}

    /** No path leads from one to the other. */
    record NoPath(BridgeId a, BridgeId b) implements CascadeFlaw {}

    /** Everything that is wrong; empty for a cascade. In no particular order. */
    static List<CascadeFlaw> of(List<BridgeId> bridges, Collection<Link> links) {
        List<CascadeFlaw> flaws = new ArrayList<>();
        Map<BridgeId, Integer> indexes = new HashMap<>();
        for (BridgeId bridge : bridges) {
            if (indexes.putIfAbsent(bridge, indexes.size()) != null) {
                flaws.add(new ListedTwice(bridge));
            }
        }
        Set<Link> distinct = new HashSet<>();
        SortedMap<MeshId, SortedSet<String>> meshes = new TreeMap<>();
        for (Link link : links) {
            if (indexes.containsKey(link.a()) && indexes.containsKey(link.b())) {
                distinct.add(link);
                SortedSet<String> mesh = meshes.computeIfAbsent(link.mesh(), id -> new TreeSet<>());
                mesh.add(link.a().value());
                mesh.add(link.b().value());
            } else {
                flaws.add(new StrangeBridge(link));
            }
        }
        // Bridges and meshes, as the two sides of a graph, must be a tree.
        Components components = new Components(indexes.size());
        meshes.forEach((mesh, names) -> {
            List<BridgeId> in = names.stream().map(BridgeId::new).toList();
            for (int i = 0; i < in.size(); i++) {
                if (i > 0 && !components.join(index(indexes, in.getFirst()), index(indexes, in.get(i)))) {
                    flaws.add(new SecondPath(mesh, in.getFirst(), in.get(i)));
                }
                for (int j = 0; j < i; j++) {
                    if (!distinct.contains(new Link(in.get(j), in.get(i), mesh))) {
                        flaws.add(new NotFullyLinked(mesh, in.get(j), in.get(i)));
                    }
                }
            }
        });
        for (BridgeId bridge : indexes.keySet()) {
            if (components.join(0, index(indexes, bridge)) && !bridge.equals(bridges.getFirst())) {
                flaws.add(new NoPath(bridges.getFirst(), bridge));
            }
        }
        return flaws;
    }

    private static int index(Map<BridgeId, Integer> indexes, BridgeId bridge) {
        return indexes.getOrDefault(bridge, -1);
    }
}
