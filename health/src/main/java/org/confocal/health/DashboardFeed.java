package org.confocal.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.confocal.focus.view.Decision;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.confocal.strategy.BridgeSnapshot;
import org.confocal.strategy.Region;
import org.confocal.strategy.Selection;
import org.confocal.strategy.choice.EgressEstimate.Usd;

/**
 * What the dashboard shows, as a row of frames: a whole one says everything, a change says what is new since the frame before
 * it. Conferences are in it as numbers only: a page asks for those that it shows. Used by one thread at a time.
 */
final class DashboardFeed {
    /** Every so many frames what the traffic costs is estimated anew: that looks at every conference. */
    private static final int EGRESS_EVERY = 5;

    private static final int MAX_DECISIONS = 50;

    private final FocusView view;
    private final FocusIdentity identity;
    private final SiteFacts site;
    private final Map<String, List<Object>> bridges = new LinkedHashMap<>();
    private SortedMap<String, Usd> egress = new TreeMap<>();
    private long lastDecision;
    private int frames;

    DashboardFeed(FocusView view, FocusIdentity identity, SiteFacts site) {
        this.view = view;
        this.identity = identity;
        this.site = site;
    }

    /** The same moment for who knows nothing, and for who knows the frame before it. */
    record Frame(Map<String, Object> whole, Map<String, Object> change) {}

    /** The next moment. */
    Frame next() {
        FocusSnapshot focus = view.snapshot();
        if (frames++ % EGRESS_EVERY == 0) {
            egress = EgressByRegion.of(view, focus, site);
        }
        Map<String, List<Object>> changed = new LinkedHashMap<>();
        Map<String, List<Object>> now = new LinkedHashMap<>();
        for (FocusSnapshot.Bridge bridge : focus.bridges()) {
            String id = bridge.bridge().id().value();
            List<Object> row = row(bridge);
            now.put(id, row);
            if (!row.equals(bridges.get(id))) {
                changed.put(id, row);
            }
        }
        List<String> gone = new ArrayList<>(bridges.keySet());
        gone.removeAll(now.keySet());
        bridges.clear();
        bridges.putAll(now);

        Map<String, Object> summary = summary(focus);
        List<Decision> recent = view.explanations().decisionsAfter(0, MAX_DECISIONS);
        List<Decision> fresh =
                recent.stream().filter(decision -> decision.id() > lastDecision).toList();
        lastDecision = recent.isEmpty() ? lastDecision : recent.getFirst().id();
        return new Frame(
                frame("whole", summary, Map.copyOf(now), List.of(), recent),
                frame("change", summary, changed, gone, fresh));
    }

    private static Map<String, Object> frame(
            String kind,
            Map<String, Object> summary,
            Map<String, List<Object>> bridges,
            List<String> gone,
            List<Decision> decisions) {
        Map<String, Object> frame = new LinkedHashMap<>();
        frame.put("kind", kind);
        frame.putAll(summary);
        frame.put("bridges", bridges);
        frame.put("gone", gone);
        frame.put("decisions", decisions.stream().map(DashboardFeed::line).toList());
        return frame;
    }

    /** Region, state, stress in percent without and with reservations, people, reservations, room for (-1: unknown), version. */
    private static List<Object> row(FocusSnapshot.Bridge bridge) {
        BridgeSnapshot known = bridge.bridge();
        return List.of(
                known.region().map(Region::name).orElse(""),
                state(bridge),
                percent(bridge.stress()),
                percent(bridge.correctedStress()),
                bridge.endpoints(),
                bridge.reservations(),
                bridge.freeParticipants().orElse(-1),
                known.fullVersion().orElse(""));
    }

    private static long percent(double stress) {
        return Math.round(Math.max(0, stress) * 100);
    }

    private static String state(FocusSnapshot.Bridge bridge) {
        BridgeSnapshot known = bridge.bridge();
        if (!known.healthy()) {
            return "unhealthy";
        }
        if (known.shuttingDown()) {
            return "shutting down";
        }
        if (!bridge.operational()) {
            return "failing";
        }
        if (known.inGracefulShutdown()) {
            return "graceful shutdown";
        }
        if (known.draining()) {
            return "draining";
        }
        return bridge.overloaded() ? "overloaded" : "usable";
    }

    private Map<String, Object> summary(FocusSnapshot focus) {
        long participants = 0;
        long visitors = 0;
        long cascaded = 0;
        int largest = 0;
        for (FocusSnapshot.Conference conference : focus.conferences()) {
            participants += conference.participants();
            visitors += conference.visitors();
            cascaded += conference.bridges() > 1 ? 1 : 0;
            largest = Math.max(largest, conference.participants());
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("at", focus.at().toString());
        summary.put("version", identity.version());
        summary.put("strategy", identity.strategy());
        summary.put("connected", focus.connected());
        summary.put("breweryJoined", focus.breweryJoined());
        summary.put("conferences", focus.conferences().size());
        summary.put("conferencesOnSeveralBridges", cascaded);
        summary.put("largestConference", largest);
        summary.put("participants", participants);
        summary.put("visitors", visitors);
        summary.put("warnings", SiteWarnings.of(focus, site));
        Map<String, Object> usd = new LinkedHashMap<>();
        egress.forEach(
                (region, cost) -> usd.put(region, List.of(cents(cost.toParticipants()), cents(cost.toBridges()))));
        summary.put("egressUsdPerHour", usd);
        return summary;
    }

    /** To a hundredth of a cent, so that a frame is short. */
    private static double cents(double usd) {
        return Math.round(usd * 1e4) / 1e4;
    }

    private static Map<String, Object> line(Decision decision) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("id", decision.id());
        line.put("at", decision.at().toString());
        line.put("room", decision.room().value());
        line.put("region", decision.region().map(Region::name).orElse(""));
        line.put("audience", decision.audience().name().toLowerCase(Locale.ROOT));
        switch (decision.selection()) {
            case Selection.Chosen chosen -> {
                line.put("bridge", chosen.bridge().nick());
                line.put("rule", chosen.why().rule());
            }
            case Selection.None none -> {
                line.put("refusal", ReasonText.of(none.reason()));
                line.put("rule", none.why().rule());
            }
        }
        return line;
    }
}
