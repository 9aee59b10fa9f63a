package org.confocal.tests.sim;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.MeetingId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.cascade.Cascade;

/**
 * Compares what bridges have in their books with the cascade of a conference in which nothing happens any more: relays to
 * exactly the neighbours, over which media can flow, and behind each exactly the endpoints that are to be heard over it,
 * with what they send. Bridges to which something was lost on the way are left out.
 */
final class SimCascadeCheck {
    private final SimFleet fleet;
    private final MeetingId meeting;
    private final Cascade cascade;
    private final Map<EndpointId, BridgeId> homes = new HashMap<>();

    SimCascadeCheck(SimFleet fleet, ConferenceState state, MeetingId meeting) {
        this.fleet = fleet;
        this.meeting = meeting;
        cascade = state.relays().cascade();
        for (Member member : state.members()) {
            if (!member.visitor()) {
                member.invite().allocation().ifPresent(where -> homes.put(member.id(), where.bridge()));
            }
        }
    }

    /**
     * How many ends of links were looked at.
     *
     * @throws Violation where something is amiss
     */
    int run() {
        int ends = 0;
        for (BridgeId id : cascade.bridges()) {
            if (!fleet.isExcused(id, meeting)) {
                check(bridge(id));
                ends += cascade.relaysOf(id).size();
            }
        }
        return ends;
    }

    private void check(SimBridge bridge) {
        Map<String, SimRelay> there = bridge.relays(meeting);
        Map<String, BridgeId> wanted = new HashMap<>();
        cascade.relaysOf(bridge.id())
                .forEach(relay -> wanted.put(bridge(relay.peer()).relayId().orElse("none"), relay.peer()));
        if (!there.keySet().equals(wanted.keySet())) {
            throw new Violation("%s has relays to %s, and its neighbours are %s"
                    .formatted(bridge.id(), there.keySet(), wanted.keySet()));
        }
        there.forEach((name, relay) -> {
            BridgeId peer = Optional.ofNullable(wanted.get(name)).orElseThrow();
            if (!fleet.isExcused(peer, meeting)) {
                linked(bridge, relay, bridge(peer));
            }
            heard(bridge, relay, peer);
        });
    }

    private void linked(SimBridge bridge, SimRelay relay, SimBridge peer) {
        Optional<SimRelay> other = bridge.relayId().map(peer.relays(meeting)::get);
        if (other.isEmpty() || !relay.isLinkedWith(other.get())) {
            throw new Violation("nothing flows between %s and %s".formatted(bridge.id(), peer.id()));
        }
    }

    private void heard(SimBridge bridge, SimRelay relay, BridgeId peer) {
        Map<EndpointId, EndpointSources> wanted = new HashMap<>();
        homes.forEach((endpoint, home) -> {
            if (cascade.heardOver(bridge.id(), peer).contains(home)) {
                wanted.put(
                        endpoint,
                        sources(endpoint, home)
                                .orElseGet(() -> relay.heard().getOrDefault(endpoint, EndpointSources.EMPTY)));
            }
        });
        if (!relay.heard().equals(wanted)) {
            throw new Violation(
                    "%s hears %s over %s, and there are %s".formatted(bridge.id(), relay.heard(), peer, wanted));
        }
    }

    /** What the endpoint's own bridge knows of it; empty where something was lost on the way there. */
    private Optional<EndpointSources> sources(EndpointId endpoint, BridgeId home) {
        return fleet.isExcused(home, meeting)
                ? Optional.empty()
                : bridge(home).endpoint(meeting, endpoint).map(SimBridge.Endpoint::sources);
    }

    private SimBridge bridge(BridgeId id) {
        return fleet.bridge(id).orElseThrow(() -> new IllegalStateException("no bridge " + id));
    }
}
