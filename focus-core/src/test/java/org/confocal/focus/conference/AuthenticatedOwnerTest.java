package org.confocal.focus.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.focus.conference.ConferenceScript.MODERN;
import static org.confocal.focus.conference.ConferenceScript.endpoint;
import static org.confocal.focus.conference.ConferenceScript.form;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberPresence.Claim;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.Requester;
import org.confocal.focus.model.RoomForm;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.RoomId;
import org.junit.jupiter.api.Test;

/** Where people authenticate, all who have are owners, and nobody else (spec/02, section 8). */
class AuthenticatedOwnerTest {
    private static final String ANNA = "anna@accounts.example.org/1";
    private static final String GUEST = "x7@guest.example.org/1";

    private final ConferenceScript s = new ConferenceScript(Configs.DEFAULTS.withAccounts("accounts.example.org"));

    @Test
    void accountsAreOwnersAndGuestsAreNotWhoeverComesFirst() {
        s.inRoom();
        assertThat(joins("g", GUEST)).containsExactly("cancel timer start", "discover g");
        assertThat(joins("a", ANNA)).contains("grant owner anna@accounts.example.org");
        assertThat(joins("b", "bert@accounts.example.org/1")).contains("grant owner bert@accounts.example.org");
        assertThat(s.leaves("a")).noneMatch(line -> line.startsWith("grant"));
    }

    @Test
    void whoIsOwnerAlreadyIsNotMadeOneAgainAndALaterLossOfItIsRespected() {
        s.inRoom();
        assertThat(joins("a", ANNA, MemberRole.OWNER)).noneMatch(line -> line.startsWith("grant"));
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("a", ANNA, MemberRole.PARTICIPANT))))
                .isEmpty();
    }

    @Test
    void whoIsThereWhenTheFocusComesIsMadeOwner() {
        s.requested();
        assertThat(s.input(new ConferenceInput.RoomJoined(form(), List.of(presence("g", GUEST), presence("a", ANNA)))))
                .contains("grant owner anna@accounts.example.org")
                .doesNotContain("grant owner x7@guest.example.org");
    }

    @Test
    void anAddressThatIsKnownLaterCounts() {
        s.inRoom();
        assertThat(s.joins(presence("a", Optional.empty(), MemberRole.PARTICIPANT), MODERN))
                .noneMatch(line -> line.startsWith("grant"));
        assertThat(s.input(new ConferenceInput.MemberPresent(presence("a", ANNA))))
                .containsExactly("grant owner anna@accounts.example.org");
    }

    @Test
    void aGuestWithASessionIsOwnerWhetherItNamedItBeforeOrAfterItCame() {
        s.inRoom();
        authenticates(GUEST);
        assertThat(joins("g", GUEST)).contains("grant owner x7@guest.example.org");
        assertThat(joins("h", "y9@guest.example.org/1")).noneMatch(line -> line.startsWith("grant"));
        assertThat(authenticates("y9@guest.example.org/1"))
                .containsExactly("grant owner y9@guest.example.org", "answer iq3 ready");
        assertThat(authenticates("y9@guest.example.org/other"))
                .as("another resource is another stream")
                .containsExactly("answer iq4 ready");
    }

    @Test
    void theOneWhoOpensTheRoomByASessionBecomesOwner() {
        authenticates(GUEST);
        s.input(new ConferenceInput.RoomJoined(form(), List.of()));
        assertThat(joins("g", GUEST)).contains("grant owner x7@guest.example.org");
    }

    @Test
    void whoLeavesSaysWhoItIsWhenItComesBack() {
        s.inRoom();
        joins("a", ANNA);
        authenticates(GUEST);
        joins("g", GUEST);
        s.leaves("g");
        assertThat(s.state().life().authenticated()).isEmpty();
        assertThat(joins("g", GUEST)).noneMatch(line -> line.startsWith("grant"));
    }

    @Test
    void breakoutRoomsHaveOwnersToo() {
        s.requested();
        s.input(new ConferenceInput.RoomJoined(
                new RoomForm(
                        Optional.of(new MeetingId("m")), true, Optional.of(new RoomId("main@muc.example.org")), false),
                List.of()));
        assertThat(joins("a", ANNA)).contains("grant owner anna@accounts.example.org");
    }

    @Test
    void visitorsAndServicesAreNeverMadeOwners() {
        s.inRoom();
        assertThat(joins("v", ANNA, MemberRole.VISITOR)).noneMatch(line -> line.startsWith("grant"));
        authenticates("jigasi@services.example.org/1");
        MemberPresence jigasi = presence(
                "j",
                Optional.of(new Jid("jigasi@services.example.org/1")),
                MemberRole.PARTICIPANT,
                Set.of(Claim.JIGASI));
        assertThat(s.joins(jigasi, MODERN)).noneMatch(line -> line.startsWith("grant"));
    }

    @Test
    void aRoomThatForgotItsOwnersIsRemindedOnce() {
        s.inRoom();
        joins("a", ANNA, MemberRole.OWNER);
        authenticates(GUEST);
        joins("g", GUEST, MemberRole.OWNER);
        joins("h", "y9@guest.example.org/1");
        s.input(new ConferenceInput.RoomLost(RoomLoss.DISCONNECTED));
        assertThat(authenticates("y9@guest.example.org/1")).containsExactly("answer iq3 not ready");
        s.input(new ConferenceInput.Reconnected());
        assertThat(s.input(new ConferenceInput.RoomJoined(
                        form(),
                        List.of(
                                presence("a", ANNA),
                                presence("g", GUEST),
                                presence("h", "y9@guest.example.org/1"),
                                presence("b", "bert@accounts.example.org/1")))))
                .filteredOn(line -> line.startsWith("grant"))
                .containsExactlyInAnyOrder(
                        "grant owner anna@accounts.example.org",
                        "grant owner x7@guest.example.org",
                        "grant owner y9@guest.example.org",
                        "grant owner bert@accounts.example.org");
    }

    @Test
    void theAnswerTellsTheSessionNowAndAfterTheJoin() {
        ask(GUEST, new Requester.Authenticated(Optional.of(new Login("s1", "anna@accounts.example.org"))));
        s.input(new ConferenceInput.RoomJoined(form(), List.of()));
        ask(GUEST, new Requester.Authenticated(Optional.of(new Login("s2", "anna@accounts.example.org"))));
        ask(GUEST, new Requester.Guest());
        s.input(new ConferenceInput.Stop(EndReason.SHUTDOWN));
        ask(GUEST, new Requester.Authenticated(Optional.of(new Login("s3", "anna@accounts.example.org"))));
        assertThat(s.allEffects(Effect.AnswerRequest.class))
                .extracting(
                        effect -> effect.answer().login().map(Login::sessionId).orElse("-"))
                .containsExactly("s1", "s2", "-", "s3");
    }

    @Test
    void atMostAThousandAddressesAreKept() {
        s.inRoom();
        for (int i = 0; i <= 1_000; i++) {
            authenticates("u%d@guest.example.org/1".formatted(i));
        }
        authenticates("u5@guest.example.org/1");
        assertThat(s.state().life().authenticated())
                .hasSize(1_000)
                .doesNotContain(new Jid("u0@guest.example.org/1"))
                .endsWith(new Jid("u5@guest.example.org/1"));
    }

    private List<String> authenticates(String user) {
        return ask(user, new Requester.Authenticated(Optional.empty()));
    }

    private List<String> ask(String user, Requester requester) {
        StanzaRef stanza = s.stanza();
        return s.input(new ConferenceInput.Requested(
                new ConferenceRequest(
                        new ConferenceRequest.Origin.Stanza(stanza),
                        ConferenceScript.ROOM,
                        Optional.of(new Jid(user)),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()),
                requester));
    }

    private List<String> joins(String id, String user) {
        return joins(id, user, MemberRole.PARTICIPANT);
    }

    private List<String> joins(String id, String user, MemberRole role) {
        return s.joins(presence(id, Optional.of(new Jid(user)), role), MODERN);
    }

    private static MemberPresence presence(String id, String user) {
        return presence(id, user, MemberRole.PARTICIPANT);
    }

    private static MemberPresence presence(String id, String user, MemberRole role) {
        return presence(id, Optional.of(new Jid(user)), role);
    }

    private static MemberPresence presence(String id, Optional<Jid> user, MemberRole role) {
        return presence(id, user, role, Set.of());
    }

    private static MemberPresence presence(String id, Optional<Jid> user, MemberRole role, Set<Claim> claims) {
        return new MemberPresence(
                endpoint(id),
                user,
                role,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                List.of(),
                false,
                claims);
    }
}
