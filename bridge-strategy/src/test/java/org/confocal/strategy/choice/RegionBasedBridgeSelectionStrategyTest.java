package org.confocal.strategy.choice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.shape;
import static org.confocal.strategy.StrategyFixture.usable;
import static org.confocal.strategy.StrategyFixture.use;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.confocal.strategy.Audience;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.ConferenceShape;
import org.confocal.strategy.ConferenceShape.BridgeUse;
import org.confocal.strategy.FleetSnapshot;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.Selection;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.choice.StrategyConfig.ParticipantLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegionBasedBridgeSelectionStrategyTest {
    private static final RegionGroups GROUPS = RegionGroups.of(List.of(
            List.of(new Region("eu-west"), new Region("eu-north")),
            List.of(new Region("us-east"), new Region("us-west"))));

    /**
     * Bridges are region:stress, jvb1 first; the conference is bridge:people; - stands for none. At most 3 people of a
     * conference on a bridge, the threshold is 0.8.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
                1 the conference's in the region             | eu-west:0.5 eu-west:0.1             | 1:1     | eu-west | -       | 1 | 1
                1 the less stressed of the conference's      | eu-west:0.5 eu-west:0.4 eu-west:0.1 | 1:1 2:1 | eu-west | -       | 2 | 1
                1 before the group's                         | eu-north:0.1 eu-west:0.5            | 1:1 2:1 | eu-west | -       | 2 | 1
                2 the conference's in the group              | eu-north:0.5 eu-west:0.1            | 1:1     | eu-west | -       | 1 | 2
                2 the conference's in the region overloaded  | eu-north:0.5 eu-west:0.8            | 1:1 2:1 | eu-west | -       | 1 | 2
                2 the conference's in the region full        | eu-north:0.5 eu-west:0.1            | 1:1 2:3 | eu-west | -       | 1 | 2
                3 a further one in the region                | us-east:0.1 eu-west:0.5 eu-west:0.4 | 1:1     | eu-west | -       | 3 | 3
                3 the conference's is overloaded             | eu-west:0.9 eu-west:0.7             | 1:1     | eu-west | -       | 2 | 3
                3 the conference's is full                   | eu-west:0.1 eu-west:0.7             | 1:3     | eu-west | -       | 2 | 3
                3 the first one                              | eu-north:0.1 eu-west:0.7            | -       | eu-west | -       | 2 | 3
                3 neither knows its region                   | eu-west:0.1 -:0.7                   | -       | -       | -       | 2 | 3
                4 a further one in the group                 | us-east:0.1 eu-north:0.5            | 1:1     | eu-west | -       | 2 | 4
                4 the first one, the region overloaded       | us-east:0.1 eu-north:0.5 eu-west:0.8| -       | eu-west | -       | 2 | 4
                5 the conference's elsewhere                 | us-east:0.5 us-west:0.1             | 1:1     | eu-west | -       | 1 | 5
                5 near ones are overloaded                   | us-east:0.5 eu-west:0.9 eu-north:0.8| 1:1     | eu-west | -       | 1 | 5
                5 the region is not known                    | us-east:0.5 us-west:0.1             | 1:1     | -       | -       | 1 | 5
                6 any, the first one                         | us-east:0.5 us-west:0.1             | -       | eu-west | -       | 2 | 6
                6 the conference's elsewhere is full         | us-east:0.5 us-west:0.6             | 1:3     | eu-west | -       | 1 | 6
                6 the conference's near is full              | eu-west:0.5 us-west:0.7             | 1:3     | eu-west | -       | 1 | 6
                7 all overloaded                             | us-east:0.9 eu-west:0.8             | 1:1     | eu-west | -       | 1 | 7
                7 the one that is not full                   | us-east:1.2 eu-west:1.1 eu-west:1.0 | 1:2 2:3 | eu-west | -       | 1 | 7
                8 all overloaded, the first one              | eu-west:1.2 us-west:1.1             | -       | eu-west | -       | 2 | 8
                8 all overloaded, the conference's are full  | us-east:1.2 eu-west:1.1             | 1:3     | eu-west | -       | 2 | 8
                local region for who has none                | us-east:0.1 eu-west:0.7             | -       | -       | eu-west | 2 | 3
                local region for the first one of its group  | eu-north:0.1 eu-west:0.7            | -       | eu-north| eu-west | 2 | 3
                but not for a further one of its group       | eu-north:0.1 eu-west:0.7 eu-north:0 | 2:3     | eu-north| eu-west | 3 | 3
                and not for the first one of another group   | us-east:0.5 eu-west:0.1             | -       | us-west | eu-west | 1 | 4
                local region where the group has no bridge   | us-east:0.1 eu-west:0.7             | -       | ap      | eu-west | 2 | 3
                the same for a further one                   | us-east:0.1 eu-west:0.7             | 1:1     | ap      | eu-west | 2 | 3
                no local region where the group has some     | us-east:0.9 eu-west:0.7             | 1:1     | us-west | eu-west | 2 | 6
                """)
    void theFirstDecisionThatFindsOne(
            String name, String bridges, String conference, String region, String local, int bridge, String decision) {
        Chosen chosen = chosen(
                strategy(local, limits(OptionalInt.empty())),
                fleet(bridges(bridges)),
                conference(conference),
                region.equals("-") ? new String[0] : new String[] {region});

        assertThat(chosen.bridge()).isEqualTo(id("jvb" + bridge));
        assertThat(chosen.why().rule()).startsWith(decision + ": ");
    }

    @Test
    void tooManyNewcomersSendOthersToAFurtherBridge() {
        RegionBasedBridgeSelectionStrategy strategy = strategy("-", limits(OptionalInt.of(2)));
        FleetSnapshot fleet = fleet(usable("region", "eu-west"), usable("region", "eu-west", "stress_level", "0.5"))
                .reserved(id("jvb1"), ROOM, endpoint("a"), NOW)
                .reserved(id("jvb1"), ROOM, endpoint("b"), later(1));
        ConferenceShape conference = conference("1:2");

        Chosen chosen = chosen(strategy, fleet, conference, "eu-west");

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rule()).startsWith("3: ");
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.RATE_LIMITED));
        Selection muchLater = strategy.select(request(conference, later(60), "eu-west"), fleet);
        assertThat(((Chosen) muchLater).bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void newcomersOfOtherConferencesDoNotCount() {
        RegionBasedBridgeSelectionStrategy strategy = strategy("-", limits(OptionalInt.of(1)));
        FleetSnapshot fleet = fleet(usable("region", "eu-west"), usable("region", "eu-west", "stress_level", "0.5"))
                .reserved(id("jvb1"), new RoomId("other@muc.example.org"), endpoint("a"), NOW);

        assertThat(chosen(strategy, fleet, conference("1:1"), "eu-west").bridge())
                .isEqualTo(id("jvb1"));
    }

    @Test
    void withoutALimitABridgeTakesAny() {
        RegionBasedBridgeSelectionStrategy strategy =
                strategy("-", new ParticipantLimits(OptionalInt.empty(), OptionalInt.empty(), Duration.ofMinutes(1)));

        Chosen chosen = chosen(strategy, fleet(bridges("eu-west:0.5 eu-west:0.1")), conference("1:10000"), "eu-west");

        assertThat(chosen.bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void theExplanationHasWhatTheConferenceIsOnAndMayNotUse() {
        Chosen chosen = chosen(
                strategy("-", limits(OptionalInt.empty())),
                fleet(bridges("eu-west:0.9 eu-west:0.1 eu-west:0.2")),
                conference("1:1 2:3"),
                "eu-west");

        assertThat(chosen.bridge()).isEqualTo(id("jvb3"));
        assertThat(chosen.why().rejected())
                .containsExactlyInAnyOrder(
                        new Rejected(id("jvb1"), Rejection.OVERLOADED),
                        new Rejected(id("jvb2"), Rejection.CONFERENCE_FULL));
        assertThat(chosen.why().candidates().getFirst().stress()).isEqualTo(0.2);
    }

    @Test
    void aFleetWithoutBridgesIsRefused() {
        Selection selection =
                strategy("-", limits(OptionalInt.empty())).select(request(noBridges(), NOW, "eu-west"), fleet());

        assertThat(selection).isInstanceOf(None.class);
        assertThat(((None) selection).reason()).isEqualTo(Refusal.STRATEGY_REFUSED);
    }

    private static ParticipantLimits limits(OptionalInt newcomers) {
        return new ParticipantLimits(OptionalInt.of(3), newcomers, Duration.ofMinutes(1));
    }

    private static RegionBasedBridgeSelectionStrategy strategy(String local, ParticipantLimits limits) {
        Optional<Region> localRegion = local.equals("-") ? Optional.empty() : Optional.of(new Region(local));
        return new RegionBasedBridgeSelectionStrategy(
                new StrategyConfig(GROUPS, localRegion, limits, Optional.empty(), Optional.empty()));
    }

    private static BridgeReport[] bridges(String text) {
        return Stream.of(text.trim().split(" +"))
                .map(bridge -> bridge.split(":"))
                .map(bridge -> bridge[0].equals("-")
                        ? usable("stress_level", bridge[1])
                        : usable("region", bridge[0], "stress_level", bridge[1]))
                .toArray(BridgeReport[]::new);
    }

    private static ConferenceShape conference(String text) {
        return text.equals("-")
                ? noBridges()
                : shape(Stream.of(text.split(" "))
                        .map(use -> use.split(":"))
                        .map(use -> use("jvb" + use[0], Audience.PARTICIPANT, Integer.parseInt(use[1])))
                        .toArray(BridgeUse[]::new));
    }

    private static Chosen chosen(
            RegionBasedBridgeSelectionStrategy strategy, FleetSnapshot fleet, ConferenceShape shape, String... region) {
        Selection selection = strategy.select(request(shape, NOW, region), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }
}
