package org.confocal.health;

import static org.confocal.health.FocusFigures.counter;

import java.util.LinkedHashMap;
import java.util.Map;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.view.FocusSnapshot;

/**
 * {@code /stats}: Jicofo's names, order and types (spec/06, section 7). What belongs to services that the focus does not
 * have is there with 0, because readers of these fields treat an absent one as an error.
 */
final class StatsPage {

    private StatsPage() {}

    static Map<String, Object> of(FocusSnapshot focus, String version, int threads) {
        ConferenceSizes sizes = FocusFigures.sizes(focus);
        Map<String, Object> stats = new LinkedHashMap<>();
        stats.put("total_participants", counter(focus, ConferenceCounter.PARTICIPANTS));
        stats.put("total_conferences_created", focus.conferencesCreated());
        stats.put("conferences", (long) focus.conferences().size());
        stats.put("conferences_with_visitors", FocusFigures.conferencesWithVisitors(focus));
        stats.put(
                "bridge_failures",
                tree(
                        "participants_moved", counter(focus, ConferenceCounter.PARTICIPANTS_MOVED),
                        "bridges_removed", counter(focus, ConferenceCounter.BRIDGES_REMOVED)));
        stats.put(
                "participant_notifications",
                tree(
                        "ice_failed", counter(focus, ConferenceCounter.PARTICIPANTS_ICE_FAILED),
                        "request_restart", counter(focus, ConferenceCounter.PARTICIPANTS_RESTART_REQUESTED)));
        stats.put("largest_conference", sizes.largest());
        stats.put("participants", sizes.total());
        stats.put("visitors", FocusFigures.visitors(focus));
        stats.put("conference_sizes", sizes.tree());
        stats.put("endpoint_pairs", sizes.pairs());
        stats.put("jibri", jibri());
        // The mailboxes of the conferences: Jingle waits in them, as it does in Jicofo's queue of this name.
        stats.put(
                "queues",
                Map.of("jingle-iq-queue", tree("dropped", focus.inputsDropped(), "queued", focus.queuedInputs())));
        stats.put("bridge_selector", bridgeSelector(focus));
        stats.put("jibri_detector", tree("count", 0L, "available", 0L));
        stats.put("sip_jibri_detector", tree("count", 0L, "available", 0L));
        stats.put("jigasi", Map.of());
        stats.put("threads", (long) threads);
        stats.put("jingle", tree("sent", focus.jingleSent(), "received", focus.jingleReceived()));
        stats.put("version", version);
        health(focus, stats);
        return stats;
    }

    private static Map<String, Object> jibri() {
        Map<String, Object> jibri = tree("total_sip_call_failures", 0L, "total_live_streaming_failures", 0L);
        jibri.put("total_recording_failures", 0L);
        jibri.put("live_streaming_active", 0L);
        jibri.put("recording_active", 0L);
        jibri.put("sip_call_active", 0L);
        return jibri;
    }

    private static Map<String, Object> bridgeSelector(FocusSnapshot focus) {
        Map<String, Object> selector = tree(
                "bridge_count",
                (long) focus.bridges().size(),
                "operational_bridge_count",
                FocusFigures.operationalBridges(focus));
        selector.put("in_shutdown_bridge_count", FocusFigures.bridgesInShutdown(focus));
        selector.put("lost_bridges", focus.lostBridges());
        selector.put("bridge_version_count", FocusFigures.bridgeVersions(focus));
        return selector;
    }

    private static void health(FocusSnapshot focus, Map<String, Object> stats) {
        HealthAnswer answer = HealthCheck.of(focus);
        boolean success = answer instanceof HealthAnswer.Healthy;
        // No check of ours takes time, so none is slow.
        stats.put("slow_health_check", 0L);
        stats.put("healthy", success);
        Map<String, Object> health = tree("success", success, "hardFailure", answer instanceof HealthAnswer.Hard);
        health.put("responseCode", (long) answer.status());
        health.put("sticky", false);
        health.put("message", success ? "" : answer.message());
        stats.put("health", health);
    }

    private static Map<String, Object> tree(String firstKey, Object first, String secondKey, Object second) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(firstKey, first);
        tree.put(secondKey, second);
        return tree;
    }
}
