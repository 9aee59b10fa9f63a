package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.strategy.StrategyFixture.NOW;
import static org.confocal.strategy.StrategyFixture.ROOM;
import static org.confocal.strategy.StrategyFixture.endpoint;
import static org.confocal.strategy.StrategyFixture.fleet;
import static org.confocal.strategy.StrategyFixture.id;
import static org.confocal.strategy.StrategyFixture.later;
import static org.confocal.strategy.StrategyFixture.noBridges;
import static org.confocal.strategy.StrategyFixture.on;
import static org.confocal.strategy.StrategyFixture.pinned;
import static org.confocal.strategy.StrategyFixture.report;
import static org.confocal.strategy.StrategyFixture.request;
import static org.confocal.strategy.StrategyFixture.usable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.confocal.strategy.Selection.Candidate;
import org.confocal.strategy.Selection.Chosen;
import org.confocal.strategy.Selection.Explanation;
import org.confocal.strategy.Selection.None;
import org.confocal.strategy.Selection.Refusal;
import org.confocal.strategy.Selection.Rejected;
import org.confocal.strategy.Selection.Rejection;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

class SelectionPipelineTest {
    private static final SelectionConfig OCTO = new SelectionConfig(true, false);

    private final SelectionPipeline single =
            new SelectionPipeline(SelectionConfig.DEFAULTS, new SingleBridgeSelectionStrategy());

    @Test
    void anEmptyBreweryIsSaidToBeEmpty() {
        None none = refused(single, noBridges(), fleet());

        assertThat(none.reason()).isEqualTo(Refusal.NO_BRIDGES);
        assertThat(none.why().strategy()).isEqualTo("SingleBridgeSelectionStrategy");
    }

    @Test
    void theLeastStressedBridgeOfTheRegionIsChosenWithItsRegionAndRelayId() {
        FleetSnapshot fleet = fleet(
                usable("stress_level", "0.1", "region", "us"),
                usable("stress_level", "0.3", "region", "eu"),
                usable("stress_level", "0.2", "region", "eu", "relay_id", "r3"));

        Chosen chosen = (Chosen) single.select(request(noBridges(), NOW, "eu"), fleet);

        assertThat(chosen)
                .isEqualTo(new Chosen(
                        id("jvb3"),
                        Optional.of(new Region("eu")),
                        Optional.of("r3"),
                        new Explanation(
                                "SingleBridgeSelectionStrategy",
                                "least stressed in region eu",
                                List.of(new Candidate(id("jvb3"), 0.2), new Candidate(id("jvb2"), 0.3)),
                                List.of(new Rejected(id("jvb1"), Rejection.OTHER_REGION)))));
    }

    @Test
    void bridgesThatFailedRepeatedlyOrComplainAreNotChosen() {
        FleetSnapshot fleet =
                failedThrice(fleet(usable(), usable("healthy", "false"), usable("stress_level", "2")), "jvb1");

        Chosen chosen = chosen(single, noBridges(), fleet);

        assertThat(chosen.bridge()).isEqualTo(id("jvb3"));
        assertThat(chosen.why().rejected())
                .containsExactly(
                        new Rejected(id("jvb1"), Rejection.SUSPENDED), new Rejected(id("jvb2"), Rejection.UNHEALTHY));
    }

    @Test
    void whereEveryBridgeFailsOrComplainsNoneIsOperational() {
        FleetSnapshot fleet = fleet(usable(), usable("healthy", "false")).unhealthy(id("jvb1"), NOW);

        None none = refused(single, noBridges(), fleet);

        assertThat(none.reason()).isEqualTo(Refusal.NONE_OPERATIONAL);
        assertThat(none.why().rejected())
                .containsExactly(
                        new Rejected(id("jvb1"), Rejection.UNHEALTHY), new Rejected(id("jvb2"), Rejection.UNHEALTHY));
    }

    @Test
    void aBridgeThatFailedIsChosenAgainWhenItsTimeIsOver() {
        FleetSnapshot fleet = fleet(usable()).unhealthy(id("jvb1"), NOW);

        assertThat(single.select(request(noBridges(), later(59.9)), fleet)).isInstanceOf(None.class);
        assertThat(single.select(request(noBridges(), later(60)), fleet)).isInstanceOf(Chosen.class);
    }

    @Test
    void bridgesThatShutDownAreNotChosen() {
        FleetSnapshot fleet = fleet(usable("shutting_down", "true"), usable("stress_level", "2"));

        Chosen chosen = chosen(single, noBridges(), fleet);

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.SHUTTING_DOWN));
    }

    @Test
    void whereEveryOperationalBridgeShutsDownThatIsTheReason() {
        FleetSnapshot fleet = fleet(usable(), usable("shutting_down", "true"), usable("healthy", "false"))
                .unhealthy(id("jvb1"), NOW);

        assertThat(refused(single, noBridges(), fleet).reason()).isEqualTo(Refusal.ALL_SHUTTING_DOWN);
    }

    @Test
    void aPinnedConferenceGetsABridgeOfItsVersion() {
        FleetSnapshot fleet = fleet(
                usable("version", "2.3", "release", "1"),
                usable("version", "2.3", "release", "2", "stress_level", "0.7"),
                usable("stress_level", "0"));

        Chosen chosen = chosen(single, pinned(Optional.of("2.3-2")), fleet);

        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rejected())
                .containsExactly(
                        new Rejected(id("jvb1"), Rejection.OTHER_VERSION),
                        new Rejected(id("jvb3"), Rejection.OTHER_VERSION));
    }

    @Test
    void noBridgeOfThePinnedVersionIsTheReasonEvenIfOthersShutDown() {
        FleetSnapshot fleet = fleet(usable("version", "2.3"), usable("shutting_down", "true"));

        None none = refused(single, pinned(Optional.of("2.4")), fleet);

        assertThat(none.reason()).isEqualTo(Refusal.NO_MATCHING_VERSION);
        assertThat(none.why().rule()).isEqualTo("no usable bridge of version 2.4");
    }

    @Test
    void aConferencePinnedToAnotherVersionThanItsBridgeRunsIsRefused() {
        FleetSnapshot fleet = fleet(usable("version", "2.3"), usable("version", "2.4"));

        None none = refused(single, pinned(Optional.of("2.4"), "jvb1"), fleet);

        assertThat(none.reason()).isEqualTo(Refusal.NO_MATCHING_VERSION);
        assertThat(none.why().rule()).isEqualTo("the conference is on version 2.3 and pinned to 2.4");
    }

    @Test
    void versionsDoNotMatterWhereTheyMayBeMixed() {
        SelectionPipeline mixed =
                new SelectionPipeline(new SelectionConfig(false, true), new SingleBridgeSelectionStrategy());
        FleetSnapshot fleet = fleet(usable("version", "2.3"));

        assertThat(chosen(mixed, pinned(Optional.of("2.4")), fleet).bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen(mixed, pinned(Optional.of("2.4"), "jvb1"), fleet).bridge())
                .isEqualTo(id("jvb1"));
    }

    @Test
    void drainingBridgeIsChosenOnlyWhenNoOtherExists() {
        BridgeReport draining = report("drain", "true");
        assertThat(chosen(single, noBridges(), fleet(draining)).bridge()).isEqualTo(id("jvb1"));

        Chosen chosen = chosen(single, noBridges(), fleet(draining, usable("stress_level", "5")));
        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.DRAINING));
    }

    @Test
    void aBridgeThatHasNotSaidWhetherItDrainsIsUsedLast() {
        FleetSnapshot fleet = fleet(report("stress_level", "0"), usable("stress_level", "0.9"));

        assertThat(chosen(single, noBridges(), fleet).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void bridgeInGracefulShutdownIsChosenOnlyWhenNoOtherExists() {
        BridgeReport graceful = usable("graceful_shutdown", "true");
        assertThat(chosen(single, noBridges(), fleet(graceful)).bridge()).isEqualTo(id("jvb1"));

        Chosen chosen = chosen(single, noBridges(), fleet(graceful, usable("stress_level", "5")));
        assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.IN_GRACEFUL_SHUTDOWN));
    }

    @Test
    void drainingIsWeighedBeforeGracefulShutdown() {
        BridgeReport both = report("drain", "true", "graceful_shutdown", "true");
        BridgeReport draining = report("drain", "true", "stress_level", "0.5");
        BridgeReport graceful = usable("graceful_shutdown", "true", "stress_level", "0.9");

        assertThat(chosen(single, noBridges(), fleet(both, draining, graceful)).bridge())
                .isEqualTo(id("jvb3"));
        Chosen emptying = chosen(single, noBridges(), fleet(both, draining));
        assertThat(emptying.bridge()).isEqualTo(id("jvb2"));
        assertThat(emptying.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.IN_GRACEFUL_SHUTDOWN));
    }

    @Test
    void aPreferredGroupOutsideTheRegionBeatsADrainingBridgeInside() {
        FleetSnapshot fleet = fleet(report("drain", "true", "region", "eu"), usable("region", "us"));

        assertThat(((Chosen) single.select(request(noBridges(), NOW, "eu"), fleet)).bridge())
                .isEqualTo(id("jvb2"));
    }

    @Test
    void aConferenceStaysOnItsBridgeWhateverTheLoad() {
        FleetSnapshot fleet = fleet(
                report(
                        "drain",
                        "true",
                        "graceful_shutdown",
                        "true",
                        "stress_level",
                        "3",
                        "region",
                        "us",
                        "relay_id",
                        "r"),
                usable("region", "eu"));

        Chosen chosen = (Chosen) single.select(request(on("jvb1"), NOW, "eu"), fleet);

        assertThat(chosen)
                .isEqualTo(new Chosen(
                        id("jvb1"),
                        Optional.of(new Region("us")),
                        Optional.of("r"),
                        new Explanation(
                                "SingleBridgeSelectionStrategy",
                                "stays on the conference's bridge",
                                List.of(new Candidate(id("jvb1"), 3)),
                                List.of())));
    }

    @Test
    void oneMissedHealthCheckDoesNotUprootTheOtherConferencesOfABridge() {
        FleetSnapshot fleet = fleet(usable(), usable()).failed(id("jvb1"), NOW);

        assertThat(chosen(single, on("jvb1"), fleet).bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen(single, noBridges(), fleet).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void aConferenceWhoseBridgeIsNotUsableMoves() {
        FleetSnapshot two = fleet(usable(), usable("stress_level", "0.9"));
        List<FleetSnapshot> unusable = List.of(
                two.left(id("jvb1")),
                failedThrice(two, "jvb1"),
                two.unhealthy(id("jvb1"), NOW),
                two.reported(id("jvb1"), report("healthy", "false"), NOW),
                two.reported(id("jvb1"), report("shutting_down", "true"), NOW));

        for (FleetSnapshot fleet : unusable) {
            Chosen chosen = chosen(single, on("jvb1"), fleet);
            assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
            assertThat(chosen.why().rule())
                    .isEqualTo("moves away from " + id("jvb1")
                            + ", which is not usable: least stressed; the participant's region is not known");
        }
    }

    @Test
    void aMovingConferenceIsNotBoundToTheVersionThatItLeaves() {
        FleetSnapshot fleet = fleet(
                usable("version", "2.3", "shutting_down", "true"), usable("version", "2.4"), usable("version", "2.5"));

        assertThat(chosen(single, on("jvb1"), fleet).bridge()).isEqualTo(id("jvb2"));
        assertThat(chosen(single, pinned(Optional.of("2.5"), "jvb1"), fleet).bridge())
                .isEqualTo(id("jvb3"));
    }

    @Test
    void whoFollowsAMovingConferenceGetsTheBridgeThatItMovesTo() {
        FleetSnapshot fleet = fleet(usable(), usable());

        assertThat(chosen(single, on("jvb1", "jvb2"), fleet).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void aSuspectedBridgeIsTheLastResort() {
        FleetSnapshot fleet = fleet(usable()).failed(id("jvb1"), NOW);

        Chosen chosen = chosen(single, noBridges(), fleet);

        assertThat(chosen.bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen.why().rule())
                .isEqualTo("last resort, failed lately: least stressed; the participant's region is not known");
    }

    @Test
    void lastResortsTakeTurns() {
        FleetSnapshot fleet = fleet(usable("stress_level", "0.9"), usable(), usable("shutting_down", "true"))
                .failed(id("jvb1"), NOW)
                .failed(id("jvb2"), later(1));
        Chosen first = chosen(single, noBridges(), fleet);
        assertThat(first.bridge()).isEqualTo(id("jvb1"));
        assertThat(first.why().rejected())
                .containsExactly(
                        new Rejected(id("jvb2"), Rejection.NOT_OPERATIONAL),
                        new Rejected(id("jvb3"), Rejection.SHUTTING_DOWN));

        FleetSnapshot failedAgain = fleet.failed(id("jvb1"), later(2));
        assertThat(chosen(single, noBridges(), failedAgain).bridge()).isEqualTo(id("jvb2"));
    }

    @Test
    void theLastBridgeIsNeverClosed() {
        FleetSnapshot fleet = failedThrice(fleet(usable()), "jvb1");

        Chosen chosen = chosen(single, noBridges(), fleet);

        assertThat(chosen.bridge()).isEqualTo(id("jvb1"));
        assertThat(chosen.why().rule()).startsWith("last resort, failed lately: ");
    }

    @Test
    void aConferenceAvoidsABridgeWhileThereIsAnother() {
        FleetSnapshot fleet = fleet(usable(), usable("stress_level", "0.9"));
        Chosen elsewhere = avoiding(fleet, "jvb1");
        assertThat(elsewhere.bridge()).isEqualTo(id("jvb2"));
        assertThat(elsewhere.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.AVOIDED));

        Chosen nowhereElse = avoiding(fleet.unhealthy(id("jvb2"), NOW), "jvb1");
        assertThat(nowhereElse.bridge()).isEqualTo(id("jvb1"));
        assertThat(nowhereElse.why().rule()).startsWith("to be avoided, and there is no other: ");
        assertThat(nowhereElse.why().rejected()).containsExactly(new Rejected(id("jvb2"), Rejection.UNHEALTHY));
    }

    @Test
    void aBridgeThatFailedRepeatedlyIsLeftToOneConferenceAfterItsPause() {
        FleetSnapshot fleet = failedThrice(fleet(usable(), usable("stress_level", "0.7")), "jvb1");
        assertThat(single.select(request(noBridges(), later(2)), fleet))
                .isInstanceOfSatisfying(Chosen.class, chosen -> {
                    assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
                    assertThat(chosen.why().rejected()).containsExactly(new Rejected(id("jvb1"), Rejection.SUSPENDED));
                });
        SelectionRequest first = request(noBridges(), later(10));
        assertThat(single.select(first, fleet))
                .isInstanceOfSatisfying(
                        Chosen.class, chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));

        FleetSnapshot tried = fleet.reserved(first, id("jvb1"));

        assertThat(single.select(request(noBridges(), later(11)), tried))
                .isInstanceOfSatisfying(Chosen.class, chosen -> {
                    assertThat(chosen.bridge()).isEqualTo(id("jvb2"));
                    assertThat(chosen.why().rejected())
                            .containsExactly(new Rejected(id("jvb1"), Rejection.NOT_OPERATIONAL));
                });
        assertThat(single.select(request(on("jvb1"), later(11)), tried))
                .as("the conference that tries stays together")
                .isInstanceOfSatisfying(
                        Chosen.class, chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));
        assertThat(single.select(request(noBridges(), later(12)), tried.allocated(id("jvb1"))))
                .isInstanceOfSatisfying(
                        Chosen.class, chosen -> assertThat(chosen.bridge()).isEqualTo(id("jvb1")));
    }

    private Chosen avoiding(FleetSnapshot fleet, String nick) {
        SelectionRequest request = request(noBridges(), later(2));
        return (Chosen) single.select(
                new SelectionRequest(
                        request.room(),
                        request.endpoint(),
                        request.region(),
                        request.audience(),
                        request.conference(),
                        request.at(),
                        Set.of(id(nick))),
                fleet);
    }

    @Test
    void aBridgeThatSaysItIsBrokenIsNoLastResortUntilACheckPasses() {
        FleetSnapshot broken = fleet(usable()).unhealthy(id("jvb1"), NOW);
        assertThat(refused(single, noBridges(), broken).reason()).isEqualTo(Refusal.NONE_OPERATIONAL);

        FleetSnapshot checked = broken.recovered(id("jvb1"));
        assertThat(chosen(single, noBridges(), checked).bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void theLastResortStillHasToMatchTheVersion() {
        FleetSnapshot fleet =
                fleet(usable("version", "2.3"), usable("version", "2.4")).failed(id("jvb1"), NOW);

        assertThat(chosen(single, pinned(Optional.of("2.3")), fleet).bridge()).isEqualTo(id("jvb1"));
        assertThat(refused(single, pinned(Optional.of("2.5")), fleet).reason()).isEqualTo(Refusal.NO_MATCHING_VERSION);
    }

    @Test
    void explanationsListSixteenRejectedBridgesAtMost() {
        BridgeReport[] reports = Stream.concat(
                        Stream.generate(() -> usable("shutting_down", "true")).limit(40), Stream.of(usable()))
                .toArray(BridgeReport[]::new);

        assertThat(chosen(single, noBridges(), fleet(reports)).why().rejected()).hasSize(16);
        assertThat(refused(single, noBridges(), fleet(reports).left(id("jvb41")))
                        .why()
                        .rejected())
                .hasSize(16);
    }

    @Test
    void selectingReservesNothing() {
        FleetSnapshot fleet = fleet(usable());
        chosen(single, noBridges(), fleet);

        assertThat(fleet.reservations()).isZero();
        assertThat(fleet.reserved(id("jvb1"), ROOM, endpoint("a"), NOW).reservations())
                .isEqualTo(1);
    }

    @Test
    void withOctoAStrategyForManyBridgesSeesTheUsableOnesOfTheConference() {
        Recording recording = new Recording();
        FleetSnapshot fleet = fleet(
                usable("relay_id", "r1", "shutting_down", "true"),
                usable("relay_id", "r2", "version", "2.3"),
                usable("relay_id", "r3", "version", "2.3"),
                usable("relay_id", "r4", "version", "2.4"));

        new SelectionPipeline(OCTO, recording).select(request(on("jvb1", "jvb2"), NOW), fleet);

        assertThat(recording.conferences).containsExactly(on("jvb2"));
        assertThat(recording.offered).containsExactly(List.of(id("jvb2"), id("jvb3")));
        assertThat(recording.counted).containsExactly(2);
    }

    @Test
    void withOctoAConferenceStaysWhereItsFirstBridgeCannotRelay() {
        Recording recording = new Recording();
        FleetSnapshot fleet = fleet(usable(), usable("relay_id", "r2"));

        assertThat(chosen(new SelectionPipeline(OCTO, recording), on("jvb1"), fleet)
                        .bridge())
                .isEqualTo(id("jvb1"));
        assertThat(recording.conferences).isEmpty();
    }

    @Test
    void withOctoAConferenceStaysWhereTheSecondBridgeCannotBeLinked() {
        FleetSnapshot without = fleet(usable(), usable("relay_id", "r2"));
        FleetSnapshot same = fleet(usable("relay_id", "r2"), usable("relay_id", "r2"));

        for (FleetSnapshot fleet : List.of(without, same)) {
            Recording recording = new Recording();
            assertThat(chosen(new SelectionPipeline(OCTO, recording), on("jvb2"), fleet)
                            .bridge())
                    .isEqualTo(id("jvb2"));
            assertThat(recording.offered).containsExactly(List.of(id("jvb1"), id("jvb2")));
        }
    }

    @Test
    void withOctoTheStrategyForOneBridgeStillStays() {
        SelectionPipeline pipeline = new SelectionPipeline(OCTO, new SingleBridgeSelectionStrategy());
        FleetSnapshot fleet = fleet(report("drain", "true", "relay_id", "r1"), usable("relay_id", "r2"));

        assertThat(chosen(pipeline, on("jvb1"), fleet).bridge()).isEqualTo(id("jvb1"));
    }

    @Test
    void withoutOctoAStrategyForManyBridgesIsAskedForTheFirstOneOnly() {
        Recording recording = new Recording();
        SelectionPipeline pipeline = new SelectionPipeline(SelectionConfig.DEFAULTS, recording);
        FleetSnapshot fleet = fleet(usable("relay_id", "r1"), usable("relay_id", "r2"));

        assertThat(chosen(pipeline, on("jvb2"), fleet).bridge()).isEqualTo(id("jvb2"));
        assertThat(recording.conferences).isEmpty();
        chosen(pipeline, noBridges(), fleet);
        assertThat(recording.conferences).containsExactly(noBridges());
    }

    @Test
    void theOfferedViewHasExactlyTheBestGroup() {
        Recording recording = new Recording();
        FleetSnapshot fleet = fleet(report("drain", "true"), usable("graceful_shutdown", "true"), usable(), usable());

        chosen(new SelectionPipeline(SelectionConfig.DEFAULTS, recording), noBridges(), fleet);

        assertThat(recording.offered).containsExactly(List.of(id("jvb3"), id("jvb4")));
        assertThat(recording.counted).containsExactly(2);
    }

    @Test
    void aPlugInThatChoosesAForbiddenBridgeIsOverruled() {
        FleetSnapshot fleet = fleet(usable(), usable("shutting_down", "true"));
        BridgeSelectionStrategy stubborn = answering(new Chosen(
                id("jvb2"), Optional.empty(), Optional.empty(), new Explanation("x", "y", List.of(), List.of())));

        None none = refused(new SelectionPipeline(SelectionConfig.DEFAULTS, stubborn), noBridges(), fleet);

        assertThat(none.reason()).isEqualTo(Refusal.STRATEGY_REFUSED);
        assertThat(none.why().rule()).contains("jvb2").contains("may not be taken");
    }

    @Test
    void aRefusalOfTheStrategyKeepsItsReasonAndGainsWhatWasLeftOutBefore() {
        FleetSnapshot fleet = fleet(usable(), usable("shutting_down", "true"));
        BridgeSelectionStrategy picky = answering(new None(
                Refusal.STRATEGY_REFUSED,
                new Explanation(
                        "picky", "nothing suits", List.of(), List.of(new Rejected(id("jvb1"), Rejection.OVERLOADED)))));

        None none = refused(new SelectionPipeline(SelectionConfig.DEFAULTS, picky), noBridges(), fleet);

        assertThat(none)
                .isEqualTo(new None(
                        Refusal.STRATEGY_REFUSED,
                        new Explanation(
                                "picky",
                                "nothing suits",
                                List.of(),
                                List.of(
                                        new Rejected(id("jvb2"), Rejection.SHUTTING_DOWN),
                                        new Rejected(id("jvb1"), Rejection.OVERLOADED)))));
    }

    private static FleetSnapshot failedThrice(FleetSnapshot fleet, String nick) {
        return fleet.failed(id(nick), new RoomId("a@x"), NOW)
                .failed(id(nick), new RoomId("b@x"), NOW)
                .failed(id(nick), new RoomId("c@x"), NOW);
    }

    private static Chosen chosen(SelectionPipeline pipeline, ConferenceShape shape, FleetSnapshot fleet) {
        Selection selection = pipeline.select(request(shape, later(2)), fleet);
        assertThat(selection).isInstanceOf(Chosen.class);
        return (Chosen) selection;
    }

    private static None refused(SelectionPipeline pipeline, ConferenceShape shape, FleetSnapshot fleet) {
        Selection selection = pipeline.select(request(shape, later(2)), fleet);
        assertThat(selection).isInstanceOf(None.class);
        return (None) selection;
    }

    private static BridgeSelectionStrategy answering(Selection answer) {
        return new BridgeSelectionStrategy() {
            @Override
            public String name() {
                return "answering";
            }

            @Override
            public Selection select(SelectionRequest request, FleetView fleet) {
                return answer;
            }
        };
    }

    /** Takes the first bridge offered, and notes what it was asked. */
    private static final class Recording implements BridgeSelectionStrategy {
        final List<ConferenceShape> conferences = new ArrayList<>();
        final List<List<BridgeId>> offered = new ArrayList<>();
        final List<Integer> counted = new ArrayList<>();

        @Override
        public String name() {
            return "recording";
        }

        @Override
        public Selection select(SelectionRequest request, FleetView fleet) {
            conferences.add(request.conference());
            offered.add(fleet.bridges().stream().map(BridgeSnapshot::id).toList());
            counted.add(fleet.bridges().size());
            BridgeSnapshot first = fleet.bridges().iterator().next();
            return new Chosen(
                    first.id(),
                    first.region(),
                    first.relayId(),
                    new Explanation("recording", "first", List.of(), List.of()));
        }
    }
}
