package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.runtime.Inputs.fact;
import static org.confocal.focus.runtime.Inputs.jingle;
import static org.confocal.focus.runtime.Inputs.left;
import static org.confocal.focus.runtime.Inputs.present;
import static org.confocal.focus.runtime.Inputs.requested;
import static org.confocal.focus.runtime.Inputs.room;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Requester;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.strategy.EndpointId;
import org.junit.jupiter.api.Test;

/** The actor on one thread, with a pool whose tasks a test runs when it wants. */
class ConferenceActorTest {
    private static final int BOUND = 20;

    private final VirtualTime time = new VirtualTime();
    private final Queue<Runnable> pool = new ArrayDeque<>();
    private final PortsFake ports = new PortsFake();
    private final FleetFake fleet = new FleetFake();
    private final MeetingClaims claims = new MeetingClaims();
    private final FocusCounters counters = new FocusCounters(time.instant());
    private final List<ConferenceActor<?>> ended = new ArrayList<>();
    private final List<ConferenceRequest> tooLate = new ArrayList<>();
    private final List<ConferenceInput> seen = new ArrayList<>();

    @Test
    void allEffectsOfAStepComeBeforeTheNextInput() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.JingleReceived i ->
                List.of(
                        new Effect.Acknowledge(i.stanza()),
                        new Effect.GrantOwner(i.stanza().from()));
            default -> List.of();
        });
        actor.tell(jingle("1"));
        actor.tell(jingle("2"));
        work();
        assertThat(ports.calls)
                .containsExactly(
                        "acknowledge 1", "grant standup anna@example.org/1",
                        "acknowledge 2", "grant standup anna@example.org/1");
    }

    @Test
    void selectedBridgeIsTheVeryNextInput() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        Inputs.select("standup", i.id().value(), time.instant()),
                        Inputs.select("standup", i.id() + "-2", time.instant()));
            default -> List.of();
        });
        actor.tell(fact("anna", 1));
        actor.tell(left("bert"));
        work();
        assertThat(seen.stream().map(i -> i.getClass().getSimpleName()))
                .containsExactly("OfferAnswered", "BridgeSelected", "BridgeSelected", "MemberLeft");
        assertThat(fleet.seats).hasSize(2);
        assertThat(counters.endpoints.alive()).isEqualTo(2);
    }

    @Test
    void decisionIsOneInfoLineWithRoomAndMeetingInTheContext() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        new Effect.ClaimMeetingId(new MeetingId("m-1")),
                        Inputs.select("standup", "anna", time.instant()));
            default -> ModelFake.plain(state, input);
        });
        try (LogCapture log = new LogCapture("org.confocal.conference")) {
            ended(actor, List.of(fact("anna", 1)));
            assertThat(log.lines())
                    .contains("standup@muc.example.org m-1: Endpoint anna in standup@muc.example.org -> jvb1, region"
                            + " unknown, stress unknown, by fake: the only one");
            assertThat(log.events().getFirst().getMDCPropertyMap())
                    .containsEntry("room", "standup@muc.example.org")
                    .containsEntry("meeting", "m-1");
        }
    }

    @Test
    void linesOfStrangersAreCutAndStayOneLine() {
        ConferenceActor<?> actor =
                actor((state, input) -> List.of(new Effect.Log(Effect.Level.WARN, "a\nb" + "x".repeat(5_000))));
        try (LogCapture log = new LogCapture("org.confocal.conference")) {
            actor.tell(left("anna"));
            work();
            assertThat(log.lines()).hasSize(1);
            assertThat(log.lines().getFirst()).contains(": a.bxxx").doesNotContain("\n");
            assertThat(log.lines().getFirst().length()).isLessThan(2_200);
        }
    }

    @Test
    void fullMailboxRefusesIqsAndRequestsAndTakesAnswersAndDepartures() {
        ConferenceActor<?> actor = actor(ModelFake::plain);
        for (int i = 0; i < BOUND; i++) {
            actor.tell(jingle("early" + i));
        }
        actor.tell(jingle("late"));
        actor.tell(requested("standup", "also-late"));
        actor.tell(fact("anna", 7));
        actor.tell(left("bert"));

        assertThat(ports.calls).containsExactly("refuse late resource-constraint", "answer also-late ready=false");
        assertThat(counters.inputsDropped.sum()).isEqualTo(2);
        assertThat(actor.queued()).isEqualTo(BOUND + 2);
        work();
        assertThat(seen).hasSize(BOUND + 2).endsWith(fact("anna", 7), left("bert"));
    }

    @Test
    void newestPresenceReplacesTheOneThatWaitsInAFullMailbox() {
        ConferenceActor<?> actor = actor(ModelFake::plain);
        for (int i = 0; i < BOUND; i++) {
            actor.tell(jingle("early" + i));
        }
        actor.tell(present("anna", MemberRole.PARTICIPANT));
        actor.tell(present("bert", MemberRole.PARTICIPANT));
        actor.tell(present("anna", MemberRole.MODERATOR));
        actor.tell(present("anna", MemberRole.OWNER));
        assertThat(actor.queued()).isEqualTo(BOUND + 2);
        assertThat(counters.inputsDropped.sum()).isEqualTo(2);
        work();
        assertThat(seen.subList(BOUND, seen.size()))
                .containsExactly(present("anna", MemberRole.OWNER), present("bert", MemberRole.PARTICIPANT));

        actor.tell(present("anna", MemberRole.MODERATOR));
        work();
        assertThat(seen).endsWith(present("anna", MemberRole.MODERATOR));
    }

    @Test
    void comingBackAfterLeavingIsNotSeenBeforeTheLeavingInAFullMailbox() {
        ConferenceActor<?> actor = actor(ModelFake::plain);
        for (int i = 0; i < BOUND; i++) {
            actor.tell(jingle("early" + i));
        }
        actor.tell(present("anna", MemberRole.PARTICIPANT));
        actor.tell(left("anna"));
        actor.tell(present("anna", MemberRole.MODERATOR));
        work();
        assertThat(seen.subList(BOUND, seen.size()))
                .containsExactly(
                        present("anna", MemberRole.PARTICIPANT), left("anna"), present("anna", MemberRole.MODERATOR));
    }

    @Test
    void conferenceThatIsTwiceItsBoundBehindEnds() {
        ConferenceActor<?> actor = actor(ModelFake::plain);
        for (int i = 0; i < 2 * BOUND; i++) {
            actor.tell(fact("anna", i));
        }
        assertThat(ended).isEmpty();
        actor.tell(fact("anna", 99));
        work();
        assertThat(ended).hasSize(1);
        assertThat(seen).isEmpty();
        assertThat(ports.calls).contains("leave standup");
    }

    @Test
    void failingStepEndsTheConferenceAndGivesEverythingBack() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        Inputs.select("standup", "anna", time.instant()),
                        new Effect.StartTimer(new TimerKey.Start(), Duration.ofSeconds(5)),
                        new Effect.ClaimMeetingId(new MeetingId("m-1")));
            case ConferenceInput.Requested i -> List.of();
            case ConferenceInput.JingleReceived i -> throw new IllegalStateException("an SSRC with two owners");
            default -> List.of();
        });
        try (LogCapture log = new LogCapture("org.confocal.conference")) {
            actor.tell(requested("standup", "request"));
            IntStream.range(0, 30).forEach(i -> {
                actor.tell(fact("anna", i));
                work();
            });
            assertThat(counters.timers.sum()).isOne();
            actor.tell(jingle("fatal"));
            actor.tell(jingle("after"));
            work();

            String report = log.events().stream()
                    .filter(event -> event.getLevel() == Level.ERROR)
                    .findFirst()
                    .orElseThrow()
                    .getFormattedMessage();
            assertThat(report).contains("standup@muc.example.org m-1").contains("JingleReceived OtherInfo from anna");
            assertThat(report).contains("standup@muc.example.org after 61 inputs", "an SSRC with two owners");
            assertThat(report.lines().filter(line -> line.startsWith("  2024"))).hasSize(InputHistory.KEPT);
            assertThat(log.lines()).noneMatch(line -> line.contains("a-secret-token"));
        }
        assertThat(ports.calls)
                .containsExactly(
                        "leave standup",
                        "refuse fatal internal-server-error",
                        "answer request ready=false",
                        "refuse after item-not-found");
        assertThat(ended).hasSize(1);
        assertThat(fleet.seats).isEmpty();
        assertThat(counters.endpoints.alive()).isZero();
        assertThat(counters.timers.sum()).isZero();
        assertThat(time.waiting()).isZero();
        assertThat(claims.count()).isZero();
        assertThat(actor.tell(jingle("much later"))).isEqualTo(ConferenceActor.Told.GONE);
    }

    @Test
    void endlessExchangeOfSelectionsIsCut() {
        ConferenceActor<?> actor = actor((state, input) -> List.of(Inputs.select("standup", "anna", time.instant())));
        actor.tell(left("nobody"));
        work();
        assertThat(ended).hasSize(1);
        assertThat(fleet.seats).isEmpty();
    }

    @Test
    void whatTheMachineForgotIsGivenBackAndSaid() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.Stop i -> List.of(new Effect.End(i.reason()));
            case ConferenceInput.JingleReceived i ->
                List.of(
                        Inputs.select("standup", "anna", time.instant()),
                        new Effect.StartTimer(new TimerKey.Start(), Duration.ofSeconds(5)));
            default -> List.of();
        });
        try (LogCapture log = new LogCapture("org.confocal.conference")) {
            actor.tell(jingle("unanswered"));
            ended(actor, List.of());
            assertThat(log.lines())
                    .anyMatch(line -> line.contains("Ended with something left: 1 timers, 1 endpoints, 1 answers"));
        }
        assertThat(ports.calls).containsExactly("refuse unanswered item-not-found");
        assertThat(fleet.seats).isEmpty();
        assertThat(counters.timers.sum()).isZero();
    }

    @Test
    void requestThatComesJustAfterTheEndIsHandedBack() {
        ConferenceActor<?> actor = actor(ModelFake::plain);
        actor.tell(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        actor.tell(requested("standup", "late"));
        work();
        assertThat(tooLate).hasSize(1);
        assertThat(ports.calls).containsExactly("leave standup");
    }

    @Test
    void timerFiresOnceAndACancelledOneNotEvenWhenItIsInTheMailboxAlready() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i ->
                List.of(
                        new Effect.StartTimer(new TimerKey.Start(), Duration.ofSeconds(5)),
                        new Effect.StartTimer(new TimerKey.Metadata(), Duration.ofSeconds(5)));
            case ConferenceInput.MemberLeft i -> List.of(new Effect.CancelTimer(new TimerKey.Start()));
            default -> List.of();
        });
        actor.tell(fact("anna", 1));
        work();
        actor.tell(left("anna"));
        time.advance(Duration.ofSeconds(5));
        assertThat(actor.queued()).isEqualTo(3);
        work();
        assertThat(seen.getLast()).isEqualTo(new ConferenceInput.TimerFired(new TimerKey.Metadata()));
        assertThat(seen).hasSize(3);
        assertThat(counters.timers.sum()).isZero();
    }

    @Test
    void duplicateMeetingIdComesBackAsStop() {
        claims.claim(new MeetingId("m-1"), "somebody else");
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.Stop i -> List.of(new Effect.End(i.reason()));
            default -> List.of(new Effect.ClaimMeetingId(new MeetingId("m-1")));
        });
        actor.tell(left("anna"));
        work();
        assertThat(seen).endsWith(new ConferenceInput.Stop(EndReason.DUPLICATE_MEETING_ID));
        assertThat(ended).hasSize(1);
        assertThat(claims.count()).isOne();
    }

    @Test
    void releaseOnTheOldBridgeAfterAMoveTakesNothingAway() {
        ConferenceActor<?> actor = actor((state, input) -> switch (input) {
            case ConferenceInput.OfferAnswered i -> List.of(Inputs.select("standup", "anna", time.instant()));
            case ConferenceInput.MemberLeft i ->
                List.of(new Effect.ReleaseEndpoint(
                        new org.confocal.strategy.BridgeId("brewery@internal.example.org/old"),
                        new EndpointId("anna")));
            default -> List.of();
        });
        actor.tell(fact("anna", 1));
        actor.tell(left("anna"));
        work();
        assertThat(fleet.seats).hasSize(1);
        assertThat(counters.endpoints.alive()).isOne();
    }

    private ConferenceActor<?> actor(ModelFake.Behaviour behaviour) {
        FocusLimits limits = new FocusLimits(10, BOUND, 10, Duration.ofSeconds(15), 10, 10);
        FocusEnvironment environment = new FocusEnvironment(time, pool::add, time, new SplittableRandom(1));
        ConferenceEdge edge = new ConferenceEdge(
                ports.ports(),
                fleet,
                claims,
                new HttpRequests(environment, limits, Map.of()),
                Map.of(),
                counters,
                environment,
                limits);
        ConferenceActor.Listener listener = new ConferenceActor.Listener() {
            @Override
            public void ended(ConferenceActor<?> actor) {
                ended.add(actor);
            }

            @Override
            public void requestedTooLate(ConferenceRequest request, Requester requester) {
                tooLate.add(request);
            }
        };
        ModelFake model = new ModelFake((state, input) -> {
            seen.add(input);
            return behaviour.effects(state, input);
        });
        return ConferenceActor.fresh(
                room("standup"), model, 1, new ConferenceJournal.Run(0, Optional.empty()), edge, listener);
    }

    private void ended(ConferenceActor<?> actor, List<ConferenceInput> inputs) {
        inputs.forEach(actor::tell);
        actor.tell(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        work();
    }

    private void work() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }
}
