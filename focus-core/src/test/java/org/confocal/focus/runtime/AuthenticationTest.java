package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.runtime.Inputs.room;
import static org.confocal.focus.runtime.Inputs.stanza;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.authentication.AuthenticationConfig.AfterConference;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceReply;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.serial.VirtualTime;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

/** A whole focus that asks people to log in: who may open rooms, over XMPP and HTTP (spec/02, sections 2 to 4). */
class AuthenticationTest {
    private static final AuthenticationConfig ACCOUNTS =
            AuthenticationConfig.xmpp("example.org", Duration.ofHours(24), AfterConference.KEEP);
    private static final FocusLimits LIMITS = new FocusLimits(10, 2, 2, Duration.ofSeconds(15), 10, 10);
    private static final String ANNA = "anna@example.org/1";
    private static final String GUEST = "x7@guest.example.org/1";
    private static final String HTTP = "";

    private final VirtualTime time = new VirtualTime();
    private final PortsFake ports = new PortsFake();
    private final List<ConferenceInput> seen = new ArrayList<>();

    @Test
    void aGuestWaitsOutsideUntilSomebodyWhoHasAuthenticatedOpensTheRoom() {
        Focus focus = focus(ACCOUNTS);
        focus.requested(ask("1", GUEST));
        assertThat(ports.calls).containsExactly("refuse 1 not-authorized");
        assertThat(focus.snapshot().conferences()).isEmpty();
        assertThat(focus.snapshot().conferencesCreated()).isZero();

        focus.requested(ask("2", ANNA, "m1", ""));
        focus.requested(ask("3", GUEST));
        assertThat(ports.calls)
                .endsWith("join standup", "answer 2 ready=true to anna@example.org", "answer 3 ready=true");
        assertThat(requesters()).containsExactly("Authenticated", "Guest");
        assertThat(focus.snapshot().conferenceRequests()).isEqualTo(3);
    }

    @Test
    void aGuestMayNotOpenTheRoomAgainAfterItsEnd() {
        Focus focus = focus(ACCOUNTS);
        focus.requested(ask("1", ANNA, "m1", ""));
        focus.happened(room("standup"), new ConferenceInput.Stop(EndReason.EVERYBODY_LEFT));
        focus.requested(ask("2", GUEST));
        assertThat(ports.calls).endsWith("leave standup", "refuse 2 not-authorized");
    }

    @Test
    void aGuestWhoAsksWhileTheConferenceEndsDoesNotBeginAnother() {
        Deque<Runnable> work = new ArrayDeque<>();
        Focus focus = focus(Optional.of(ACCOUNTS), work::add);
        focus.requested(ask("1", ANNA, "m1", ""));
        run(work);
        focus.happened(room("standup"), new ConferenceInput.Stop(EndReason.EVERYBODY_LEFT));
        focus.requested(ask("2", GUEST));
        // The request is admitted before the conference takes the stop, and reaches it after.
        work.addFirst(work.removeLast());
        run(work);
        assertThat(ports.calls("refuse")).containsExactly("refuse 2 not-authorized");
        assertThat(focus.snapshot().conferences()).isEmpty();
        assertThat(focus.snapshot().conferencesCreated()).isOne();
    }

    @Test
    void guestsMayGoBackToTheRoomThatTheirBreakoutRoomBelongsTo() {
        Focus focus = focus(ACCOUNTS);
        focus.breakoutRooms(Optional.of("muc.example.org"));
        RoomId breakout = new RoomId("breakout-of-main@conference.example.org");
        focus.requested(in(breakout, "1", GUEST));
        assertThat(ports.calls).as("another MUC service").containsExactly("refuse 1 not-authorized");

        focus.breakoutRooms(Optional.of("conference.example.org"));
        focus.requested(in(breakout, "2", GUEST));
        focus.requested(in(new RoomId("main@conference.example.org"), "3", GUEST));
        assertThat(ports.calls("answer")).containsExactly("answer 2 ready=true", "answer 3 ready=true");

        focus.breakoutRooms(Optional.empty());
        focus.happened(new RoomId("main@conference.example.org"), new ConferenceInput.Stop(EndReason.KICKED));
        focus.requested(in(new RoomId("main@conference.example.org"), "4", GUEST));
        focus.requested(in(new RoomId("other@conference.example.org"), "5", GUEST));
        assertThat(ports.calls).contains("answer 4 ready=true").endsWith("refuse 5 not-authorized");
    }

    @Test
    void overHttpASessionOpensTheRoomAndTheAnswerTellsIt() {
        Focus focus = focus(ACCOUNTS);
        Login login = logsIn(focus);
        assertThat(http(focus, "retro", "m1", login.sessionId()))
                .isCompletedWithValue(new ConferenceAnswer(
                        room("retro"),
                        true,
                        Optional.of(login),
                        Map.of("authentication", "true", "externalAuth", "false")));
        assertThat(ports.calls).contains("join retro");
    }

    @Test
    void overHttpWithoutASessionOneMayOnlyJoin() {
        Focus focus = focus(ACCOUNTS);
        assertThat(http(focus, "standup", "m1", ""))
                .isCompletedWithValue(new ConferenceReply.Refused(
                        StanzaError.of(StanzaError.Condition.NOT_AUTHORIZED, "not authorized user domain")));
        logsIn(focus);
        assertThat(http(focus, "standup", "m1", ""))
                .isCompletedWithValueMatching(reply -> reply instanceof ConferenceAnswer answer && answer.ready());
        assertThat(time.waiting()).as("timeouts of requests").isZero();
    }

    @Test
    void overHttpASessionOfAnotherMachineIsRefusedEvenWhereTheRoomIs() {
        Focus focus = focus(ACCOUNTS);
        Login login = logsIn(focus);
        assertThat(http(focus, "standup", "m2", login.sessionId()))
                .isCompletedWithValueMatching(reply -> reply instanceof ConferenceReply.Refused refused
                        && refused.error().condition() == StanzaError.Condition.NOT_ACCEPTABLE);
    }

    @Test
    void withoutAutoLoginTheEndOfTheConferenceEndsItsSessions() {
        Focus focus = focus(AuthenticationConfig.xmpp("example.org", Duration.ofHours(24), AfterConference.FORGET));
        Login login = logsIn(focus);
        focus.happened(room("standup"), new ConferenceInput.Stop(EndReason.EVERYBODY_LEFT));
        focus.requested(ask("8", GUEST));
        focus.requested(ask("9", GUEST, "m1", login.sessionId()));
        assertThat(ports.calls).endsWith("refuse 8 not-authorized", "refuse 9 not-acceptable");
        assertThat(focus.measures().refusedRequests())
                .isEqualTo(Map.of(StanzaError.Condition.NOT_AUTHORIZED, 1L, StanzaError.Condition.NOT_ACCEPTABLE, 1L));
    }

    @Test
    void loginsAndLogoutsAreAnsweredOnlyWherePeopleAuthenticate() {
        AuthenticationRequest page =
                new AuthenticationRequest.LoginUrl(stanza("1"), Optional.of(room("standup")), Optional.of("m1"));
        assertThat(focus(Optional.empty(), Runnable::run).asked(page)).isFalse();
        assertThat(ports.calls).isEmpty();

        Focus focus = focus(ACCOUNTS);
        assertThat(focus.asked(page)).isTrue();
        Login login = logsIn(focus);
        assertThat(focus.asked(new AuthenticationRequest.Logout(stanza("2"), login.sessionId())))
                .isTrue();
        focus.asked(new AuthenticationRequest.Logout(stanza("3"), login.sessionId()));
        assertThat(ports.calls)
                .contains("login 1 at ./standup?login=true", "logged out 2")
                .endsWith("refuse 3 not-acceptable");
    }

    @Test
    void answersSayHowPeopleAuthenticate() {
        assertThat(AuthenticationAuthority.properties(Optional.empty())).isEqualTo(Map.of("authentication", "false"));
        assertThat(AuthenticationAuthority.properties(Optional.of(ACCOUNTS)))
                .isEqualTo(Map.of("authentication", "true", "externalAuth", "false"));
        assertThat(AuthenticationAuthority.properties(Optional.of(AuthenticationConfig.jwt("example.org"))))
                .isEqualTo(Map.of("authentication", "true", "externalAuth", "true"));
    }

    @Test
    void beyondTheBoundEverybodyIsAnsweredAtOnceAndNobodyIsLetIn() {
        Deque<Runnable> work = new ArrayDeque<>();
        Focus focus = focus(Optional.of(ACCOUNTS), work::add);
        focus.requested(ask("1", GUEST));
        focus.requested(ask("2", GUEST));
        focus.requested(ask("3", ANNA, "m1", ""));
        focus.asked(new AuthenticationRequest.Logout(stanza("4"), "s"));
        assertThat(ports.calls).containsExactly("answer 3 ready=false", "refuse 4 resource-constraint");
        assertThat(focus.snapshot().inputsDropped()).isEqualTo(2);
        run(work);
        assertThat(ports.calls).endsWith("refuse 1 not-authorized", "refuse 2 not-authorized");
        assertThat(focus.snapshot().conferences()).isEmpty();
    }

    private static void run(Deque<Runnable> work) {
        while (!work.isEmpty()) {
            work.removeFirst().run();
        }
    }

    private Login logsIn(Focus focus) {
        focus.requested(ask("login", ANNA, "m1", ""));
        ConferenceInput.Requested input = (ConferenceInput.Requested) seen.getLast();
        return input.requester().told().orElseThrow();
    }

    private List<String> requesters() {
        return seen.stream()
                .filter(ConferenceInput.Requested.class::isInstance)
                .map(ConferenceInput.Requested.class::cast)
                .map(ConferenceInput.Requested::requester)
                .map(Requester::getClass)
                .map(Class::getSimpleName)
                .toList();
    }

    private static CompletableFuture<ConferenceReply> http(Focus focus, String room, String machine, String session) {
        return focus.request(request(room(room), "-", HTTP, machine, session)).toCompletableFuture();
    }

    private static ConferenceRequest ask(String id, String user) {
        return ask(id, user, "", "");
    }

    private static ConferenceRequest ask(String id, String user, String machineUid, String session) {
        return request(room("standup"), id, user, machineUid, session);
    }

    private static ConferenceRequest in(RoomId room, String id, String user) {
        return request(room, id, user, "", "");
    }

    /** What is empty is absent. */
    private static ConferenceRequest request(RoomId room, String id, String user, String machine, String session) {
        return new ConferenceRequest(
                new ConferenceRequest.Origin.Stanza(stanza(id)),
                room,
                given(user).map(Jid::new),
                given(machine),
                given(session),
                Optional.empty(),
                Map.of());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(there -> !there.isEmpty());
    }

    private Focus focus(AuthenticationConfig authentication) {
        return focus(Optional.of(authentication), Runnable::run);
    }

    private Focus focus(Optional<AuthenticationConfig> authentication, Executor workers) {
        FocusConfig config = new FocusConfig(
                ConferenceConfig.DEFAULTS,
                authentication,
                FleetConfig.DEFAULTS,
                SelectionConfig.DEFAULTS,
                new SingleBridgeSelectionStrategy(),
                PlacementPolicy.ALLOW_ALL,
                BridgeCareConfig.DEFAULTS,
                LIMITS);
        ModelFake model = new ModelFake((state, input) -> {
            seen.add(input);
            return ModelFake.plain(state, input);
        });
        Focus focus = new Focus(
                config, model, ports.ports(), new FocusEnvironment(time, workers, time, new SplittableRandom(42)));
        focus.connection(ConnectionState.CONNECTED);
        return focus;
    }
}
