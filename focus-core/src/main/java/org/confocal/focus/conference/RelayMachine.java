package org.confocal.focus.conference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.RelayNews.Item;
import org.confocal.focus.conference.state.Announcement;
import org.confocal.focus.conference.state.BridgeSession;
import org.confocal.focus.conference.state.Invite;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.OrderedMap;
import org.confocal.focus.conference.state.RelayBook;
import org.confocal.focus.conference.state.RelayEnd;
import org.confocal.focus.conference.state.RelayEnd.Stage;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest.RelaySide;
import org.confocal.focus.model.EndpointSources;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.cascade.Cascade;
import org.confocal.strategy.cascade.Link;

/**
 * Links the bridges of a conference (spec/04, section 3), once at the end of each step, when it is known which bridges came
 * and went and which endpoints changed: takes links down, makes others, and tells every bridge of the endpoints that it
 * hears from elsewhere. Nothing is said while there is one bridge.
 */
final class RelayMachine {
    private final ConferenceConfig config;
    private final RelayRequests requests;
    private final CascadePlan plan;

    RelayMachine(ConferenceConfig config, CascadePlan plan, BridgeRequests bridges) {
        this.config = config;
        this.plan = plan;
        requests = new RelayRequests(config, bridges);
    }

    /** Whether a conference may use this bridge beside those it has: all of them must be able to relay. */
    boolean mayJoin(Draft d, Selection.Chosen choice) {
        Set<String> relayIds = new HashSet<>();
        boolean able = config.octo().enabled()
                && choice.relayId().filter(relayIds::add).isPresent();
        for (BridgeSession session : d.bridges.values()) {
            able &= session.bridge().equals(choice.bridge())
                    || session.relayId().filter(relayIds::add).isPresent();
        }
        return able;
    }

    /** Carries out what the step has changed. */
    void settle(Draft d) {
        Cascade present = d.relays.cascade();
        if (d.bridges.isEmpty()) {
            // Relays went with the conference on their bridge.
            d.relays = RelayBook.NONE;
        } else if (!d.left.isEmpty() || d.mend || present.bridges().size() != d.bridges.size()) {
            rewire(d);
        } else if (!d.touched.isEmpty() && present.bridges().size() > 1) {
            announce(d);
        }
    }

    /** Makes the links anew for which something could not be said while the focus was cut off. */
    void mend(Draft d) {
        for (RelayEnd end : d.relays.ends()) {
            d.mend |= end.stage() == Stage.CUT_OFF;
        }
    }

    /** The bridges stay, and so do the links. */
    private void announce(Draft d) {
        RelayBook before = d.relays;
        RelayNews news = new RelayNews(before, before.ends().keys(), before.cascade());
        Map<EndpointId, Announcement> announced = before.announced().edit();
        for (EndpointId id : d.touched) {
            Optional<Announcement> now = d.members.get(id).flatMap(member -> announcement(d, member));
            news.add(id, now);
            now.ifPresentOrElse(said -> announced.put(id, said), () -> announced.remove(id));
        }
        d.relays = before.withAnnounced(OrderedMap.taking(announced));
        for (RelayEnd end : before.ends()) {
            // No endpoint moves from one relay to another here, so that the order within a request does not matter.
            List<Item> items = new ArrayList<>(news.gone().getOrDefault(end.key(), List.of()));
            items.addAll(news.heard().getOrDefault(end.key(), List.of()));
            requests.tell(d, end, items, d.relays.announced());
        }
    }

    /** Bridges came or went. */
    private void rewire(Draft d) {
        RelayBook before = d.relays;
        Cascade next = plan.next(d);
        Map<RelayEnd.Key, RelayEnd> ends = kept(d, next);
        for (RelayEnd end : before.ends()) {
            if (!ends.containsKey(end.key()) && d.bridges.contains(end.at()) && !d.left.contains(end.at())) {
                requests.expire(d, end);
            }
        }
        OrderedMap<EndpointId, Announcement> announced = next.bridges().size() > 1 ? all(d) : OrderedMap.empty();
        RelayNews news = new RelayNews(before, Set.copyOf(ends.keySet()), next);
        Set<EndpointId> ids = new LinkedHashSet<>(before.announced().keys());
        ids.addAll(announced.keys());
        ids.forEach(id -> news.add(id, announced.get(id)));

        // Bridges refuse an endpoint that they know over another relay: first all that goes, then all that comes.
        news.gone().forEach((key, items) -> requests.tell(d, end(ends, key), items, announced));
        Set<RelayEnd.Key> old = Set.copyOf(ends.keySet());
        List<Link> made = next.links().stream()
                .filter(link -> !old.contains(new RelayEnd.Key(link.a(), link.b())))
                .toList();
        for (Link link : made) {
            make(d, next, link, news, announced).forEach(end -> ends.put(end.key(), end));
        }
        news.heard().forEach((key, items) -> {
            if (old.contains(key)) {
                requests.tell(d, end(ends, key), items, announced);
            }
        });
        d.relays = new RelayBook(next, OrderedMap.of(ends), announced);
        report(d, before, made, old.size() / 2);
    }

    /** The ends of those links that are there before and after. */
    private static Map<RelayEnd.Key, RelayEnd> kept(Draft d, Cascade next) {
        Set<Link> wanted = Set.copyOf(next.links());
        Map<RelayEnd.Key, RelayEnd> kept = new LinkedHashMap<>();
        for (RelayEnd end : d.relays.ends()) {
            boolean stays = wanted.contains(end.link()) && !d.left.contains(end.at()) && !d.left.contains(end.peer());
            boolean sound = !d.mend
                    || (end.stage() != Stage.CUT_OFF
                            && d.relays
                                    .ends()
                                    .get(end.key().opposite())
                                    .filter(other -> other.stage() != Stage.CUT_OFF)
                                    .isPresent());
            if (stays && sound) {
                kept.put(end.key(), end);
            }
        }
        return kept;
    }

    private List<RelayEnd> make(
            Draft d, Cascade next, Link link, RelayNews news, OrderedMap<EndpointId, Announcement> announced) {
        boolean inOrder = next.bridges().indexOf(link.a()) < next.bridges().indexOf(link.b());
        BridgeSession first = session(d, inOrder ? link.a() : link.b());
        BridgeSession second = session(d, inOrder ? link.b() : link.a());
        d.count(ConferenceCounter.RELAY_LINKS_MADE);
        return List.of(
                requests.create(d, first, second, link, RelaySide.INITIATOR, heard(news, first, second), announced),
                requests.create(d, second, first, link, RelaySide.RESPONDER, heard(news, second, first), announced));
    }

    private static List<Item> heard(RelayNews news, BridgeSession at, BridgeSession peer) {
        return news.heard().getOrDefault(new RelayEnd.Key(at.bridge(), peer.bridge()), List.of());
    }

    private static void report(Draft d, RelayBook before, List<Link> made, int kept) {
        int removed = before.ends().size() / 2 - kept;
        for (int i = 0; i < removed; i++) {
            d.count(ConferenceCounter.RELAY_LINKS_REMOVED);
        }
        if (removed > 0 || !made.isEmpty()) {
            d.log(
                    Effect.Level.INFO,
                    "Links between %d bridges: %d stay, %d are gone, made: %s"
                            .formatted(
                                    d.bridges.size(),
                                    kept,
                                    removed,
                                    made.stream()
                                            .map(link -> link.a().nick() + "-"
                                                    + link.b().nick())
                                            .toList()));
        }
    }

    private static OrderedMap<EndpointId, Announcement> all(Draft d) {
        Map<EndpointId, Announcement> announced = new LinkedHashMap<>();
        for (Member member : d.members.values()) {
            announcement(d, member).ifPresent(said -> announced.put(said.id(), said));
        }
        return OrderedMap.of(announced);
    }

    /** What other bridges must know of somebody; empty for visitors, and for those without an endpoint. */
    private static Optional<Announcement> announcement(Draft d, Member member) {
        return announcement(member, d.sources.of(member.id()));
    }

    static Optional<Announcement> announcement(Member member, EndpointSources accepted) {
        if (member.visitor()) {
            return Optional.empty();
        }
        boolean theirs =
                member.invite() instanceof Invite.Active || member.held().isPresent();
        EndpointSources sources = theirs ? accepted : member.kept();
        return member.invite().allocation().map(where -> new Announcement(member.id(), where.bridge(), sources));
    }

    private static RelayEnd end(Map<RelayEnd.Key, RelayEnd> ends, RelayEnd.Key key) {
        return Optional.ofNullable(ends.get(key)).orElseThrow(() -> new IllegalStateException("no relay " + key));
    }

    private static BridgeSession session(Draft d, BridgeId bridge) {
        return d.bridges
                .get(bridge)
                .orElseThrow(() -> new IllegalStateException("linked without a session: " + bridge));
    }
}
