package org.confocal.tests.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.conference.Step;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.TerminateReason;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation finds what it is there to find: a machine that is broken on purpose does not get through. */
class SabotageTest {
    private static final int SEEDS = 60;

    /** Spoils the effects of a step of the real machine; sees the input that led to them. */
    interface Sabotage extends BiFunction<ConferenceInput, List<Effect>, List<Effect>> {}

    static Stream<Named<Sabotage>> sabotages() {
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
                Named.of("the end is forgotten", without(Effect.End.class::isInstance)));
    }

    @ParameterizedTest
    @MethodSource("sabotages")
    void aBrokenMachineIsCaught(Sabotage sabotage) {
        UnaryOperator<Machine<ConferenceState, ConferenceInput>> broken = real -> (state, input, now) -> {
            Step<ConferenceState> step = real.step(state, input, now);
            return new Step<>(step.state(), sabotage.apply(input, step.effects()));
        };

        CoreSimulation.Result result =
                new CoreSimulation(broken, new PrintStream(OutputStream.nullOutputStream())).run(1, SEEDS);

        assertThat(result.violations()).isNotEmpty();
    }

    private static Sabotage without(java.util.function.Predicate<Effect> unwanted) {
        return (input, effects) -> effects.stream().filter(unwanted.negate()).toList();
    }

    private static Sabotage withoutRelays(java.util.function.Predicate<BridgeRequest.RelayRequest> unwanted) {
        return without(effect -> effect instanceof Effect.ModifyConference modify
                && modify.change().relay().filter(unwanted).isPresent());
    }

    private static Sabotage twice(Class<? extends Effect> kind) {
        return (input, effects) -> effects.stream()
                .flatMap(effect -> kind.isInstance(effect) ? Stream.of(effect, effect) : Stream.of(effect))
                .toList();
    }

    private static Sabotage plus(Class<? extends ConferenceInput> when, Effect more) {
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
