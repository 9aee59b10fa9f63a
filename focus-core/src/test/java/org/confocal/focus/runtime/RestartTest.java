package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.confocal.focus.runtime.Inputs.left;
import static org.confocal.focus.runtime.Inputs.present;
import static org.confocal.focus.runtime.Inputs.request;
import static org.confocal.focus.runtime.Inputs.room;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.confocal.focus.conference.ConferenceCounter;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.HealthCheckConfig;
import org.confocal.focus.config.IceFailureConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.config.PlannedMovesConfig;
import org.confocal.focus.config.RedistributionConfig;
import org.confocal.focus.journal.MemoryJournal;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.runtime.Focus.Farewell;
import org.confocal.focus.serial.Receipt;
import org.confocal.focus.view.DrainControl;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One process of the focus after the other, with what the journal keeps, in a world that stays. */
class RestartTest {
    private static final BridgeId JVB1 = new BridgeId("brewery@internal.example.org/jvb1");
    private static final BridgeId JVB2 = new BridgeId("brewery@internal.example.org/jvb2");
    private static final int ROOMS = 8;
    private static final int PEOPLE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final BridgeCareConfig CARE = new BridgeCareConfig(
            HealthCheckConfig.DEFAULTS,
            MoveConfig.DEFAULTS,
            RedistributionConfig.DEFAULTS,
            IceFailureConfig.DEFAULTS,
            PlannedMovesConfig.NONE,
            false);

    private final WorldFake world = new WorldFake();
    private final List<Life> processes = new ArrayList<>();

    /** One life of the focus. */
    private final class Life {
        private final FocusThreads threads = new FocusThreads("restart", 2);
        private final MemoryJournal journal;
        private final Focus focus;

        Life(MemoryJournal journal) {
            this.journal = journal;
            focus = Focus.of(
                    new FocusConfig(
                            ConferenceConfig.DEFAULTS,
                            Optional.empty(),
                            FleetConfig.DEFAULTS,
                            SelectionConfig.DEFAULTS,
                            new SingleBridgeSelectionStrategy(),
                            PlacementPolicy.ALLOW_ALL,
                            CARE,
                            FocusLimits.DEFAULTS),
                    world.ports(),
                    new FocusEnvironment(
                            InstantSource.system(),
                            threads.workers(),
                            threads.scheduler(),
                            new SplittableRandom(processes.size()),
                            journal));
            world.attach(focus);
            processes.add(this);
        }

        /** Ends without a word. */
        MemoryJournal dies() {
            threads.close();
            return journal.successor();
        }
    }

    @AfterEach
    void end() {
        processes.forEach(process -> process.threads.close());
    }

    @Test
    void whatConferencesAndBridgesWereTheyAreInTheNextProcess() {
        Life first = everybodyComes();
        Map<String, Map<String, Object>> before = debug(first.focus);
        FocusSnapshot seen = first.focus.snapshot();
        int offers = world.offers.get();

        Life second = new Life(first.dies());
        Focus.Restored restored = second.focus.restore();
        second.focus.goOn(Farewell.HANDED_OVER);

        assertThat(restored).isEqualTo(new Focus.Restored(ROOMS, 0, List.of(JVB1, JVB2)));
        assertThat(debug(second.focus)).isEqualTo(before);
        FocusSnapshot after = second.focus.snapshot();
        assertThat(after.reservations()).isEqualTo(seen.reservations()).isEqualTo(ROOMS * PEOPLE);
        assertThat(after.timers()).isEqualTo(seen.timers());
        assertThat(byBridge(after)).isEqualTo(byBridge(seen));
        assertThat(after.breweryJoined()).isTrue();
        assertThat(world.offers).hasValue(offers);

        everybodyGoes(second.focus);
        assertThat(second.journal.records().keySet())
                .as("only bridges are left")
                .allMatch(key -> key.startsWith("bridge/"));
    }

    @Test
    void whoComesAndGoesAfterwardsIsServedAsIfNothingHadHappened() {
        Life second = new Life(everybodyComes().dies());
        second.focus.restore();
        second.focus.goOn(Farewell.DIED);
        int accepted = world.accepted.get();

        second.focus.happened(room("room0"), present("late", MemberRole.PARTICIPANT));
        second.focus.requested(request("new", "another"));

        await().atMost(PATIENCE).until(() -> world.accepted.get() == accepted + 1);
        await().atMost(PATIENCE).until(() -> world.ready.get() == ROOMS + 1);
        second.focus.happened(room("room0"), left("late"));
        everybodyGoes(second.focus);
    }

    @Test
    void whoeverWasOnABridgeThatLostTheConferenceMeanwhileIsInvitedAgainAndCounted() {
        Life first = everybodyComes();
        MemoryJournal left = first.dies();
        int lost = world.endpointsOn(JVB1);
        int accepted = world.accepted.get();
        assertThat(lost).isPositive();
        world.crash(JVB1);

        Life second = new Life(left);
        second.focus.restore();
        second.focus.goOn(Farewell.DIED);

        await().atMost(PATIENCE).until(() -> world.accepted.get() == accepted + lost);
        assertThat(second.focus.snapshot().counters())
                .containsEntry(ConferenceCounter.PARTICIPANTS_REPAIRED, (long) lost);
        everybodyGoes(second.focus);
    }

    @Test
    void aConferenceThatCannotBeReadIsLeftAndTheOthersGoOn() {
        Life first = everybodyComes();
        Map<String, byte[]> records = new TreeMap<>(first.journal.records());
        String torn = records.keySet().stream()
                .filter(key -> key.startsWith("conference/" + room("room3").value() + "/member/"))
                .findFirst()
                .orElseThrow();
        first.journal.change(() -> first.journal.put(torn, () -> new byte[] {'{'}));

        Life second = new Life(first.dies());
        Focus.Restored restored = second.focus.restore();
        second.focus.goOn(Farewell.DIED);

        assertThat(restored.conferences()).isEqualTo(ROOMS - 1);
        assertThat(restored.lost()).isOne();
        assertThat(world.joined).hasSize(ROOMS - 1).doesNotContain(room("room3"));
        assertThat(second.journal.records().keySet().stream()
                        .filter(key ->
                                key.startsWith("conference/" + room("room3").value())))
                .hasSize(1);

        // Nobody asks: the room may have forgotten the focus, and then nobody sees it leave.
        Life third = new Life(second.dies());
        assertThat(third.focus.restore().lost()).isOne();
        third.focus.connection(ConnectionState.RESUMED);
        await().atMost(PATIENCE).until(() -> world.joined.contains(room("room3")));
        await().atMost(PATIENCE)
                .until(() -> third.focus.snapshot().conferences().size() == ROOMS);
        await().atMost(PATIENCE).until(() -> third.focus.snapshot().queuedInputs() == 0);
        Life fourth = new Life(third.dies());
        assertThat(fourth.focus.restore()).isEqualTo(new Focus.Restored(ROOMS, 0, List.of(JVB1, JVB2)));
    }

    @Test
    void aConferenceOfWhichSomethingIsMissingOrDoesNotFitIsNotTakenUpHalf() {
        Life first = everybodyComes();
        String below = "conference/" + room("room3").value() + "/";
        List<String> all = first.journal.records().keySet().stream()
                .filter(key -> key.startsWith(below) && !key.contains("/seat/"))
                .toList();
        assertThat(all).hasSizeGreaterThan(10);
        MemoryJournal left = first.dies();
        for (String missing : all) {
            MemoryJournal torn = new MemoryJournal();
            torn.change(() -> left.records().forEach((key, value) -> {
                if (!key.equals(missing)) {
                    torn.put(key, () -> value);
                }
            }));
            Life next = new Life(torn.successor());

            assertThat(next.focus.restore().lost()).as("without %s", missing).isOne();
            next.threads.close();
        }
    }

    @Test
    void whatAnotherProcessOffersIsNotWhatAProcessOffersThatKnewMore() {
        Life first = everybodyComes();
        MemoryJournal older = first.journal.successor();
        first.focus.happened(room("room0"), present("late", MemberRole.PARTICIPANT));
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + 1);
        first.dies();

        Life second = new Life(older);
        second.focus.restore();
        second.focus.goOn(Farewell.DIED);
        second.focus.happened(room("room0"), present("late", MemberRole.PARTICIPANT));

        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + 2);
        assertThat(world.sessions).doesNotHaveDuplicates().hasSize(ROOMS * PEOPLE + 2);
    }

    @Test
    void whatOperatorsOrderedStillHolds() {
        Life first = everybodyComes();
        first.focus.pin(room("pinned"), "4.2", Duration.ofMinutes(5));
        first.focus.pin(room("no-longer-pinned"), "4.2", Duration.ofMinutes(5));
        first.focus.unpin(room("no-longer-pinned"));
        first.focus
                .drains()
                .drain(new DrainControl.Request(
                        new DrainControl.Target.OneBridge("jvb1"), Optional.empty(), OptionalInt.of(1)));

        Life second = new Life(first.dies());
        second.focus.restore();
        second.focus.goOn(Farewell.DIED);

        assertThat(second.focus.pins())
                .singleElement()
                .satisfies(pin -> assertThat(pin.conference()).isEqualTo(room("pinned")));
        assertThat(second.focus.drains().drains())
                .singleElement()
                .satisfies(drain -> assertThat(drain.target().toString()).isEqualTo("bridge " + JVB1.value()));
        assertThat(second.focus.snapshot().bridges())
                .filteredOn(bridge -> bridge.bridge().id().equals(JVB1))
                .singleElement()
                .satisfies(bridge -> assertThat(bridge.bridge().draining()).isTrue());
    }

    @Test
    void aStanzaThatWasHandledAndComesAgainIsNotHandledTwice() {
        Life first = everybodyComes();
        Receipt.handle(4711, () -> first.focus.happened(room("room0"), left("p00")), () -> {});
        Receipt.handle(
                4712, () -> first.focus.happened(room("room0"), present("p00", MemberRole.PARTICIPANT)), () -> {});
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + 1);
        await().atMost(PATIENCE).until(() -> first.focus.snapshot().queuedInputs() == 0);

        Life second = new Life(first.dies());
        second.focus.restore();
        second.focus.goOn(Farewell.HANDED_OVER);
        Receipt.handle(4711, () -> second.focus.happened(room("room0"), left("p00")), () -> {});
        Receipt.handle(
                4712, () -> second.focus.happened(room("room0"), present("p00", MemberRole.PARTICIPANT)), () -> {});
        Receipt.handle(
                4713, () -> second.focus.happened(room("room0"), present("late", MemberRole.PARTICIPANT)), () -> {});

        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE + 2);
        assertThat(world.offers).hasValue(ROOMS * PEOPLE + 2);
        second.focus.happened(room("room0"), left("late"));
        everybodyGoes(second.focus);
    }

    @Test
    void whereTheStreamCannotBeResumedRoomsAreJoinedAgainAndSessionsKept() {
        Life second = new Life(everybodyComes().dies());
        second.focus.restore();
        second.focus.goOn(Farewell.DIED);
        second.focus.connection(ConnectionState.CONNECTED);

        await().atMost(PATIENCE).until(() -> second.focus.snapshot().queuedInputs() == 0);
        assertThat(second.focus.snapshot().conferences()).hasSize(ROOMS);
        assertThat(world.joined).hasSize(ROOMS);
    }

    private Life everybodyComes() {
        Life process = new Life(new MemoryJournal());
        Focus focus = process.focus;
        assertThat(focus.restore()).isEqualTo(new Focus.Restored(0, 0, List.of()));
        focus.connection(ConnectionState.CONNECTED);
        focus.breweryJoined(true);
        focus.bridgeReported(JVB1, usable(), List.of());
        focus.bridgeReported(JVB2, usable(), List.of());
        await().atMost(PATIENCE).until(() -> focus.snapshot().bridges().size() == 2);
        for (int r = 0; r < ROOMS; r++) {
            focus.requested(request("room" + r, "request" + r));
        }
        await().atMost(PATIENCE).until(() -> world.ready.get() == ROOMS);
        for (int r = 0; r < ROOMS; r++) {
            for (int p = 0; p < PEOPLE; p++) {
                focus.happened(room("room" + r), present("p" + r + p, MemberRole.PARTICIPANT));
            }
        }
        await().atMost(PATIENCE).until(() -> world.accepted.get() == ROOMS * PEOPLE);
        await().atMost(PATIENCE).until(() -> focus.snapshot().queuedInputs() == 0);
        return process;
    }

    private void everybodyGoes(Focus focus) {
        for (int r = 0; r < ROOMS; r++) {
            for (int p = 0; p < PEOPLE; p++) {
                focus.happened(room("room" + r), left("p" + r + p));
            }
        }
        await().atMost(PATIENCE)
                .until(() -> focus.snapshot().conferences().stream().noneMatch(conference -> conference.members() > 0));
        assertThat(focus.snapshot().reservations()).isZero();
        assertThat(world.endpointsOn(JVB1) + world.endpointsOn(JVB2)).isZero();
        assertThat(world.errors).isEmpty();
        assertThat(focus.snapshot().counters()).containsEntry(ConferenceCounter.INPUTS_ILLEGAL, 0L);
    }

    private static Map<String, Map<String, Object>> debug(Focus focus) {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (int r = 0; r < ROOMS; r++) {
            all.put("room" + r, focus.conferenceDebug(room("room" + r)).orElseThrow());
        }
        return all;
    }

    private static Map<BridgeId, Integer> byBridge(FocusSnapshot seen) {
        Function<FocusSnapshot.Bridge, BridgeId> id = bridge -> bridge.bridge().id();
        return seen.bridges().stream().collect(Collectors.toMap(id, FocusSnapshot.Bridge::endpoints));
    }

    private static BridgeReport usable() {
        return new BridgeReport(
                OptionalDouble.of(0.1),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("4.1"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
