package org.confocal.health;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.focus.view.FocusView;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import tools.jackson.databind.node.NullNode;

/** {@code /debug} and below, with Jicofo's keys (spec/06, section 8; spec/05, section 13) and some beside them. */
final class DebugPage {

    private DebugPage() {}

    /** How much of each conference is shown. */
    enum Detail {
        /** The number of its members. */
        COUNTS,
        /** Its whole state. */
        FULL
    }

    /**
     * The whole focus.
     *
     * @param extra what other parts add at the top level; it wins over what is here
     */
    static Map<String, Object> of(FocusView view, FocusIdentity identity, Detail detail, Map<String, Object> extra) {
        FocusSnapshot focus = view.snapshot();
        Map<String, Object> debug = new LinkedHashMap<>();
        debug.put(
                "focus_manager",
                switch (detail) {
                    case COUNTS -> counts(focus);
                    case FULL -> conferences(view, focus);
                });
        Map<String, Object> selector = new LinkedHashMap<>();
        selector.put("strategy", identity.strategy());
        selector.put("bridge", bridges(focus));
        debug.put("bridge_selector", selector);
        // The detectors of other services, as they are in a Jicofo that has none of these.
        debug.put("jibri_detector", NullNode.getInstance());
        debug.put("sip_jibri_detector", NullNode.getInstance());
        debug.put("jigasi_detector", NullNode.getInstance());
        debug.put("av_moderation", Map.of("address", "null"));
        Map<String, Object> handler = new LinkedHashMap<>();
        handler.put("breakout_address", text(view.breakoutService()));
        handler.put("focus_auth_jid", identity.focus().bare().value());
        handler.put("jigasi_enabled", false);
        handler.put("auth_authority", identity.authority());
        debug.put("conference_iq_handler", handler);
        Map<String, Object> runtime = new LinkedHashMap<>();
        runtime.put("connected", focus.connected());
        runtime.put("brewery_joined", focus.breweryJoined());
        runtime.put("queued_inputs", focus.queuedInputs());
        runtime.put("timers", focus.timers());
        runtime.put("reservations", focus.reservations());
        debug.put("runtime", runtime);
        debug.putAll(extra);
        return debug;
    }

    /** Each conference's state by room; one that ends meanwhile is left out. */
    static Map<String, Object> conferences(FocusView view, FocusSnapshot focus) {
        Map<String, Object> conferences = new TreeMap<>();
        for (FocusSnapshot.Conference conference : focus.conferences()) {
            view.conferenceDebug(conference.room())
                    .ifPresent(state -> conferences.put(conference.room().value(), state));
        }
        return conferences;
    }

    /** One conference's state; an empty object where there is none, as in Jicofo. */
    static Map<String, Object> conference(FocusView view, RoomId room) {
        return view.conferenceDebug(room).orElse(Map.of());
    }

    /**
     * The conferences whose clients send statistics to rtcstats, by meeting id; without what waits to be signalled, as in
     * Jicofo.
     */
    static Map<String, Object> rtcstats(FocusView view, FocusSnapshot focus) {
        Map<String, Object> byMeeting = new TreeMap<>();
        for (Object tree : conferences(view, focus).values()) {
            if (tree instanceof Map<?, ?> conference
                    && conference.get("config") instanceof Map<?, ?> config
                    && Boolean.TRUE.equals(config.get("rtcstatsEnabled"))
                    && conference.get("meeting_id") instanceof String meeting
                    && !meeting.isEmpty()) {
                byMeeting.put(meeting, withoutSignaling(conference));
            }
        }
        return byMeeting;
    }

    private static Map<String, Object> withoutSignaling(Map<?, ?> conference) {
        Map<String, Object> brief = new LinkedHashMap<>();
        conference.forEach((key, value) -> brief.put(String.valueOf(key), value));
        if (conference.get("participants") instanceof Map<?, ?> participants) {
            Map<String, Object> each = new LinkedHashMap<>();
            participants.forEach((id, participant) -> {
                Map<String, Object> tree = new LinkedHashMap<>();
                if (participant instanceof Map<?, ?> full) {
                    full.forEach((key, value) -> tree.put(String.valueOf(key), value));
                }
                tree.remove("source_signaling");
                each.put(String.valueOf(id), tree);
            });
            brief.put("participants", each);
        }
        return brief;
    }

    private static Map<String, Object> counts(FocusSnapshot focus) {
        Map<String, Object> counts = new TreeMap<>();
        focus.conferences()
                .forEach(conference -> counts.put(conference.room().value(), (long) conference.participants()));
        return counts;
    }

    private static Map<String, Object> bridges(FocusSnapshot focus) {
        Map<String, Object> bridges = new LinkedHashMap<>();
        focus.bridges().forEach(bridge -> bridges.put(bridge.bridge().id().value(), bridge(bridge)));
        return bridges;
    }

    private static Map<String, Object> bridge(FocusSnapshot.Bridge bridge) {
        BridgeReport report = bridge.bridge().report();
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("corrected-stress", bridge.correctedStress());
        tree.put("drain", report.drain().orElse(true));
        tree.put("endpoints", (long) bridge.endpoints());
        tree.put("endpoint-restart-requests", bridge.restartRequests());
        tree.put("failing-ice", bridge.bridge().condition().iceFailing());
        tree.put("graceful-shutdown", report.gracefulShutdown().orElse(false));
        tree.put("healthy", report.healthy().orElse(true));
        tree.put("operational", bridge.operational());
        tree.put("overloaded", bridge.overloaded());
        tree.put("region", text(report.region().map(Region::name)));
        tree.put("relay-id", text(report.relayId()));
        tree.put("release", text(report.release()));
        tree.put("shutting-down", report.shuttingDown().orElse(false));
        tree.put("stress", bridge.stress());
        tree.put("version", text(report.version()));
        tree.put("reservations", (long) bridge.reservations());
        tree.put("breaker", bridge.bridge().condition().state().name());
        put(tree, "stress-reported", report.stressLevel());
        put(tree, "packet-rate-download", report.packetRateDownload());
        put(tree, "packet-rate-upload", report.packetRateUpload());
        tree.put("joined-at", bridge.bridge().joinedAt().toString());
        tree.put("reported-at", bridge.bridge().reportedAt().toString());
        return tree;
    }

    /** Jicofo writes the word where there is nothing. */
    private static String text(Optional<String> value) {
        return value.orElse("null");
    }

    private static void put(Map<String, Object> tree, String key, OptionalDouble value) {
        if (value.isPresent()) {
            tree.put(key, value.getAsDouble());
        }
    }
}
