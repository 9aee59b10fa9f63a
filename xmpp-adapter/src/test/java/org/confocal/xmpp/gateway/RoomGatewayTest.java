package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.Departure;
import org.confocal.focus.conference.ConferenceInput.RoomLoss;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.Jid;
import org.confocal.focus.port.RoomGateway;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.muc.packet.MUCAdmin;
import org.jivesoftware.smackx.muc.packet.MUCInitialPresence;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RoomGatewayTest {
    private static final String ROOM = "labjga1r1@muc.meet.jitsi";
    private static final RoomId ID = new RoomId(ROOM);

    private final FakeConnection connection = new FakeConnection();
    private final FakeInbox inbox = new FakeInbox();
    private final FakeTimers timers = new FakeTimers();
    private final XmppRoomGateway rooms =
            new XmppRoomGateway(connection, inbox, timers, "focus", "1.0", Duration.ofSeconds(15));

    @BeforeEach
    void conferenceExists() {
        inbox.conferences.add(ID);
    }

    private static IqReply form() {
        return new IqReply.Result(Recorded.read("A006-owner-form", IQ.class));
    }

    private static IqReply ok() {
        return new IqReply.Result(new EmptyResultIQ());
    }

    private static IqReply failed(StanzaError.Condition condition) {
        StanzaError error = StanzaError.getBuilder(condition).build();
        return new IqReply.Failed(
                ErrorIQ.builder(error, StanzaBuilder.buildIqData("1").ofType(IQ.Type.error))
                        .build(),
                error);
    }

    private void receive(Presence presence) {
        rooms.onPresence(ID, presence);
    }

    private void enter() {
        rooms.join(ID);
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, form());
        connection.reply(MUCOwner.class, ok());
    }

    private static FocusPresence shown(String bridgeCount) {
        return new FocusPresence(Optional.of("pad"), Map.of("bridge-count", bridgeCount), false);
    }

    @Test
    void joiningGoesThroughPresenceFormAndSubmit() {
        rooms.join(ID);
        assertThat(connection.presences()).hasSize(1);
        assertThat(connection.lastPresence().getTo().toString()).isEqualTo(ROOM + "/focus");
        assertThat(connection.lastPresence().hasExtension(MUCInitialPresence.class))
                .isTrue();
        assertThat(connection.asked).isEmpty();

        receive(Presences.member(ROOM, "aa", ""));
        receive(Presences.member(ROOM, "bb", ""));
        receive(Presences.memberLeft(ROOM, "aa", "", ""));
        receive(Recorded.read("A003-self-joined", Presence.class));
        assertThat(connection.asked).hasSize(1);
        assertThat(connection.asked.get(0).iq().getType()).isEqualTo(IQ.Type.get);

        connection.reply(MUCOwner.class, form());
        assertThat(connection.asked.get(0).iq().getType()).isEqualTo(IQ.Type.set);
        receive(Presences.member(ROOM, "cc", ""));
        assertThat(inbox.happened).isEmpty();

        connection.reply(MUCOwner.class, ok());
        ConferenceInput.RoomJoined joined = inbox.only(ConferenceInput.RoomJoined.class);
        assertThat(joined.form().meetingId().orElseThrow().value()).isEqualTo("1401e1a2-1230-431d-8854-139ae38e4cd0");
        assertThat(joined.occupants()).extracting(each -> each.id().value()).containsExactly("bb", "cc");
        assertThat(timers.running()).as("only the next self-ping").isOne();
    }

    @Test
    void changesAfterJoiningFollowOneByOne() {
        enter();
        receive(Presences.member(ROOM, "aa", ""));
        receive(Presences.memberLeft(ROOM, "aa", "", "<status>switch_room</status>"));
        receive(Presences.memberLeft(ROOM, "bb", "<status code='307'/>", ""));
        receive(Presences.memberLeft(ROOM, "cc", "", ""));

        assertThat(inbox.only(ConferenceInput.MemberPresent.class).presence().id())
                .isEqualTo(new EndpointId("aa"));
        assertThat(inbox.inputs(ConferenceInput.MemberLeft.class))
                .extracting(ConferenceInput.MemberLeft::departure)
                .containsExactly(Departure.SWITCHED_ROOM, Departure.KICKED, Departure.LEFT);
    }

    private void restored(RoomGateway.Stage stage) {
        rooms.restore(ID, Optional.of(shown("1")), stage);
        assertThat(connection.sent).isEmpty();
        assertThat(connection.asked).isEmpty();
    }

    @Test
    void restoredRoomGoesOnAsIfItHadNeverStopped() {
        restored(RoomGateway.Stage.INSIDE);
        rooms.resumed();
        assertThat(connection.sent).isEmpty();
        receive(Presences.self(ROOM, "owner"));
        receive(Presences.member(ROOM, "aa", ""));
        receive(Presences.memberLeft(ROOM, "bb", "", ""));

        assertThat(inbox.only(ConferenceInput.MemberPresent.class).presence().id())
                .isEqualTo(new EndpointId("aa"));
        assertThat(inbox.only(ConferenceInput.MemberLeft.class).id()).isEqualTo(new EndpointId("bb"));
        assertThat(inbox.happened).hasSize(2);

        rooms.publish(ID, shown("2"));
        assertThat(connection.lastPresence().toXML().toString()).contains("bridge-count");
        receive(Presences.selfLeft(ROOM, "<status code='307'/>"));
        assertThat(inbox.only(ConferenceInput.RoomLost.class).loss()).isEqualTo(RoomLoss.KICKED);
    }

    @Test
    void restoredRoomIsAskedWhetherTheFocusIsStillInIt() {
        restored(RoomGateway.Stage.INSIDE);
        timers.advance(SelfPing.INTERVAL);
        connection.reply(Ping.class, failed(StanzaError.Condition.not_acceptable));

        assertThat(inbox.only(ConferenceInput.RoomLost.class).loss()).isEqualTo(RoomLoss.FORGOTTEN);
    }

    @Test
    void restoredEnteringBeginsAnewOnTheResumedStream() {
        restored(RoomGateway.Stage.ENTERING);
        rooms.resumed();
        assertThat(connection.presences()).hasSize(1);
        assertThat(connection.lastPresence().hasExtension(MUCInitialPresence.class))
                .isTrue();
        assertThat(connection.lastPresence().toXML().toString()).contains("bridge-count");
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, form());
        connection.reply(MUCOwner.class, ok());

        assertThat(inbox.only(ConferenceInput.RoomJoined.class).occupants()).isEmpty();
    }

    @Test
    void restoredRoomsEndWithTheStreamAsAnyOthers() {
        RoomId first = new RoomId("first@muc.meet.jitsi");
        RoomId again = new RoomId("again@muc.meet.jitsi");
        RoomId away = new RoomId("away@muc.meet.jitsi");
        restored(RoomGateway.Stage.INSIDE);
        rooms.restore(first, Optional.empty(), RoomGateway.Stage.ENTERING);
        rooms.restore(again, Optional.empty(), RoomGateway.Stage.REENTERING);
        rooms.restore(away, Optional.empty(), RoomGateway.Stage.AWAY);
        rooms.disconnected();
        timers.advance(Duration.ofMinutes(1));

        assertThat(inbox.happened).singleElement().satisfies(only -> {
            assertThat(only.room()).isEqualTo(first);
            assertThat(only.input()).isInstanceOf(ConferenceInput.RoomJoinFailed.class);
        });
        rooms.join(away);
        assertThat(connection.presences()).hasSize(1);
    }

    @Test
    void recordedKickIsADepartureByKick() {
        RoomId room = new RoomId("labzlyu1n@muc.meet.jitsi");
        inbox.conferences.add(room);
        rooms.join(room);
        rooms.onPresence(room, Presences.self(room.value(), "owner"));
        connection.reply(MUCOwner.class, form());
        connection.reply(MUCOwner.class, ok());

        rooms.onPresence(room, Recorded.read("D149-member-kicked", Presence.class));

        assertThat(inbox.only(ConferenceInput.MemberLeft.class).departure()).isEqualTo(Departure.KICKED);
    }

    @Test
    void roomThatDoesNotAnswerInTimeIsGivenUpAndLeft() {
        rooms.join(ID);
        timers.advance(Duration.ofSeconds(15));

        assertThat(inbox.only(ConferenceInput.RoomJoinFailed.class).reason()).contains("PT15S");
        assertThat(connection.lastPresence().getType()).isEqualTo(Presence.Type.unavailable);
        assertThat(rooms.count()).isZero();
        receive(Presences.self(ROOM, "owner"));
        assertThat(connection.asked).isEmpty();
    }

    @Test
    void everyErrorOnTheWayFailsTheJoin() {
        rooms.join(ID);
        receive(Presences.error(ROOM + "/focus", "cancel", "not-allowed"));
        assertThat(inbox.only(ConferenceInput.RoomJoinFailed.class).reason()).contains("not-allowed");

        rooms.join(ID);
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, failed(StanzaError.Condition.forbidden));
        assertThat(inbox.inputs(ConferenceInput.RoomJoinFailed.class).get(1).reason())
                .contains("forbidden");

        rooms.join(ID);
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, form());
        connection.reply(MUCOwner.class, new IqReply.TimedOut());
        assertThat(inbox.inputs(ConferenceInput.RoomJoinFailed.class).get(2).reason())
                .contains("nothing");

        rooms.join(ID);
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, ok());
        assertThat(inbox.inputs(ConferenceInput.RoomJoinFailed.class).get(3).reason())
                .contains("something else");

        rooms.join(ID);
        receive(Presences.self(ROOM, "member"));
        assertThat(inbox.inputs(ConferenceInput.RoomJoinFailed.class).get(4).reason())
                .contains("not owner");

        assertThat(connection.presences().stream().filter(each -> each.getType() == Presence.Type.unavailable))
                .hasSize(5);
        assertThat(inbox.happened).hasSize(5);
        assertThat(rooms.count()).isZero();
        assertThat(timers.running()).isZero();
    }

    @Test
    void presencesKeepTheirIdAndOnlyTheFirstJoins() {
        enter();
        rooms.publish(ID, shown("1"));
        rooms.publish(ID, shown("2"));

        assertThat(connection.presences()).hasSize(3);
        assertThat(connection.presences())
                .extracting(Presence::getStanzaId)
                .containsOnly(connection.presences().get(0).getStanzaId());
        assertThat(connection.lastPresence().hasExtension(MUCInitialPresence.class))
                .isFalse();
        assertThat(connection.lastPresence().toXML().toString()).contains("key='bridge-count' value='2'");
    }

    @Test
    void aRoomThatDoesNotKnowTheFocusAnyMoreIsLost() {
        enter();
        timers.advance(SelfPing.INTERVAL);
        assertThat(connection.asked).hasSize(1);
        assertThat(connection.asked.get(0).iq().getTo().toString()).isEqualTo(ROOM + "/focus");
        connection.reply(Ping.class, ok());
        timers.advance(SelfPing.INTERVAL);
        connection.reply(Ping.class, new IqReply.TimedOut());
        assertThat(inbox.inputs(ConferenceInput.RoomLost.class)).isEmpty();

        timers.advance(SelfPing.INTERVAL);
        connection.reply(Ping.class, failed(StanzaError.Condition.not_acceptable));

        assertThat(inbox.only(ConferenceInput.RoomLost.class).loss()).isEqualTo(RoomLoss.FORGOTTEN);
        assertThat(rooms.count()).isZero();
        assertThat(timers.running()).isZero();
    }

    @Test
    void aResumedStreamAsksEveryRoomAtOnceAndARoomThatWasLeftIsNotAsked() {
        enter();
        rooms.resumed();
        assertThat(connection.asked).hasSize(1);
        rooms.leave(ID);
        connection.reply(Ping.class, failed(StanzaError.Condition.not_acceptable));
        assertThat(inbox.inputs(ConferenceInput.RoomLost.class)).isEmpty();
        assertThat(timers.running()).isZero();
    }

    @Test
    void losingTheRoomIsToldWithItsReason() {
        enter();
        receive(Presences.selfLeft(ROOM, "<status code='307'/>"));
        assertThat(inbox.only(ConferenceInput.RoomLost.class).loss()).isEqualTo(RoomLoss.KICKED);
        assertThat(rooms.count()).isZero();

        enter();
        receive(Presences.selfLeft(ROOM, "<destroy/>"));
        assertThat(inbox.inputs(ConferenceInput.RoomLost.class).get(1).loss()).isEqualTo(RoomLoss.DESTROYED);

        enter();
        receive(Presences.self(ROOM, "none"));
        assertThat(inbox.inputs(ConferenceInput.RoomLost.class).get(2).loss()).isEqualTo(RoomLoss.NOT_OWNER);
        rooms.leave(ID);
        assertThat(connection.lastPresence().getType()).isEqualTo(Presence.Type.unavailable);
        assertThat(rooms.count()).isZero();
    }

    @Test
    void ownLeavingIsNotALoss() {
        enter();
        rooms.leave(ID);
        receive(Recorded.read("A057-self-left", Presence.class));

        assertThat(inbox.inputs(ConferenceInput.RoomLost.class)).isEmpty();
    }

    @Test
    void leavingWhileJoiningGivesUpWithoutAnAnswer() {
        rooms.join(ID);
        receive(Presences.self(ROOM, "owner"));
        rooms.leave(ID);
        connection.reply(MUCOwner.class, form());

        assertThat(connection.asked).isEmpty();
        assertThat(inbox.happened).isEmpty();
        assertThat(connection.lastPresence().getType()).isEqualTo(Presence.Type.unavailable);
    }

    @Test
    void roomOfAnEndedConferenceIsLeft() {
        enter();
        inbox.conferences.clear();
        receive(Presences.member(ROOM, "aa", ""));

        assertThat(connection.lastPresence().getType()).isEqualTo(Presence.Type.unavailable);
        assertThat(rooms.count()).isZero();
    }

    @Test
    void brokenStreamFailsAFirstJoinButNotARoomThatWasEntered() {
        rooms.join(ID);
        rooms.disconnected();
        assertThat(inbox.only(ConferenceInput.RoomJoinFailed.class).reason()).contains("connection");

        enter();
        rooms.publish(ID, shown("1"));
        inbox.happened.clear();
        rooms.disconnected();
        assertThat(inbox.happened).isEmpty();

        rooms.join(ID);
        assertThat(connection.lastPresence().hasExtension(MUCInitialPresence.class))
                .isTrue();
        assertThat(connection.lastPresence().toXML().toString()).contains("key='bridge-count' value='1'");
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, new IqReply.ConnectionLost());
        rooms.disconnected();
        assertThat(inbox.happened).isEmpty();

        enter();
        inbox.only(ConferenceInput.RoomJoined.class);
    }

    @Test
    void resumedStreamBeginsAnUnfinishedJoinAnew() {
        rooms.join(ID);
        rooms.resumed();

        assertThat(connection.presences()).hasSize(2);
        enterAfterPresence();
        inbox.only(ConferenceInput.RoomJoined.class);
        rooms.resumed();
        assertThat(connection.presences()).hasSize(2);
    }

    private void enterAfterPresence() {
        receive(Presences.self(ROOM, "owner"));
        connection.reply(MUCOwner.class, form());
        connection.reply(MUCOwner.class, ok());
    }

    @Test
    void ownerIsGrantedByBareJid() {
        rooms.grantOwner(ID, new Jid("5rv@meet.jitsi/res"));

        MUCAdmin iq = (MUCAdmin) connection.asked.get(0).iq();
        assertThat(iq.getType()).isEqualTo(IQ.Type.set);
        assertThat(iq.getItems().get(0).getJid().toString()).isEqualTo("5rv@meet.jitsi");
        connection.reply(MUCAdmin.class, failed(StanzaError.Condition.forbidden));
        assertThat(inbox.happened).isEmpty();
    }
}
