package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.strategy.ConferenceShape.BridgeUse;

/** Values that the tests of this module share. */
public final class StrategyFixture {
    public static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    public static final RoomId ROOM = new RoomId("standup@muc.example.org");

    private StrategyFixture() {}

    public static BridgeId id(String nick) {
        return new BridgeId("jvbbrewery@internal.example.org/" + nick);
    }

    public static EndpointId endpoint(String id) {
        return new EndpointId(id);
    }

    public static Instant later(double seconds) {
        return NOW.plus(Duration.ofMillis(Math.round(seconds * 1000)));
    }

    /** A report of names and values in turn, as on the wire. */
    public static BridgeReport report(String... namesAndValues) {
        Map<String, String> stats = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            stats.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        BridgeReportParser.Parsed parsed = BridgeReportParser.parse(name -> Optional.ofNullable(stats.get(name)));
        if (!parsed.malformed().isEmpty()) {
            throw new IllegalArgumentException("malformed: " + parsed.malformed());
        }
        return parsed.report();
    }

    /** A usable bridge's report: not draining, and what else is given. */
    public static BridgeReport usable(String... namesAndValues) {
        return new BridgeReport(
                        BridgeReport.EMPTY.stressLevel(),
                        BridgeReport.EMPTY.packetRateDownload(),
                        BridgeReport.EMPTY.packetRateUpload(),
                        BridgeReport.EMPTY.averageParticipantStress(),
                        Optional.of(false),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                .updatedBy(report(namesAndValues));
    }

    /** Bridges {@code jvb1}, {@code jvb2}, ... with these reports, joined in this order. */
    public static FleetSnapshot fleet(BridgeReport... reports) {
        FleetSnapshot fleet = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        for (int i = 0; i < reports.length; i++) {
            fleet = fleet.reported(id("jvb" + (i + 1)), reports[i], NOW);
        }
        return fleet;
    }

    public static BridgeSnapshot bridge(FleetView fleet, String nick) {
        return fleet.bridge(id(nick)).orElseThrow();
    }

    public static double stress(FleetSnapshot fleet, String nick, Instant at) {
        return fleet.stress(bridge(fleet, nick), at);
    }

    public static ConferenceShape noBridges() {
        return on();
    }

    /** A conference that is on these bridges. */
    public static ConferenceShape on(String... nicks) {
        return pinned(Optional.empty(), nicks);
    }

    public static ConferenceShape pinned(Optional<String> version, String... nicks) {
        return new ConferenceShape(
                NOW,
                List.of(nicks).stream()
                        .map(nick -> new BridgeUse(id(nick), Audience.PARTICIPANT, List.of(), 0, 0))
                        .toList(),
                JoinRate.NONE,
                version);
    }

    /** So many people of one audience on a bridge. */
    public static BridgeUse use(String nick, Audience audience, int people) {
        return new BridgeUse(
                id(nick),
                audience,
                people == 0 ? List.of() : List.of(new ConferenceShape.RegionCount(Optional.empty(), people)),
                people,
                people);
    }

    public static ConferenceShape shape(BridgeUse... uses) {
        return new ConferenceShape(NOW, List.of(uses), JoinRate.NONE, Optional.empty());
    }

    public static SelectionRequest request(ConferenceShape shape, Instant at, String... region) {
        return new SelectionRequest(
                ROOM,
                endpoint("a1b2c3d4"),
                region.length == 0 ? Optional.empty() : Optional.of(new Region(region[0])),
                Audience.PARTICIPANT,
                shape,
                at);
    }
}
