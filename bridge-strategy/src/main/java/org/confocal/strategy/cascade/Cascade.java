package org.confocal.strategy.cascade;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.confocal.strategy.BridgeId;

/**
 * The bridges of one conference and the links between them: a tree of meshes, each mesh fully linked. By the bridges' rule
 * (from an endpoint to all relays; from a relay to those of other meshes) everything that one bridge sends reaches every
 * other bridge exactly once. There is no cascade for which that does not hold. Immutable.
 */
public final class Cascade {
    private static final Cascade EMPTY = new Cascade(List.of(), List.of());

    /** The mesh that something sent by a bridge's own endpoint comes from. */
    private static final int NO_MESH = -1;

    private final List<BridgeId> bridges;
    private final List<Link> links;
    private final Map<BridgeId, Integer> indexes;
    private final List<MeshId> meshIds;
    private final int[][] peers;
    private final int[][] meshes;

    /** A bridge's relay: whom it is linked with, and in which mesh. */
    public record Relay(BridgeId peer, MeshId mesh) {}

    /** Told of every bridge that something sent by one bridge reaches; each once, the nearer before those behind them. */
    interface Reach {
        /**
         * @param from the peer that forwards it
         * @param to the bridge that hears it
         */
        void step(int from, int to);
    }

    /** @param links none twice */
    private Cascade(List<BridgeId> bridges, Collection<Link> links) {
        this.bridges = List.copyOf(bridges);
        List<Link> sorted = new ArrayList<>(links);
        sorted.sort(null);
        this.links = List.copyOf(sorted);
        indexes = HashMap.newHashMap(bridges.size());
        for (BridgeId bridge : bridges) {
            indexes.put(bridge, indexes.size());
        }
        int[] degrees = new int[bridges.size()];
        for (Link link : sorted) {
            degrees[index(link.a())]++;
            degrees[index(link.b())]++;
        }
        peers = new int[degrees.length][];
        meshes = new int[degrees.length][];
        for (int i = 0; i < degrees.length; i++) {
            peers[i] = new int[degrees[i]];
            meshes[i] = new int[degrees[i]];
        }
        meshIds = new ArrayList<>();
        for (Link link : sorted) {
            int a = index(link.a());
            int b = index(link.b());
            int mesh = meshIds.indexOf(link.mesh());
            if (mesh < 0) {
                mesh = meshIds.size();
                meshIds.add(link.mesh());
            }
            peers[a][--degrees[a]] = b;
            meshes[a][degrees[a]] = mesh;
            peers[b][--degrees[b]] = a;
            meshes[b][degrees[b]] = mesh;
        }
    }

    /** No bridges. */
    public static Cascade empty() {
        return EMPTY;
    }

    /**
     * These bridges, linked so.
     *
     * @param bridges in the order in which they joined the conference
     * @throws IllegalArgumentException with all {@link CascadeFlaw flaws}, if they are not a tree of full meshes
     */
    public static Cascade of(List<BridgeId> bridges, Collection<Link> links) {
        List<CascadeFlaw> flaws = CascadeFlaw.of(bridges, links);
        if (!flaws.isEmpty()) {
            throw new IllegalArgumentException("not a cascade: " + flaws);
        }
        return new Cascade(bridges, Set.copyOf(links));
    }

    /** In the order in which they joined. */
    public List<BridgeId> bridges() {
        return bridges;
    }

    /** In the order of their bridges' ids. */
    public List<Link> links() {
        return links;
    }

    public boolean contains(BridgeId bridge) {
        return indexes.containsKey(bridge);
    }

    /** The relays that a bridge has. Refuses a bridge that is not of the conference. */
    public List<Relay> relaysOf(BridgeId bridge) {
        int at = index(bridge);
        List<Relay> relays = new ArrayList<>();
        for (int i = peers[at].length - 1; i >= 0; i--) {
            relays.add(new Relay(bridges.get(peers[at][i]), meshIds.get(meshes[at][i])));
        }
        return relays;
    }

    /**
     * The bridges that media passes from one to the other, both included; one alone if both are the same. Refuses bridges
     * that are not of the conference.
     */
    public List<BridgeId> path(BridgeId from, BridgeId to) {
        int[] towards = new int[bridges.size()];
        // Walked from the far end, each bridge learns which peer is next on the way there.
        reach(index(to), (peer, at) -> towards[at] = peer);
        List<BridgeId> path = new ArrayList<>();
        for (int at = index(from); at != index(to); at = towards[at]) {
            path.add(bridges.get(at));
        }
        path.add(to);
        return path;
    }

    /**
     * The bridges whose endpoints a bridge hears over its relays of one mesh, in order of joining; none if it is not in that mesh.
     * Refuses a bridge that is not of the conference.
     */
    public List<BridgeId> behind(BridgeId bridge, MeshId mesh) {
        int at = index(bridge);
        boolean[] heard = new boolean[bridges.size()];
        for (int i = 0; i < peers[at].length; i++) {
            if (meshIds.get(meshes[at][i]).equals(mesh)) {
                hearOver(at, i, heard);
            }
        }
        return select(heard);
    }

    /**
     * The bridges whose endpoints a bridge hears over its relay to one peer, the peer included, in order of joining. These are
     * the endpoints that the relay is told of (spec/04, section 3). None if the two are not linked. Refuses bridges that
     * are not of the conference.
     */
    public List<BridgeId> heardOver(BridgeId bridge, BridgeId peer) {
        int at = index(bridge);
        int other = index(peer);
        boolean[] heard = new boolean[bridges.size()];
        for (int i = 0; i < peers[at].length; i++) {
            if (peers[at][i] == other) {
                hearOver(at, i, heard);
            }
        }
        return select(heard);
    }

    /**
     * For every other bridge, the peer over whose relay it hears what the endpoints of {@code source} send. Refuses a bridge
     * that is not of the conference.
     */
    public Map<BridgeId, BridgeId> hearers(BridgeId source) {
        Map<BridgeId, BridgeId> hearers = HashMap.newHashMap(bridges.size());
        reach(index(source), (from, to) -> hearers.put(bridges.get(to), bridges.get(from)));
        return hearers;
    }

    private void hearOver(int at, int relay, boolean[] heard) {
        int peer = peers[at][relay];
        heard[peer] = true;
        spread(peer, meshes[at][relay], (from, to) -> heard[to] = true);
    }

    private List<BridgeId> select(boolean[] wanted) {
        List<BridgeId> selected = new ArrayList<>();
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i]) {
                selected.add(bridges.get(i));
            }
        }
        return selected;
    }

    /** What has to be done to come from this cascade to the other. */
    public CascadeChange changeTo(Cascade next) {
        Set<Link> before = new HashSet<>(links);
        Set<Link> after = new HashSet<>(next.links);
        return new CascadeChange(
                bridges.stream().filter(bridge -> !next.contains(bridge)).toList(),
                links.stream().filter(link -> !after.contains(link)).toList(),
                next.bridges.stream().filter(bridge -> !contains(bridge)).toList(),
                next.links.stream().filter(link -> !before.contains(link)).toList());
    }

    /** The first bridge. Refused where there is another. */
    Cascade withoutLinks(BridgeId newcomer) {
        if (!bridges.isEmpty()) {
            throw new IllegalArgumentException("without a link, " + newcomer + " would not hear " + bridges);
        }
        return with(newcomer, List.of());
    }

    /** This cascade and one bridge more, linked with one of it by a mesh of their own. */
    Cascade withLink(BridgeId newcomer, BridgeId anchor) {
        index(anchor);
        return with(newcomer, List.of(Link.alone(newcomer, anchor)));
    }

    /** This cascade and one bridge more in a mesh; where nobody is in that mesh yet, it is opened with the anchor. */
    Cascade withinMesh(BridgeId newcomer, MeshId mesh, BridgeId anchor) {
        index(anchor);
        List<BridgeId> members = members(mesh);
        List<BridgeId> peersThere = members.isEmpty() ? List.of(anchor) : members;
        return with(
                newcomer,
                peersThere.stream().map(peer -> new Link(newcomer, peer, mesh)).toList());
    }

    private Cascade with(BridgeId newcomer, List<Link> more) {
        if (contains(newcomer)) {
            throw new IllegalArgumentException(newcomer + " is in the cascade");
        }
        List<BridgeId> nextBridges = new ArrayList<>(bridges);
        nextBridges.add(newcomer);
        List<Link> nextLinks = new ArrayList<>(links);
        nextLinks.addAll(more);
        return new Cascade(nextBridges, nextLinks);
    }

    /** Those that have a link of this mesh, in the order in which they joined. */
    List<BridgeId> members(MeshId mesh) {
        int number = meshIds.indexOf(mesh);
        List<BridgeId> members = new ArrayList<>();
        for (int i = 0; i < bridges.size(); i++) {
            for (int other : meshes[i]) {
                if (other == number) {
                    members.add(bridges.get(i));
                    break;
                }
            }
        }
        return members;
    }

    /** Follows what one bridge's endpoints send through the cascade. */
    void reach(int from, Reach reach) {
        spread(from, NO_MESH, reach);
    }

    private void spread(int from, int cameOver, Reach reach) {
        int[] waiting = new int[bridges.size()];
        int[] over = new int[bridges.size()];
        int count = 0;
        waiting[count] = from;
        over[count++] = cameOver;
        while (count > 0) {
            int at = waiting[--count];
            int mesh = over[count];
            for (int i = 0; i < peers[at].length; i++) {
                if (meshes[at][i] != mesh) {
                    reach.step(at, peers[at][i]);
                    waiting[count] = peers[at][i];
                    over[count++] = meshes[at][i];
                }
            }
        }
    }

    int index(BridgeId bridge) {
        Integer index = indexes.get(bridge);
        if (index == null) {
            throw new IllegalArgumentException(bridge + " is not in the cascade");
        }
        return index;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cascade cascade && cascade.bridges.equals(bridges) && cascade.links.equals(links);
    }

    @Override
    public int hashCode() {
        return 31 * bridges.hashCode() + links.hashCode();
    }

    @Override
    public String toString() {
        return "Cascade[bridges=" + bridges + ", links=" + links + "]";
    }
}
