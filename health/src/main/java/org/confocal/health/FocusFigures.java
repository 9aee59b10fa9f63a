package org.confocal.health;

import java.util.List;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.view.FocusSnapshot;

/**
 * Numbers that {@code /stats} and {@code /metrics} both show, computed from a snapshot when they are asked for.
 * Jicofo computes most of them every 30 s; a call that has ended is still counted there, and not here.
 */
final class FocusFigures {

    private FocusFigures() {}

    static long counter(FocusSnapshot focus, ConferenceCounter counter) {
        return focus.counters().getOrDefault(counter, 0L);
    }

    static ConferenceSizes sizes(FocusSnapshot focus) {
        return new ConferenceSizes(
                focus.conferences().stream().map(FocusFigures::size).toList());
    }

    /** People in a conference: those with a session, and one where somebody waits alone without one. */
    private static Long size(FocusSnapshot.Conference conference) {
        // Jicofo counts every conference as one person at least, its own health check rooms included; we count one only
        // where there is one.
        return (long) Math.max(conference.participants(), Math.min(1, conference.members()));
    }

    static long withoutSession(FocusSnapshot focus) {
        return focus.conferences().stream()
                .filter(conference -> conference.members() > 1)
                .mapToLong(conference -> Math.max(0, conference.members() - conference.participants()))
                .sum();
    }

    static long visitors(FocusSnapshot focus) {
        return focus.conferences().stream()
                .mapToLong(FocusSnapshot.Conference::visitors)
                .sum();
    }

    static long conferencesWithVisitors(FocusSnapshot focus) {
        return focus.conferences().stream()
                .filter(conference -> conference.visitors() > 0)
                .count();
    }

    static long operationalBridges(FocusSnapshot focus) {
        return focus.bridges().stream()
                .filter(FocusSnapshot.Bridge::operational)
                .count();
    }

    static long bridgesInShutdown(FocusSnapshot focus) {
        return focus.bridges().stream()
                .filter(bridge -> HealthCheck.leaving(bridge.bridge().report()))
                .count();
    }

    /** How many different versions run; bridges that do not say are left out. */
    static long bridgeVersions(FocusSnapshot focus) {
        return focus.bridges().stream()
                .flatMap(bridge -> bridge.bridge().fullVersion().stream())
                .distinct()
                .count();
    }

    /** The conferences' rooms, sorted. */
    static List<String> rooms(FocusSnapshot focus) {
        return focus.conferences().stream()
                .map(conference -> conference.room().value())
                .sorted()
                .toList();
    }
}
