package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceInput.OfferAnswer;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.model.BridgeAnswer;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.BridgeSessionId;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.MutedMedia;
import org.confocal.focus.model.Offer;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.SessionId;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.TerminateReason;
import org.confocal.focus.port.FocusInbox.HealthAnswer;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.codec.Recorded;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.health.HealthCheckIQ;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.junit.jupiter.api.Test;

class ParticipantAndBridgeGatewayTest {
    private static final RoomId ROOM = new RoomId("r@muc.meet.jitsi");
    private static final EndpointId ALICE = new EndpointId("alice");
    private static final BridgeId BRIDGE = new BridgeId("jvbbrewery@internal-muc.meet.jitsi/jvb1");
    private static final SessionId SESSION = new SessionId("sid1");
    private static final IceTransport TRANSPORT = new IceTransport(
            Optional.of("u"), Optional.of("p"), true, List.of(), List.of(), List.of(), OptionalInt.empty());
    private static final Offer OFFER = new Offer(
            Offer.Kind.INITIATE,
            SESSION,
            List.of(),
            TRANSPORT,
            OptionalInt.empty(),
            new BridgeSessionId("b"),
            Optional.empty(),
            OwnedSources.EMPTY,
            SourceEncoding.JSON,
            Optional.empty());
    private static final BridgeRequest EXPIRE =
            new BridgeRequest(new MeetingId("m"), Optional.empty(), true, List.of());

    private final FakeConnection connection = new FakeConnection();
    private final FakeInbox inbox = new FakeInbox();
    private final FakeTimers timers = new FakeTimers();
    private final RequestIds ids = new RequestIds("c");
    private final XmppParticipantGateway participants = new XmppParticipantGateway(connection, inbox);
    private final XmppBridgeGateway bridges = new XmppBridgeGateway(connection, inbox, () -> ids, Journal.NONE, timers);

    private static IqReply failed(StanzaError.Condition condition) {
        StanzaError error = StanzaError.getBuilder(condition).build();
        return new IqReply.Failed(
                ErrorIQ.builder(error, StanzaBuilder.buildIqData("1").ofType(IQ.Type.error))
                        .build(),
                error);
    }

    private static IqReply ok() {
        return new IqReply.Result(new EmptyResultIQ());
    }

    @Test
    void everyWayAnOfferCanEndIsAnInput() {
        List<IqReply> replies = List.of(
                ok(),
                failed(StanzaError.Condition.item_not_found),
                new IqReply.TimedOut(),
                new IqReply.ConnectionLost(),
                new IqReply.NotSent());
        for (IqReply reply : replies) {
            participants.offer(ROOM, ALICE, OFFER);
            connection.reply(JingleIQ.class, reply);
        }

        assertThat(inbox.inputs(ConferenceInput.OfferAnswered.class))
                .extracting(ConferenceInput.OfferAnswered::answer)
                .containsExactly(
                        OfferAnswer.ACKNOWLEDGED,
                        OfferAnswer.REFUSED,
                        OfferAnswer.NO_REPLY,
                        OfferAnswer.NO_REPLY,
                        OfferAnswer.NO_REPLY);
    }

    @Test
    void anExpiryThatGotLostIsToldAgainWhenTheBridgeIsSeen() {
        bridges.seen(BRIDGE);
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        connection.reply(ConferenceModifyIQ.class, failed(StanzaError.Condition.item_not_found));
        assertThat(connection.asked).isEmpty();

        bridges.seen(new BridgeId("jvbbrewery@internal-muc.meet.jitsi/other"));
        assertThat(connection.asked).isEmpty();
        bridges.seen(BRIDGE);
        bridges.seen(BRIDGE);
        assertThat(connection.asked).as("one question at a time").hasSize(1);
        connection.reply(ConferenceModifyIQ.class, new IqReply.TimedOut());
        timers.advance(OwedExpiries.PATIENCE);
        bridges.seen(BRIDGE);
        connection.reply(
                ConferenceModifyIQ.class, new IqReply.Result(Recorded.read("A052-colibri-endpoint-expired", IQ.class)));
        timers.advance(OwedExpiries.PATIENCE);
        bridges.seen(BRIDGE);

        assertThat(connection.asked).isEmpty();
        assertThat(inbox.inputs(ConferenceInput.BridgeAnswered.class))
                .as("the conference hears of its own request only")
                .hasSize(1);
    }

    @Test
    void aLostExpiryIsForgottenWhenTheMeetingIsWantedAgainOrAfterMinutes() {
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        connection.reply(ConferenceModifyIQ.class, new IqReply.NotSent());
        bridges.modify(
                ROOM,
                new RequestId(2),
                BRIDGE,
                new BridgeRequest(new MeetingId("m"), Optional.empty(), false, List.of()));
        connection.reply(ConferenceModifyIQ.class, new IqReply.NotSent());
        bridges.seen(BRIDGE);
        assertThat(connection.asked).isEmpty();

        bridges.modify(ROOM, new RequestId(3), BRIDGE, EXPIRE);
        connection.reply(ConferenceModifyIQ.class, new IqReply.ConnectionLost());
        timers.advance(OwedExpiries.MAX_AGE.plusSeconds(1));
        bridges.seen(BRIDGE);
        assertThat(connection.asked).isEmpty();
    }

    /** A predecessor asks on its own connection; this process only hears the answers. */
    @Test
    void whatThePredecessorAskedIsAnsweredToItsSuccessor() {
        FakeConnection before = new FakeConnection();
        new XmppBridgeGateway(before, new FakeInbox(), () -> ids, Journal.NONE, timers)
                .modify(ROOM, new RequestId(7), BRIDGE, EXPIRE);
        XmppParticipantGateway predecessor = new XmppParticipantGateway(before, new FakeInbox());
        predecessor.offer(ROOM, ALICE, OFFER);

        bridges.await(ROOM, new RequestId(7), BRIDGE);
        bridges.await(ROOM, new RequestId(8), BRIDGE);
        participants.awaitOffer(ROOM, ALICE, SESSION, Offer.Kind.REPLACE);
        participants.awaitOffer(ROOM, ALICE, SESSION, Offer.Kind.INITIATE);
        assertThat(connection.asked).isEmpty();
        assertThat(connection.expected).hasSize(4);
        before.asked.forEach(
                asked -> Optional.ofNullable(connection.expected.get(asked.iq().getStanzaId()))
                        .orElseThrow()
                        .accept(failed(StanzaError.Condition.item_not_found)));

        assertThat(inbox.only(ConferenceInput.BridgeAnswered.class).request()).isEqualTo(new RequestId(7));
        ConferenceInput.OfferAnswered answered = inbox.only(ConferenceInput.OfferAnswered.class);
        assertThat(answered.session()).isEqualTo(SESSION);
        assertThat(answered.answer()).isEqualTo(OfferAnswer.REFUSED);
    }

    @Test
    void processesThatDoNotFollowEachOtherShareNoIds() {
        assertThat(RequestIds.fresh().modify(new RequestId(1)))
                .isNotEqualTo(RequestIds.fresh().modify(new RequestId(1)));
    }

    @Test
    void nickThatCannotBeAnAddressIsAnsweredAtOnce() {
        EndpointId impossible = new EndpointId("x".repeat(65_536));
        participants.offer(ROOM, impossible, OFFER);
        participants.discoverFeatures(ROOM, new RequestId(1), impossible, Optional.empty());
        participants.terminate(ROOM, impossible, SESSION, TerminateReason.MOVING);

        assertThat(inbox.only(ConferenceInput.OfferAnswered.class).answer()).isEqualTo(OfferAnswer.REFUSED);
        assertThat(inbox.only(ConferenceInput.FeaturesDiscovered.class).features())
                .isEqualTo(Feature.DEFAULTS);
        assertThat(connection.sent).isEmpty();
        assertThat(connection.asked).isEmpty();
    }

    @Test
    void featuresComeWithTheRequestTheyAnswer() {
        participants.discoverFeatures(ROOM, new RequestId(7), ALICE, Optional.empty());
        connection.reply(DiscoverInfo.class, new IqReply.Result(Recorded.read("C018-disco", DiscoverInfo.class)));

        ConferenceInput.FeaturesDiscovered discovered = inbox.only(ConferenceInput.FeaturesDiscovered.class);
        assertThat(discovered.request()).isEqualTo(new RequestId(7));
        assertThat(discovered.features()).contains(Feature.SSRC_REWRITING);
    }

    @Test
    void whatNeedsNoAnswerIsSentInOrder() {
        participants.addSources(ROOM, ALICE, SESSION, OwnedSources.EMPTY, SourceEncoding.XML);
        participants.removeSources(ROOM, ALICE, SESSION, OwnedSources.EMPTY, SourceEncoding.JSON);
        participants.transportInfo(ROOM, ALICE, SESSION, TRANSPORT);
        participants.terminate(ROOM, ALICE, SESSION, TerminateReason.IDLE);
        participants.mute(ROOM, ALICE, MutedMedia.VIDEO, new EndpointId("bob"));

        assertThat(connection.sent)
                .hasSize(5)
                .allSatisfy(each -> assertThat(each.getTo().toString()).isEqualTo("r@muc.meet.jitsi/alice"));
        assertThat(connection.sent.get(4).toXML().toString())
                .contains("actor='r@muc.meet.jitsi/bob'")
                .contains("http://jitsi.org/jitmeet/video");
    }

    @Test
    void everyWayAColibriRequestCanEndIsAnAnswer() {
        List<IqReply> replies = List.of(
                new IqReply.Result(Recorded.read("A052-colibri-endpoint-expired", IQ.class)),
                ok(),
                new IqReply.Failed(
                        Recorded.read("G064-recipient-not-in-room", IQ.class),
                        Recorded.read("G064-recipient-not-in-room", IQ.class).getError()),
                new IqReply.TimedOut(),
                new IqReply.ConnectionLost(),
                new IqReply.NotSent());
        for (int i = 0; i < replies.size(); i++) {
            bridges.modify(ROOM, new RequestId(i), BRIDGE, EXPIRE);
        }
        assertThat(connection.asked).hasSize(replies.size());
        replies.forEach(reply -> connection.reply(ConferenceModifyIQ.class, reply));

        List<ConferenceInput.BridgeAnswered> answers = inbox.inputs(ConferenceInput.BridgeAnswered.class);
        assertThat(answers).extracting(each -> each.request().value()).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(answers.get(0).answer()).isInstanceOf(BridgeAnswer.Modified.class);
        assertThat(answers.get(1).answer()).isInstanceOf(BridgeAnswer.Unusable.class);
        assertThat(answers.get(2).answer())
                .isEqualTo(new BridgeAnswer.Refused(
                        "item-not-found", Optional.empty(), Optional.empty(), "Recipient not in room"));
        assertThat(answers.get(3).answer()).isEqualTo(new BridgeAnswer.TimedOut());
        assertThat(answers.get(4).answer()).isEqualTo(new BridgeAnswer.NotSent());
        assertThat(answers.get(5).answer()).isEqualTo(new BridgeAnswer.NotSent());
    }

    @Test
    void healthChecksTellFailureFromSilenceAndFromNothingLearnt() {
        List<IqReply> replies = List.of(
                ok(),
                failed(StanzaError.Condition.internal_server_error),
                failed(StanzaError.Condition.service_unavailable),
                failed(StanzaError.Condition.item_not_found),
                new IqReply.TimedOut(),
                new IqReply.NotSent(),
                new IqReply.ConnectionLost());
        for (IqReply reply : replies) {
            bridges.check(BRIDGE);
            assertThat(connection.asked.get(0).iq().getType()).isEqualTo(IQ.Type.get);
            connection.reply(HealthCheckIQ.class, reply);
        }

        assertThat(inbox.bridges)
                .containsExactly(
                        HealthAnswer.HEALTHY,
                        HealthAnswer.FAILED,
                        HealthAnswer.FAILED,
                        HealthAnswer.OTHER_ERROR,
                        HealthAnswer.TIMED_OUT,
                        HealthAnswer.OTHER_ERROR,
                        HealthAnswer.OTHER_ERROR);
    }
}
