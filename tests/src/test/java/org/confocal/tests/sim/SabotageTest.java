package org.confocal.tests.sim;

import static org.assertj.core.api.Assertions.fail;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.MoveConfig;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.runtime.FocusConfig;
import org.confocal.focus.runtime.LooseEnd;
import org.confocal.strategy.BridgeSelectionStrategy;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.FleetView;
import org.confocal.strategy.Selection;
import org.confocal.strategy.SelectionRequest;
import org.confocal.tests.sim.CoreSimulation.Sabotage;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds what it is there to find: a focus that is broken on purpose does not get through. */
class SabotageTest {
    private static final int SEEDS = 64;
    private static final int BATCH = 4;

    /** Spoils the effects of a step of the real machine; sees the input that led to them. */
    interface Spoiler extends BiFunction<ConferenceInput, List<Effect>, List<Effect>> {}

    static Stream<Named<Spoiler>> spoilers() {
        return Stream.of(
                Named.of(
                        "bridges are never told that a conference ends",
                        without(effect -> effect instanceof Effect.ModifyConference modify
                                && modify.change().expire())),
                Named.of("reservations are never given back", without(Effect.ReleaseEndpoint.class::isInstance)),
                Named.of("requests are never answered", without(Effect.Acknowledge.class::isInstance)),
                Named.of("requests are answered twice", twice(Effect.Acknowledge.class)),
                Named.of("conference requests are answered twice", twice(Effect.AnswerRequest.class)),
                Named.of("timers are never stopped", without(Effect.CancelTimer.class::isInstance)),
                Named.of(
                        "timers run that the state does not know",
                        plus(
                                ConferenceInput.MemberPresent.class,
                                new Effect.StartTimer(
                                        new TimerKey.SourceSignaling(new EndpointId("x")), Duration.ofHours(1)))),
                Named.of("offers are never sent", without(Effect.SendOffer.class::isInstance)),
                Named.of("an accept is not passed on to the bridge", SabotageTest::deafToAccepts),
                Named.of(
                        "transports of relays are never passed on",
                        withoutRelays(relay -> relay.remote().isPresent())),
                Named.of(
                        "relays are never taken down",
                        withoutRelays(relay -> relay.lifecycle() == BridgeRequest.Lifecycle.EXPIRE)),
                Named.of(
                        "other bridges hear of nobody who comes or goes",
                        withoutRelays(relay ->
                                relay.create().isEmpty() && !relay.endpoints().isEmpty())),
                Named.of("who left is still written to", SabotageTest::writesToWhoLeft),
                Named.of("load is given back when a session is offered", SabotageTest::givesBackTooEarly),
                Named.of("the end is forgotten", without(Effect.End.class::isInstance)));
    }

    @ParameterizedTest
    @MethodSource("spoilers")
    void aMachineThatDoesTheWrongThingIsCaught(Spoiler spoiler) {
        isCaught(new Sabotage(
                real -> (state, input, now) -> {
                    Step<ConferenceState> step = real.step(state, input, now);
                    return new Step<>(step.state(), spoiler.apply(input, step.effects()));
                },
                UnaryOperator.identity()));
    }

    static Stream<Named<Class<? extends ConferenceInput>>> unheard() {
        return Stream.of(
                Named.of("that a bridge can be used", ConferenceInput.BridgeUsable.class),
                Named.of("that the room is lost", ConferenceInput.RoomLost.class),
                Named.of("that another process goes on with the conference", ConferenceInput.TakenUp.class),
                Named.of("that a selection has to wait", ConferenceInput.SelectionPostponed.class));
    }

    @ParameterizedTest
    @MethodSource("unheard")
    void aMachineThatDoesNotHearSomethingIsCaught(Class<? extends ConferenceInput> unheard) {
        isCaught(new Sabotage(
                real -> (state, input, now) ->
                        unheard.isInstance(input) ? new Step<>(state, List.of()) : real.step(state, input, now),
                UnaryOperator.identity()));
    }

    @Test
    void aFocusThatMovesPeopleFasterThanItMayIsCaught() {
        MoveConfig fast = new MoveConfig(1e6, 1e6, 1e6, 1e6);
        double slow = 0.2;
        for (MoveConfig allowed : List.of(
                new MoveConfig(slow, 1e6, 1e6, 1e6),
                new MoveConfig(1e6, slow, 1e6, 1e6),
                new MoveConfig(1e6, 1e6, slow, 1e6),
                new MoveConfig(1e6, 1e6, 1e6, slow))) {
            isCaught(
                    new Sabotage(UnaryOperator.identity(), setting -> moving(setting, fast, allowed)),
                    "faster than they may");
        }
    }

    @Test
    void aFleetThatDoesNotTakeItsLastBridgeIsCaught() {
        isCaught(
                new Sabotage(
                        UnaryOperator.identity(),
                        setting -> choosing(setting, new Choosy(setting.focus().strategy()))),
                "neither says that it is broken nor shuts down");
    }

    static Stream<Named<UnaryOperator<Journal>>> journals() {
        return Stream.of(
                Named.of("what is sent and acknowledged does not wait until it is kept", Hasty::new),
                Named.of("what was sent is forgotten", real -> new Forgetful(real, "/out/")),
                Named.of("what came in is forgotten", real -> new Forgetful(real, "stream/rooms/in")),
                Named.of("members are forgotten", real -> new Forgetful(real, "/member/")),
                Named.of("timers are forgotten", real -> new Forgetful(real, "/timer/")),
                Named.of("questions to bridges are forgotten", real -> new Forgetful(real, "/pending/")));
    }

    @ParameterizedTest
    @MethodSource("journals")
    void aJournalThatDoesNotKeepItsWordIsCaught(UnaryOperator<Journal> journal) {
        isCaught(Sabotage.keeping(journal));
    }

    static Stream<Named<Class<? extends LooseEnd>>> looseEnds() {
        return Stream.of(
                Named.of("seats", LooseEnd.Placed.class),
                Named.of("timers", LooseEnd.Timer.class),
                Named.of("questions to bridges", LooseEnd.BridgeAsked.class));
    }

    @ParameterizedTest
    @MethodSource("looseEnds")
    void aProcessThatDoesNotTakeSomethingUpIsCaught(Class<? extends LooseEnd> forgotten) {
        isCaught(Sabotage.takingUp(end -> !forgotten.isInstance(end)));
    }

    /** A journal with something amiss. */
    private abstract static class Spoilt implements Journal {
        private final Journal real;

        Spoilt(Journal real) {
            this.real = real;
        }

        @Override
        public void change(Runnable change) {
            real.change(change);
        }

        @Override
        public void put(String key, Supplier<byte[]> value) {
            real.put(key, value);
        }

        @Override
        public void remove(String key) {
            real.remove(key);
        }

        @Override
        public void whenKept(Runnable then) {
            real.whenKept(then);
        }

        @Override
        public SortedMap<String, byte[]> inherited() {
            return real.inherited();
        }

        @Override
        public boolean owned() {
            return real.owned();
        }
    }

    private static final class Hasty extends Spoilt {
        Hasty(Journal real) {
            super(real);
        }

        @Override
        public void whenKept(Runnable then) {
            then.run();
        }
    }

    private static final class Forgetful extends Spoilt {
        private final String forgotten;

        Forgetful(Journal real, String forgotten) {
            super(real);
            this.forgotten = forgotten;
        }

        @Override
        public void put(String key, Supplier<byte[]> value) {
            if (!key.contains(forgotten)) {
                super.put(key, value);
            }
        }
    }

    private static void isCaught(Sabotage sabotage) {
        isCaught(sabotage, "");
    }

    /** Some seed finds it, by a sentence that has these words. */
    private static void isCaught(Sabotage sabotage, String words) {
        CoreSimulation simulation = new CoreSimulation(sabotage, new PrintStream(OutputStream.nullOutputStream()));
        for (int seed = 1; seed <= SEEDS; seed += BATCH) {
            if (simulation.run(seed, BATCH).violations().values().stream().anyMatch(found -> found.contains(words))) {
                return;
            }
        }
        fail("%d seeds went through", SEEDS);
    }

    private static SimSetting moving(SimSetting setting, MoveConfig real, MoveConfig allowed) {
        BridgeCareConfig care = setting.focus().bridges();
        BridgeCareConfig spoilt = new BridgeCareConfig(
                care.health(),
                real,
                care.redistribution(),
                care.iceFailures(),
                care.plannedMoves(),
                care.rateLimited());
        return new SimSetting(
                focus(setting.focus(), setting.focus().strategy(), spoilt),
                setting.cascades(),
                allowed,
                setting.brewery());
    }

    private static SimSetting choosing(SimSetting setting, BridgeSelectionStrategy strategy) {
        return new SimSetting(
                focus(setting.focus(), strategy, setting.focus().bridges()),
                setting.cascades(),
                setting.budget(),
                setting.brewery());
    }

    private static FocusConfig focus(FocusConfig config, BridgeSelectionStrategy strategy, BridgeCareConfig bridges) {
        return new FocusConfig(
                config.conference(),
                config.authentication(),
                config.fleet(),
                config.selection(),
                strategy,
                config.policy(),
                bridges,
                config.limits());
    }

    /** Wants at least two bridges to choose from. */
    private record Choosy(BridgeSelectionStrategy real) implements BridgeSelectionStrategy {
        @Override
        public String name() {
            return real.name();
        }

        @Override
        public Reach reach() {
            return real.reach();
        }

        @Override
        public Selection select(SelectionRequest request, FleetView fleet) {
            return fleet.bridges().size() > 1
                    ? real.select(request, fleet)
                    : new Selection.None(
                            Selection.Refusal.STRATEGY_REFUSED,
                            new Selection.Explanation(name(), "too few", List.of(), List.of()));
        }
    }

    private static Spoiler without(java.util.function.Predicate<Effect> unwanted) {
        return (input, effects) -> effects.stream().filter(unwanted.negate()).toList();
    }

    private static Spoiler withoutRelays(java.util.function.Predicate<BridgeRequest.RelayRequest> unwanted) {
        return without(effect -> effect instanceof Effect.ModifyConference modify
                && modify.change().relay().filter(unwanted).isPresent());
    }

    private static Spoiler twice(Class<? extends Effect> kind) {
        return (input, effects) -> effects.stream()
                .flatMap(effect -> kind.isInstance(effect) ? Stream.of(effect, effect) : Stream.of(effect))
                .toList();
    }

    private static Spoiler plus(Class<? extends ConferenceInput> when, Effect more) {
        return (input, effects) -> {
            if (!when.isInstance(input)) {
                return effects;
            }
            List<Effect> spoilt = new ArrayList<>(effects);
            spoilt.addFirst(more);
            return spoilt;
        };
    }

    private static List<Effect> deafToAccepts(ConferenceInput input, List<Effect> effects) {
        boolean accept = input instanceof ConferenceInput.JingleReceived jingle
                && jingle.request() instanceof org.confocal.focus.model.JingleRequest.Accept;
        return accept
                ? effects.stream()
                        .filter(effect -> !(effect instanceof Effect.ModifyConference))
                        .toList()
                : effects;
    }

    private static List<Effect> givesBackTooEarly(ConferenceInput input, List<Effect> effects) {
        List<Effect> spoilt = new ArrayList<>(effects);
        for (Effect effect : effects) {
            if (effect instanceof Effect.ReportBridge report
                    && report.experience() == Effect.BridgeExperience.ALLOCATED
                    && effects.getLast() instanceof Effect.SendOffer offer) {
                spoilt.add(new Effect.ReleaseEndpoint(report.bridge(), offer.id()));
            }
        }
        return spoilt;
    }

    private static List<Effect> writesToWhoLeft(ConferenceInput input, List<Effect> effects) {
        if (!(input instanceof ConferenceInput.MemberLeft left)) {
            return effects;
        }
        List<Effect> spoilt = new ArrayList<>(effects);
        spoilt.addFirst(new Effect.SendTerminate(
                left.id(), new org.confocal.focus.model.SessionId("gone"), TerminateReason.IDLE));
        return spoilt;
    }
}
