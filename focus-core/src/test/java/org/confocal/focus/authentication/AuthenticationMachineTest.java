package org.confocal.focus.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.confocal.focus.authentication.AuthenticationConfig.AfterConference;
import org.confocal.focus.authentication.AuthenticationConfig.Kind;
import org.confocal.focus.authentication.AuthenticationMachine.Place;
import org.confocal.focus.authentication.AuthenticationMachine.Verdict;
import org.confocal.focus.journal.MemoryJournal;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaError.Condition;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the tables of spec/02, section 4. */
class AuthenticationMachineTest {
    private static final RoomId ROOM = new RoomId("standup@muc.example.org");
    private static final RoomId OTHER_ROOM = new RoomId("retro@muc.example.org");
    private static final Duration LIFETIME = Duration.ofHours(24);
    private static final StanzaRef STANZA = new StanzaRef(new Jid("a@b/c"), new Jid("focus.example.org"), "1");

    /** On the domain of accounts, and a guest. */
    private static final String ANNA = "anna@example.org/tab";

    private static final String GUEST = "x7@guest.example.org/tab";
    private static final Verdict IS_GUEST = new Verdict.Known(new Requester.Guest());
    private static final Verdict INVALID_SESSION = new Verdict.Refused(new StanzaError(
            Condition.NOT_ACCEPTABLE, "invalid session", Optional.of(StanzaError.Extension.SESSION_INVALID)));
    private static final Verdict MISMATCH =
            new Verdict.Refused(StanzaError.of(Condition.NOT_ACCEPTABLE, "machine UID mismatch or empty"));
    private static final Verdict NO_MACHINE =
            new Verdict.Refused(StanzaError.of(Condition.NOT_ACCEPTABLE, "Missing mandatory attribute 'machine-uid'"));

    private final AuthenticationMachine machine = xmpp(AfterConference.KEEP, 3);
    private Instant now = Instant.parse("2026-03-01T09:00:00Z");

    private static AuthenticationMachine xmpp(AfterConference afterConference, int most) {
        return new AuthenticationMachine(
                new AuthenticationConfig(Kind.XMPP, "example.org", LIFETIME, afterConference, most),
                new SplittableRandom(1));
    }

    @Test
    void anUnknownSessionIsInvalidWhoeverNamesIt() {
        assertThat(asks(machine, GUEST, "m1", "made-up")).isEqualTo(INVALID_SESSION);
        assertThat(asks(machine, ANNA, "m1", "made-up")).isEqualTo(INVALID_SESSION);
        assertThat(asks(machine, "", "m1", "made-up")).as("over HTTP").isEqualTo(INVALID_SESSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m2", "M1"})
    void aSessionNeedsTheMachineThatItWasMadeOn(String machineUid) {
        String session = logsIn(ANNA, "m1").sessionId();
        assertThat(asks(machine, GUEST, machineUid, session)).isEqualTo(MISMATCH);
        assertThat(asks(machine, ANNA, machineUid, session)).isEqualTo(MISMATCH);
        assertThat(asks(machine, "", machineUid, session)).as("over HTTP").isEqualTo(MISMATCH);
    }

    @Test
    void anAccountGetsASessionInItsBareName() {
        Login login = logsIn(ANNA, "m1");
        assertThat(login.identity()).isEqualTo("anna@example.org");
        assertThat(login.sessionId()).matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        assertThat(login.toString()).doesNotContain(login.sessionId());
    }

    @Test
    void theNextProcessKnowsTheSessionsOfTheOneBefore() {
        AuthenticationConfig config =
                new AuthenticationConfig(Kind.XMPP, "example.org", LIFETIME, AfterConference.KEEP, 3);
        MemoryJournal journal = new MemoryJournal();
        AuthenticationMachine first = new AuthenticationMachine(config, new SplittableRandom(1), journal);
        Verdict known = asks(first, ANNA, "m1", "");
        String session =
                ((Verdict.Known) known).requester().told().orElseThrow().sessionId();

        AuthenticationMachine next = new AuthenticationMachine(config, new SplittableRandom(2), journal.successor());

        assertThat(asks(next, GUEST, "m1", session)).isEqualTo(asks(first, GUEST, "m1", session));
        assertThat(asks(next, GUEST, "m2", session)).isEqualTo(MISMATCH);
    }

    @Test
    void anAccountNeedsAMachine() {
        assertThat(asks(machine, ANNA, "", "")).isEqualTo(NO_MACHINE);
        assertThat(asks(machine, ANNA, " ", "")).isEqualTo(NO_MACHINE);
        assertThat(asks(machine, ANNA, "m".repeat(257), "")).isInstanceOf(Verdict.Refused.class);
        assertThat(machine.size()).isZero();
    }

    @Test
    void eachMachineOfAnAccountHasASessionOfItsOwn() {
        assertThat(logsIn(ANNA, "m1").sessionId())
                .isNotEqualTo(logsIn(ANNA, "m2").sessionId());
    }

    @Test
    void anybodyElseIsAGuest() {
        assertThat(asks(machine, GUEST, "m1", "")).isEqualTo(IS_GUEST);
        assertThat(asks(machine, GUEST, "m1", " ")).as("a blank session").isEqualTo(IS_GUEST);
        assertThat(asks(machine, "eve@sub.example.org/x", "m1", "")).isEqualTo(IS_GUEST);
        assertThat(asks(machine, "eve@evil.org/anna@example.org", "m1", "")).isEqualTo(IS_GUEST);
        assertThat(asks(machine, "", "m1", "")).as("over HTTP").isEqualTo(IS_GUEST);
        assertThat(machine.size()).isZero();
    }

    @Test
    void aSessionSpeaksForTheGuestWhoNamesIt() {
        Login login = logsIn(ANNA, "m1");
        assertThat(asks(machine, GUEST, "m1", login.sessionId())).isEqualTo(known(login));
        assertThat(asks(machine, "", "m1", login.sessionId())).as("over HTTP").isEqualTo(known(login));
        assertThat(machine.size()).isOne();
    }

    @Test
    void aSessionLivesOnFromWhereItWasUsedLast() {
        Login login = logsIn(ANNA, "m1");
        now = now.plus(LIFETIME).minusMillis(1);
        assertThat(asks(machine, GUEST, "m1", login.sessionId())).isEqualTo(known(login));
        now = now.plus(LIFETIME).minusMillis(1);
        assertThat(asks(machine, GUEST, "m1", login.sessionId())).isEqualTo(known(login));
        now = now.plus(LIFETIME);
        assertThat(asks(machine, GUEST, "m1", login.sessionId())).isEqualTo(INVALID_SESSION);
        assertThat(machine.size()).isZero();
    }

    @Test
    void beyondTheBoundTheSessionThatWasNotUsedForLongestGoes() {
        Login first = logsIn(ANNA, "m1");
        Login second = logsIn(ANNA, "m2");
        logsIn(ANNA, "m3");
        assertThat(asks(machine, GUEST, "m1", first.sessionId())).isEqualTo(known(first));
        logsIn(ANNA, "m4");
        assertThat(machine.size()).isEqualTo(3);
        assertThat(asks(machine, GUEST, "m1", first.sessionId())).isEqualTo(known(first));
        assertThat(asks(machine, GUEST, "m2", second.sessionId())).isEqualTo(INVALID_SESSION);
    }

    @Test
    void inABreakoutRoomWhoHasASessionIsKnownAndNobodyIsRefused() {
        Requester silent = new Requester.Authenticated(Optional.empty());
        Login login = logsIn(ANNA, "m1");
        asks(machine, GUEST, "m1", login.sessionId());
        assertThat(inBreakoutRoom(GUEST)).isEqualTo(new Verdict.Known(silent));
        assertThat(inBreakoutRoom("bert@example.org/tab")).isEqualTo(new Verdict.Known(silent));
        assertThat(inBreakoutRoom("y9@guest.example.org/tab")).isEqualTo(new Verdict.Known(new Requester.Anybody()));
        assertThat(inBreakoutRoom("")).isEqualTo(new Verdict.Known(new Requester.Anybody()));
        assertThat(machine.size()).isOne();
    }

    @Test
    void anAddressCountsWhileItsSessionDoes() {
        Login login = logsIn(ANNA, "m1");
        asks(machine, GUEST, "m1", login.sessionId());
        asks(machine, "z1@guest.example.org/tab", "m1", login.sessionId());
        assertThat(inBreakoutRoom(GUEST)).as("it left").isEqualTo(new Verdict.Known(new Requester.Anybody()));
        asks(machine, "", "m1", login.sessionId());
        assertThat(inBreakoutRoom("z1@guest.example.org/tab"))
                .as("HTTP says nothing about addresses")
                .isNotEqualTo(new Verdict.Known(new Requester.Anybody()));
        logsOut(login.sessionId());
        assertThat(inBreakoutRoom("z1@guest.example.org/tab")).isEqualTo(new Verdict.Known(new Requester.Anybody()));
    }

    @Test
    void anAddressWithTwoSessionsKeepsTheNewerOneWhenTheOtherEnds() {
        Login first = logsIn(ANNA, "m1");
        Login second = logsIn(ANNA, "m1");
        asks(machine, GUEST, "m1", first.sessionId());
        asks(machine, GUEST, "m1", second.sessionId());
        logsOut(first.sessionId());
        assertThat(inBreakoutRoom(GUEST)).isNotEqualTo(new Verdict.Known(new Requester.Anybody()));
    }

    @Test
    void sessionsOutliveTheConferenceWithAutoLoginOnly() {
        AuthenticationMachine forgetful = xmpp(AfterConference.FORGET, 3);
        for (AuthenticationMachine each : new AuthenticationMachine[] {machine, forgetful}) {
            asks(each, ANNA, "m1", "");
            each.requested(request(OTHER_ROOM, ANNA, "m2", ""), Place.ROOM, now);
            each.ended(ROOM);
        }
        assertThat(machine.size()).isEqualTo(2);
        assertThat(forgetful.size()).as("that of the other room").isOne();
    }

    @Test
    void aTokenIsGoodForAMinuteAndOneConference() {
        AuthenticationMachine jwt =
                new AuthenticationMachine(AuthenticationConfig.jwt("example.org"), new SplittableRandom(1));
        asks(jwt, ANNA, "m1", "");
        now = now.plusSeconds(59);
        assertThat(asks(jwt, GUEST, "m9", "made-up")).isEqualTo(INVALID_SESSION);
        assertThat(jwt.size()).isOne();
        now = now.plusSeconds(1);
        assertThat(asks(jwt, GUEST, "m1", "")).isEqualTo(IS_GUEST);
        assertThat(jwt.size()).isZero();
        asks(jwt, ANNA, "m1", "");
        jwt.ended(ROOM);
        assertThat(jwt.size()).isZero();
    }

    @Test
    void theLoginPageIsNamedToWhoSaysWhereItWantsToGoAndOnWhatMachine() {
        assertThat(loginUrl(machine, Optional.empty(), Optional.of("m1")))
                .isEqualTo(new AuthenticationReply.Refused(StanzaError.of(Condition.NOT_ACCEPTABLE, "")));
        AuthenticationReply noMachine = new AuthenticationReply.Refused(
                StanzaError.of(Condition.BAD_REQUEST, "missing mandatory attribute 'machineUID'"));
        assertThat(loginUrl(machine, Optional.of(ROOM), Optional.empty())).isEqualTo(noMachine);
        assertThat(loginUrl(machine, Optional.of(ROOM), Optional.of(" "))).isEqualTo(noMachine);
        assertThat(loginUrl(machine, Optional.of(ROOM), Optional.of("m1")))
                .isEqualTo(new AuthenticationReply.LoginUrl(Optional.of("./standup?login=true")));
        AuthenticationMachine jwt =
                new AuthenticationMachine(AuthenticationConfig.jwt("example.org"), new SplittableRandom(1));
        assertThat(loginUrl(jwt, Optional.of(ROOM), Optional.of("m1")))
                .isEqualTo(new AuthenticationReply.LoginUrl(Optional.empty()));
    }

    @Test
    void whoLogsOutIsAGuestAgain() {
        Login login = logsIn(ANNA, "m1");
        assertThat(logsOut(login.sessionId())).isEqualTo(new AuthenticationReply.LoggedOut());
        assertThat(asks(machine, GUEST, "m1", login.sessionId())).isEqualTo(INVALID_SESSION);
        AuthenticationReply unknown = new AuthenticationReply.Refused(((Verdict.Refused) INVALID_SESSION).error());
        assertThat(logsOut(login.sessionId())).isEqualTo(unknown);
        assertThat(logsOut("")).isEqualTo(unknown);
    }

    private Login logsIn(String user, String machineUid) {
        Verdict.Known known = (Verdict.Known) asks(machine, user, machineUid, "");
        return known.requester().told().orElseThrow();
    }

    private AuthenticationReply logsOut(String session) {
        return machine.asked(new AuthenticationRequest.Logout(STANZA, session), now);
    }

    private AuthenticationReply loginUrl(
            AuthenticationMachine machine, Optional<RoomId> room, Optional<String> machineUid) {
        return machine.asked(new AuthenticationRequest.LoginUrl(STANZA, room, machineUid), now);
    }

    private Verdict inBreakoutRoom(String user) {
        return machine.requested(request(ROOM, user, "m1", "made-up"), Place.BREAKOUT_ROOM, now);
    }

    private Verdict asks(AuthenticationMachine machine, String user, String machineUid, String session) {
        return machine.requested(request(ROOM, user, machineUid, session), Place.ROOM, now);
    }

    private static Verdict known(Login login) {
        return new Verdict.Known(new Requester.Authenticated(Optional.of(login)));
    }

    /** What is empty is absent. */
    private static ConferenceRequest request(RoomId room, String user, String machineUid, String session) {
        return new ConferenceRequest(
                new ConferenceRequest.Origin.Http(1),
                room,
                given(user).map(Jid::new),
                given(machineUid),
                given(session),
                Optional.empty(),
                Map.of());
    }

    private static Optional<String> given(String text) {
        return Optional.of(text).filter(there -> !there.isEmpty());
    }
}
