package org.confocal.tests.demo;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import org.confocal.tests.bridge.BridgeBooks;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.ConferenceBook;
import org.confocal.tests.bridge.EndpointBook;
import org.confocal.tests.bridge.RelayBook;

/**
 * Reads one conference out of the books of all bridges and says whether they are one cascade: every relay has its counterpart
 * in the same mesh with the transport it needs, media from any bridge reach any other once, and behind each relay are announced
 * exactly the people who are heard through it, with their sources. Says nothing of why it is so. Immutable.
 */
final class CascadeCheck {
    /** By bridge, in the bridges' order. */
    private final SequencedMap<String, ConferenceBook> books;

    private final List<String> wrong = new ArrayList<>();

    private CascadeCheck(SequencedMap<String, ConferenceBook> books) {
        this.books = books;
    }

    /** What a room's cascade looks like. */
    record Cascade(String room, List<String> bridges, List<Link> links, String topology) {
        Cascade {
            bridges = List.copyOf(bridges);
            links = List.copyOf(links);
        }
    }

    /** Two bridges that are linked, by name in order. */
    record Link(String a, String b, String mesh) {}

    /** @param address of the room */
    static CascadeCheck of(List<BridgeEmulator> bridges, String address) {
        SequencedMap<String, BridgeBooks> books = new LinkedHashMap<>();
        bridges.forEach(bridge -> books.put(bridge.config().name(), bridge.books()));
        return of(books, address);
    }

    /** @param books by relay id */
    static CascadeCheck of(SequencedMap<String, BridgeBooks> books, String address) {
        SequencedMap<String, ConferenceBook> found = new LinkedHashMap<>();
        books.forEach((bridge, all) -> all.conferences().values().stream()
                .filter(conference -> conference.name().equals(address))
                .forEach(conference -> found.put(bridge, conference)));
        return new CascadeCheck(found).check();
    }

    private CascadeCheck check() {
        books.forEach((bridge, conference) -> conference.relays().values().forEach(relay -> link(bridge, relay)));
        books.keySet().forEach(this::reachesAllOnce);
        return this;
    }

    /** One sentence for everything that is not as it should be. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    /** The bridges that the conference is on, in order. */
    List<String> bridges() {
        return List.copyOf(books.keySet());
    }

    private void link(String bridge, RelayBook relay) {
        ConferenceBook other = books.get(relay.id());
        if (other == null || other.relay(bridge).isEmpty()) {
            wrong.add(bridge + " has a relay to " + relay.id() + ", which has none to it");
            return;
        }
        RelayBook counterpart = other.relay(bridge).get();
        if (!relay.meshId().equals(counterpart.meshId())) {
            wrong.add(bridge + " and " + relay.id() + " are linked in meshes " + relay.meshId() + " and "
                    + counterpart.meshId());
        }
        if (relay.end() == counterpart.end()) {
            wrong.add(bridge + " and " + relay.id() + " are both " + relay.end());
        }
        if (!relay.isLinked()) {
            wrong.add(bridge + " cannot talk to " + relay.id() + ": " + relay.remote());
        }
    }

    private void reachesAllOnce(String bridge) {
        Set<String> heard = new HashSet<>(Set.of(bridge));
        conference(bridge).relays().values().forEach(relay -> {
            List<String> behind = behind(bridge, relay);
            for (String each : behind) {
                if (!heard.add(each)) {
                    wrong.add(bridge + " hears " + each + " more than once");
                }
            }
            announced(bridge, relay, behind);
        });
        if (heard.size() < books.size()) {
            wrong.add(bridge + " hears " + heard + " only of " + books.keySet());
        }
    }

    /** The bridges heard through a relay: what comes from one mesh is passed on into all others (spec/04, section 3.1). */
    private List<String> behind(String bridge, RelayBook first) {
        record Hop(String from, String to, String mesh) {}
        List<String> found = new ArrayList<>();
        Deque<Hop> open = new ArrayDeque<>(List.of(new Hop(bridge, first.id(), first.meshId())));
        while (!open.isEmpty() && found.size() <= books.size()) {
            Hop hop = open.pop();
            if (!books.containsKey(hop.to())) {
                continue;
            }
            found.add(hop.to());
            for (RelayBook next : conference(hop.to()).relays().values()) {
                if (!next.meshId().equals(hop.mesh())) {
                    open.add(new Hop(hop.to(), next.id(), next.meshId()));
                }
            }
        }
        return found;
    }

    private void announced(String bridge, RelayBook relay, List<String> behind) {
        Map<String, EndpointBook> there = new HashMap<>();
        behind.forEach(each -> there.putAll(conference(each).endpoints()));
        if (!relay.endpoints().keySet().equals(there.keySet())) {
            wrong.add(bridge + " was told of " + relay.endpoints().keySet() + " behind " + relay.id() + ", where "
                    + there.keySet() + " are");
            return;
        }
        relay.endpoints().forEach((id, endpoint) -> {
            EndpointBook home = there.get(id);
            if (home == null || !Set.copyOf(home.ssrcs()).equals(Set.copyOf(endpoint.ssrcs()))) {
                wrong.add(bridge + " does not know what " + id + " behind " + relay.id() + " sends");
            }
        });
    }

    private ConferenceBook conference(String bridge) {
        ConferenceBook found = books.get(bridge);
        if (found == null) {
            throw new IllegalArgumentException(bridge);
        }
        return found;
    }

    /** As far as it can be read. */
    Cascade describe(String room) {
        TreeMap<String, Link> links = new TreeMap<>();
        books.forEach((bridge, conference) -> conference.relays().values().forEach(relay -> {
            boolean inOrder = bridge.compareTo(relay.id()) < 0;
            String a = inOrder ? bridge : relay.id();
            String b = inOrder ? relay.id() : bridge;
            links.put(a + " " + b, new Link(a, b, relay.meshId()));
        }));
        return new Cascade(room, bridges(), List.copyOf(links.values()), topology(links.size()));
    }

    private String topology(int links) {
        int bridges = books.size();
        long meshes = books.values().stream()
                .flatMap(conference -> conference.relays().values().stream())
                .map(RelayBook::meshId)
                .distinct()
                .count();
        if (bridges <= 1) {
            return "one bridge";
        } else if (bridges == 2) {
            return "one link";
        } else if (links == bridges * (bridges - 1) / 2 && meshes == 1) {
            return "full mesh";
        } else if (links == bridges - 1) {
            return "tree";
        }
        return "tree of meshes";
    }
}
