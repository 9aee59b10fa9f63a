package org.confocal.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.Region;

/**
 * Three questions that probes ask, as JSON: {@code /health/live}, {@code /health/ready}, {@code /health/capacity}, and {@code
 * /health} for all of them. They look at what is known, and create nothing.
 */
final class HealthPage {
    private static final int UNAVAILABLE = 503;

    private HealthPage() {}

    /** That the process answers: what a restart could mend is nothing else. */
    static Reply live() {
        return Reply.json(alive());
    }

    /** Whether it can serve a conference; 503 with what is missing. */
    static Reply ready(FocusSnapshot focus) {
        return Reply.json(status(focus), readiness(focus));
    }

    /** How many more people it has room for; 503 where it is known that nobody has. */
    static Reply capacity(FocusSnapshot focus) {
        Room all = new Room();
        rooms(focus).values().forEach(all::add);
        return Reply.json(all.full() ? UNAVAILABLE : 200, capacities(focus));
    }

    /** All three; the status is that of being ready. */
    static Reply all(FocusSnapshot focus) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("live", alive());
        tree.put("ready", readiness(focus));
        tree.put("capacity", capacities(focus));
        return Reply.json(status(focus), tree);
    }

    private static Map<String, Object> alive() {
        return Map.of("alive", true);
    }

    private static int status(FocusSnapshot focus) {
        return missing(focus).isEmpty() ? 200 : UNAVAILABLE;
    }

    private static Map<String, Object> readiness(FocusSnapshot focus) {
        List<String> missing = missing(focus);
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("ready", missing.isEmpty());
        tree.put("prosodyConnected", focus.connected());
        tree.put("breweryJoined", focus.breweryJoined());
        tree.put(
                "usableBridges",
                focus.bridges().stream().filter(HealthCheck::usable).count());
        tree.put("missing", missing);
        return tree;
    }

    private static List<String> missing(FocusSnapshot focus) {
        List<String> missing = new ArrayList<>();
        if (!focus.connected()) {
            missing.add("XMPP is not connected.");
        }
        if (!focus.breweryJoined()) {
            missing.add("The bridges' brewery is not joined.");
        }
        if (focus.bridges().stream().noneMatch(HealthCheck::usable)) {
            missing.add("No bridge can be used, of " + focus.bridges().size() + ".");
        }
        return missing;
    }

    private static Map<String, Object> capacities(FocusSnapshot focus) {
        SortedMap<String, Room> rooms = rooms(focus);
        Room all = new Room();
        rooms.values().forEach(all::add);
        Map<String, Object> regions = new LinkedHashMap<>();
        rooms.forEach((region, room) -> regions.put(region, room.tree()));
        Map<String, Object> tree = all.tree();
        tree.put("full", all.full());
        tree.put("regions", regions);
        return tree;
    }

    /** By region; under the empty name what bridges have that report no region. */
    private static SortedMap<String, Room> rooms(FocusSnapshot focus) {
        SortedMap<String, Room> rooms = new TreeMap<>();
        for (FocusSnapshot.Bridge bridge : focus.bridges()) {
            BridgeSnapshot known = bridge.bridge();
            String region = known.region().map(Region::name).orElse("");
            Room room = rooms.computeIfAbsent(region, first -> new Room());
            if (HealthCheck.usable(bridge) && !known.report().drain().orElse(false)) {
                room.add(bridge);
            }
        }
        return rooms;
    }

    /** What some bridges can take that take anybody: neither failing, leaving nor draining. */
    private static final class Room {
        private long free;
        private int bridges;
        private int unknown;

        void add(FocusSnapshot.Bridge bridge) {
            bridges++;
            if (bridge.freeParticipants().isPresent()) {
                free += bridge.freeParticipants().getAsInt();
            } else {
                unknown++;
            }
        }

        void add(Room other) {
            free += other.free;
            bridges += other.bridges;
            unknown += other.unknown;
        }

        /** A bridge that does not say how loaded it is may have room. */
        boolean full() {
            return free == 0 && unknown == 0;
        }

        Map<String, Object> tree() {
            Map<String, Object> tree = new LinkedHashMap<>();
            // Where nobody knows, nothing is said: 0 would be taken for full.
            if (bridges > unknown || bridges == 0) {
                tree.put("freeParticipants", free);
            }
            tree.put("bridges", bridges);
            tree.put("bridgesOfUnknownLoad", unknown);
            return tree;
        }
    }
}
