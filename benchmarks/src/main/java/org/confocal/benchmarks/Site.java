package org.confocal.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.ConferenceShape.RegionCount;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.JoinRate;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionRequest;

/**
 * A made-up site, the same at each call: bridges in up to 20 regions with stress from 0.1 to 0.7, 2 in 100 draining, 1 in 100
 * failed lately, and on average two people a bridge who came within the last 20 s; and people who want in, one a second for each
 * bridge but 100 a second at most, into conferences of {@value #PEOPLE_A_BRIDGE} people on each of their bridges.
 */
final class Site {
    static final Instant NOW = Instant.parse("2026-03-14T09:26:53Z");
    /** As many requests are ready; then they begin again at the same time. */
    static final int REQUESTS = 2_000;

    private static final int PEOPLE_A_BRIDGE = 10;
    private static final int MAX_REQUESTS_A_SECOND = 100;
    private static final List<String> REGIONS = List.of(
            "us-east-1",
            "us-east-2",
            "us-west-1",
            "us-west-2",
            "ca-central-1",
            "sa-east-1",
            "eu-west-1",
            "eu-west-2",
            "eu-west-3",
            "eu-central-1",
            "eu-north-1",
            "eu-south-1",
            "ap-south-1",
            "ap-southeast-1",
            "ap-southeast-2",
            "ap-northeast-1",
            "ap-northeast-2",
            "ap-northeast-3",
            "me-south-1",
            "af-south-1");

    private final List<BridgeId> ids = new ArrayList<>();
    private final List<BridgeReport> reports = new ArrayList<>();
    private final FleetSnapshot fleet;
    private final List<SelectionRequest> requests = new ArrayList<>();

    /**
     * A site.
     *
     * @param bridges above 0
     * @param conferenceBridges how many bridges each conference is on already; 0 to {@code bridges}
     */
    Site(int bridges, int conferenceBridges) {
        Random random = new Random(20260314);
        for (int i = 0; i < bridges; i++) {
            ids.add(new BridgeId("jvbbrewery@internal.example.org/jvb" + i));
            reports.add(report(i, random));
        }
        fleet = populated(random);
        for (int i = 0; i < REQUESTS; i++) {
            requests.add(request(i, conferenceBridges, random));
        }
    }

    FleetSnapshot fleet() {
        return fleet;
    }

    /** By the number of the bridge. */
    List<BridgeReport> reports() {
        return List.copyOf(reports);
    }

    /** One after the other, in time. */
    List<SelectionRequest> requests() {
        return List.copyOf(requests);
    }

    /** The same object each time, as conferences have them from the selections before. */
    BridgeId id(int number) {
        return ids.get(number);
    }

    static boolean failedLately(int number) {
        return number % 100 == 57;
    }

    static Instant failedAt() {
        return NOW.minusSeconds(30);
    }

    private static BridgeReport report(int number, Random random) {
        return new BridgeReport(
                OptionalDouble.of(0.1 + 0.6 * random.nextDouble()),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(0.01),
                Optional.of(number % 50 == 23),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("2.3"),
                Optional.of("abcdef0"),
                Optional.of(region(number)),
                Optional.of("relay-" + number));
    }

    private static Region region(int number) {
        return new Region(REGIONS.get(number % REGIONS.size()));
    }

    private FleetSnapshot populated(Random random) {
        FleetSnapshot next = FleetSnapshot.empty(FleetConfig.DEFAULTS);
        Instant before = NOW.minus(Duration.ofSeconds(40));
        for (int i = 0; i < reports.size(); i++) {
            next = next.reported(id(i), reports.get(i), before);
            next = failedLately(i) ? next.failed(id(i), failedAt()) : next;
        }
        int people = 2 * reports.size();
        for (int i = 0; i < people; i++) {
            Instant at = NOW.minusMillis(20_000 - 20_000L * i / people);
            BridgeId bridge = id(random.nextInt(reports.size()));
            next = next.reserved(bridge, new RoomId("room" + i / 8 + "@muc.example.org"), new EndpointId("e" + i), at);
        }
        for (int i = 0; i < reports.size(); i++) {
            next = next.reported(id(i), reports.get(i), NOW.minusMillis(random.nextInt(5_000)));
        }
        return next;
    }

    private SelectionRequest request(int number, int conferenceBridges, Random random) {
        List<BridgeUse> uses = new ArrayList<>();
        int first = random.nextInt(reports.size());
        for (int i = 0; i < conferenceBridges; i++) {
            int bridge = (first + i) % reports.size();
            List<RegionCount> people = List.of(new RegionCount(Optional.of(region(bridge)), PEOPLE_A_BRIDGE));
            uses.add(new BridgeUse(id(bridge), Audience.PARTICIPANT, people, 3, 5));
        }
        Instant at = NOW.plusMillis(number * 1_000L / Math.min(MAX_REQUESTS_A_SECOND, reports.size()));
        ConferenceShape shape = new ConferenceShape(NOW.minusSeconds(600), uses, JoinRate.NONE, Optional.empty());
        return new SelectionRequest(
                new RoomId("new" + number % 200 + "@muc.example.org"),
                new EndpointId("n" + number),
                Optional.of(region(random.nextInt(REGIONS.size()))),
                Audience.PARTICIPANT,
                shape,
                at);
    }
}
