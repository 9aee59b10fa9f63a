package org.confocal.health;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeCondition;
import org.confocal.strategy.Region;

/** What is wrong with a site, in sentences for an operator, the worst first. Pure. */
final class SiteWarnings {
    /** A sentence about a thousand bridges names a few. */
    private static final int MAX_NAMED = 3;

    private SiteWarnings() {}

    static List<String> of(FocusSnapshot focus, SiteFacts site) {
        List<String> warnings = new ArrayList<>();
        if (!focus.connected()) {
            warnings.add("Prosody is not connected: nobody can begin a conference. It is tried again by itself.");
        }
        if (!focus.breweryJoined()) {
            warnings.add(
                    "The bridges' brewery is not joined: no bridge can be seen. Look at jicofo.bridge.brewery-jid, and"
                            + " at whether Prosody lets the focus in.");
        }
        warnings.addAll(ofBridges(focus.bridges(), site));
        return warnings;
    }

    private static List<String> ofBridges(List<FocusSnapshot.Bridge> bridges, SiteFacts site) {
        List<String> warnings = new ArrayList<>();
        if (bridges.isEmpty()) {
            warnings.add("No bridge is in the brewery.");
            return warnings;
        }
        if (bridges.stream().noneMatch(HealthCheck::usable)) {
            warnings.add("No bridge can be used: whoever joins has no media.");
        }
        named(bridges, bridge -> !bridge.bridge().healthy())
                .ifPresent(names -> warnings.add("Calls itself unhealthy: " + names + "."));
        named(bridges, bridge -> bridge.bridge().condition().state() == BridgeCondition.State.OPEN)
                .ifPresent(names -> warnings.add("Out because allocations failed there: " + names + "."));
        named(bridges, bridge -> bridge.bridge().condition().iceFailing())
                .ifPresent(names -> warnings.add("Many clients cannot reach: " + names + "."));
        full(bridges)
                .forEach((region, all) -> warnings.add("Every bridge in " + region
                        + " is at the stress threshold: who comes is placed elsewhere, or there all the same."));
        warnings.addAll(ofLinks(bridges, site));
        warnings.addAll(ofVersions(bridges, site));
        return warnings;
    }

    /** Regions of which no bridge has room. */
    private static SortedMap<String, List<FocusSnapshot.Bridge>> full(List<FocusSnapshot.Bridge> bridges) {
        SortedMap<String, List<FocusSnapshot.Bridge>> regions = bridges.stream()
                .filter(HealthCheck::usable)
                .collect(Collectors.groupingBy(SiteWarnings::region, TreeMap::new, Collectors.toList()));
        regions.values().removeIf(all -> !all.stream().allMatch(FocusSnapshot.Bridge::overloaded));
        return regions;
    }

    private static String region(FocusSnapshot.Bridge bridge) {
        return bridge.bridge().region().map(Region::name).orElse("no region");
    }

    /** Octo on one side only. */
    private static List<String> ofLinks(List<FocusSnapshot.Bridge> bridges, SiteFacts site) {
        List<String> warnings = new ArrayList<>();
        Optional<String> without =
                named(bridges, bridge -> bridge.bridge().relayId().isEmpty());
        boolean some =
                bridges.stream().anyMatch(bridge -> bridge.bridge().relayId().isPresent());
        if (!site.octo() && some && bridges.size() > 1) {
            warnings.add(
                    "Bridges can be linked (they report relay ids), but jicofo.octo.enabled is off: each conference"
                            + " stays on one bridge.");
        }
        if (site.octo() && without.isPresent()) {
            warnings.add("jicofo.octo.enabled is on, but no relay id is reported by " + without.get()
                    + ": turn on videobridge.relay there, or no conference can grow beyond it.");
        }
        if (site.octo() && !site.cascades()) {
            warnings.add("jicofo.octo.enabled is on, but the selection strategy keeps each conference on one bridge.");
        }
        Map<String, List<FocusSnapshot.Bridge>> byRelay = bridges.stream()
                .filter(bridge -> bridge.bridge().relayId().isPresent())
                .collect(Collectors.groupingBy(
                        bridge -> bridge.bridge().relayId().orElse(""), LinkedHashMap::new, Collectors.toList()));
        byRelay.forEach((relay, same) -> {
            if (site.octo() && same.size() > 1) {
                warnings.add("Bridges with the same relay id " + relay + " cannot be linked: "
                        + named(same, bridge -> true).orElse("") + ".");
            }
        });
        return warnings;
    }

    private static List<String> ofVersions(List<FocusSnapshot.Bridge> bridges, SiteFacts site) {
        SortedMap<String, Long> versions = bridges.stream()
                .filter(HealthCheck::usable)
                .filter(bridge -> bridge.bridge().fullVersion().isPresent())
                .collect(Collectors.groupingBy(
                        bridge -> bridge.bridge().fullVersion().orElse(""), TreeMap::new, Collectors.counting()));
        if (versions.size() < 2 || site.mixedVersions() || !site.octo()) {
            return List.of();
        }
        String list = versions.entrySet().stream()
                .limit(MAX_NAMED)
                .map(version -> version.getKey() + " on " + version.getValue())
                .collect(Collectors.joining(", "));
        return List.of("Bridges run " + versions.size() + " versions (" + list
                + "), which exclude each other: a conference stays on those of its first bridge.");
    }

    /** The first few by name, and how many more there are; empty for none. */
    private static Optional<String> named(List<FocusSnapshot.Bridge> bridges, Predicate<FocusSnapshot.Bridge> wanted) {
        List<String> names = bridges.stream()
                .filter(wanted)
                .map(bridge -> bridge.bridge().id().nick())
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String some = names.stream().limit(MAX_NAMED).collect(Collectors.joining(", "));
        int more = names.size() - MAX_NAMED;
        return Optional.of(more > 0 ? some + " and " + more + " more" : some);
    }
}
