package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Jid;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.ClientProxyAddress;
import org.confocal.xmpp.DiscoveredComponents;
import org.confocal.xmpp.StanzaListener.Verdict;
import org.confocal.xmpp.codec.Recorded;
import org.confocal.xmpp.stream.StanzaReading;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

class RouterTest {
    private static final RoomId ROOM = new RoomId("labzlyu1n@muc.meet.jitsi");

    private final FakeConnection connection = new FakeConnection();
    private final FakeInbox inbox = new FakeInbox();
    private final FakeTimers timers = new FakeTimers();
    private final XmppAnswerGateway answers = new XmppAnswerGateway(connection);
    private final XmppRoomGateway rooms =
            new XmppRoomGateway(connection, inbox, timers, "focus", "1.0", Duration.ofSeconds(15));
    private final FocusStanzaRouter router = new FocusStanzaRouter(
            connection.self(),
            inbox,
            answers,
            rooms,
            from -> ClientProxyAddress.senderOf(
                    from,
                    Optional.of(
                            JidCreate.fromOrThrowUnchecked("focus.meet.jitsi").asDomainBareJid())),
            () -> new DiscoveredComponents(Map.of(
                    "room_metadata",
                    JidCreate.fromOrThrowUnchecked("metadata.meet.jitsi").asDomainBareJid())));

    private ErrorIQ onlyError() {
        assertThat(connection.sent).hasSize(1);
        return (ErrorIQ) connection.sent.get(0);
    }

    private Verdict receive(String recorded) {
        return router.onStanza(Recorded.read(recorded, Stanza.class));
    }

    @Test
    void conferenceRequestThroughTheProxyIsFromTheClientAndAnsweredThroughTheProxy() {
        assertThat(receive("A001-conference-request")).isEqualTo(Verdict.TAKEN);

        ConferenceRequest request = inbox.requests.get(0);
        assertThat(request.sender()).contains(new Jid("5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-"));
        ConferenceRequest.Origin.Stanza origin = (ConferenceRequest.Origin.Stanza) request.origin();
        assertThat(origin.stanza().from())
                .isEqualTo(new Jid("focus.meet.jitsi/5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-"));

        answers.acknowledge(origin.stanza());
        IQ reply = (IQ) connection.sent.get(0);
        assertThat(reply.getType()).isEqualTo(IQ.Type.result);
        assertThat(reply.getTo().toString())
                .isEqualTo("focus.meet.jitsi/5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-");
        assertThat(reply.getFrom().toString()).isEqualTo("focus@auth.meet.jitsi/focus");
        assertThat(reply.getStanzaId()).isEqualTo("00a79113-d96b-4e50-8f24-19d45613efcc:sendIQ");
    }

    @Test
    void requestWithoutARoomIsTold() {
        router.onStanza(Recorded.parse(
                "<iq xmlns='jabber:client' type='set' id='i' from='a@b/c' to='focus.b'><conference"
                        + " xmlns='http://jitsi.org/protocol/focus'/></iq>",
                IQ.class));

        ErrorIQ error = onlyError();
        assertThat(error.getError().getCondition()).isEqualTo(StanzaError.Condition.bad_request);
        assertThat(error.getError().getDescriptiveText()).isEqualTo("No 'room' specified.");
        assertThat(error.getFrom().toString()).isEqualTo("focus.b");
        assertThat(inbox.requests).isEmpty();
    }

    @Test
    void loginsAndLogoutsReachTheCoreWherePeopleAuthenticate() {
        assertThat(router.onStanza(focusIq("get", "<login-url %s room='r@muc.b' machine-uid='m'/>")))
                .isEqualTo(Verdict.TAKEN);
        assertThat(router.onStanza(focusIq("set", "<logout %s session-id='s'/>")))
                .isEqualTo(Verdict.TAKEN);
        assertThat(inbox.logins)
                .extracting(request -> request.stanza().id(), Object::getClass)
                .containsExactly(
                        tuple("i", AuthenticationRequest.LoginUrl.class),
                        tuple("i", AuthenticationRequest.Logout.class));

        inbox.authenticates = false;
        assertThat(router.onStanza(focusIq("get", "<login-url %s room='r@muc.b' machine-uid='m'/>")))
                .as("answered like anything that nobody knows")
                .isEqualTo(Verdict.NOT_MINE);
        assertThat(connection.sent).isEmpty();
    }

    private static IQ focusIq(String type, String child) {
        return Recorded.parse(
                "<iq xmlns='jabber:client' type='%s' id='i' from='a@b/c' to='focus.b'>%s</iq>"
                        .formatted(type, child.formatted("xmlns='http://jitsi.org/protocol/focus'")),
                IQ.class);
    }

    @Test
    void jingleAndMuteOfAMemberReachItsConference() {
        inbox.conferences.add(ROOM);
        assertThat(receive("D081-source-add-screen")).isEqualTo(Verdict.TAKEN);
        assertThat(receive("D098-mute-request")).isEqualTo(Verdict.TAKEN);

        assertThat(inbox.happened).extracting(FakeInbox.Happened::room).containsOnly(ROOM);
        assertThat(inbox.only(ConferenceInput.JingleReceived.class).from()).isEqualTo(new EndpointId("dd43f243"));
        assertThat(inbox.only(ConferenceInput.MuteRequested.class).from()).isEqualTo(new EndpointId("dd43f243"));
        assertThat(connection.sent).isEmpty();
    }

    @Test
    void memberOfARoomWithoutConferenceIsAnsweredItemNotFound() {
        receive("D081-source-add-screen");

        assertThat(onlyError().getError().getCondition()).isEqualTo(StanzaError.Condition.item_not_found);
    }

    @Test
    void jingleThatIsNotFromAnOccupantIsAnsweredItemNotFound() {
        router.onStanza(Recorded.parse(
                "<iq xmlns='jabber:client' type='set' id='i' from='meet.jitsi'><jingle xmlns='urn:xmpp:jingle:1'"
                        + " action='session-info' sid='s'/></iq>",
                IQ.class));

        assertThat(onlyError().getError().getCondition()).isEqualTo(StanzaError.Condition.item_not_found);
        assertThat(onlyError().getFrom().toString()).isEqualTo("focus@auth.meet.jitsi/focus");
    }

    @Test
    void whatIsNotForTheFocusIsLeftToTheTransport() {
        for (String xml : List.of(
                "<iq xmlns='jabber:client' type='get' id='i' from='a@b/c'><query xmlns='jabber:iq:last'/></iq>",
                "<iq xmlns='jabber:client' type='get' id='i' from='a@b/c'><conference"
                        + " xmlns='http://jitsi.org/protocol/focus' room='a@b'/></iq>",
                "<iq xmlns='jabber:client' type='result' id='i' from='a@b/c'/>")) {
            assertThat(router.onStanza(Recorded.parse(xml, IQ.class))).isEqualTo(Verdict.NOT_MINE);
        }
        assertThat(connection.sent).isEmpty();
        assertThat(inbox.happened).isEmpty();
    }

    @Test
    void metadataIsOnlyBelievedFromItsComponent() {
        for (String from :
                List.of("metadata.meet.jitsi", "meet.jitsi", "x@metadata.meet.jitsi", "metadata.meet.jitsi/r")) {
            router.onStanza(Recorded.parse(
                    "<message xmlns='jabber:client' from='" + from + "'><json-message"
                            + " xmlns='http://jitsi.org/jitmeet' room='" + ROOM
                            + "'>{\"type\":\"room_metadata\",\"metadata\":{\"startMuted\":{\"video\":true}}}"
                            + "</json-message></message>",
                    Message.class));
        }

        assertThat(inbox.only(ConferenceInput.MetadataReceived.class).metadata().startVideoMuted())
                .contains(true);
    }

    @Provide
    Arbitrary<String> garbage() {
        Arbitrary<String> from = Arbitraries.of(
                "r@muc.x/nick", "r@muc.x", "muc.x", "focus.x/a@b/c", "r@muc.x/ n k", "r@muc.x/" + "n".repeat(1023));
        Arbitrary<String> kind = Arbitraries.of(
                "<jingle xmlns='urn:xmpp:jingle:1'%s>%s</jingle>",
                "<conference xmlns='http://jitsi.org/protocol/focus'%s>%s</conference>",
                "<mute xmlns='http://jitsi.org/jitmeet/audio'%s>%s</mute>",
                "<mute xmlns='http://jitsi.org/jitmeet/desktop'%s>%s</mute>");
        Arbitrary<String> attributes = Arbitraries.of(
                        " action='source-add'",
                        " action='session-accept'",
                        " action='session-terminate'",
                        " action='transport-info'",
                        " action='bogus'",
                        " sid=''",
                        " sid='s'",
                        " room='r@muc.x'",
                        " room='@'",
                        " room=''",
                        " jid='r@muc.x/b'",
                        " jid='@'",
                        " actor=''")
                .list()
                .ofMaxSize(4)
                .uniqueElements(each -> each.substring(0, each.indexOf('=')))
                .map(list -> String.join("", list));
        Arbitrary<String> children = Arbitraries.of(
                        "",
                        "true",
                        "maybe",
                        "<content/>",
                        "<content name='audio'/>",
                        "<content name='video'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='taste'/></content>",
                        "<content name='audio'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='8589934592'/>"
                                + "</content>",
                        "<content name='audio'><source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='-'/></content>",
                        "<content name='audio'><ssrc-group xmlns='urn:xmpp:jingle:apps:rtp:ssma:0'/></content>",
                        "<content name='audio'><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'><candidate/>"
                                + "</transport></content>",
                        "<content name='video'><initial-last-n xmlns='jitsi:colibri2' value='x'/></content>",
                        "<reason/>",
                        "<reason><moo/></reason>",
                        "<bridge-session xmlns='http://jitsi.org/protocol/focus' restart='x'/>",
                        "<property/>",
                        "<property name='a'/>",
                        "<group xmlns='urn:xmpp:jingle:apps:grouping:0'/>",
                        "<jingle xmlns='urn:xmpp:jingle:1'/>",
                        "<x xmlns='y'><z/></x>")
                .list()
                .ofMaxSize(3)
                .map(list -> String.join("", list));
        Arbitrary<String> type = Arbitraries.of("set", "set", "set", "get", "result", "error");
        return Combinators.combine(from, kind, attributes, children, type)
                .as((f, k, a, c, t) -> "<iq xmlns='jabber:client' type='" + t + "' id='i' to='focus.x' from='" + f
                        + "'>" + k.formatted(a, c) + "</iq>");
    }

    /** A request is answered here, or by the core that took it, or left to the transport, and never two of these. */
    @Property(tries = 2000)
    void garbageIsAnsweredExactlyOnceAndNeverThrows(@ForAll("garbage") String xml) {
        if (!(Recorded.reading(xml) instanceof StanzaReading.Parsed parsed)) {
            return;
        }
        connection.sent.clear();
        inbox.happened.clear();
        inbox.requests.clear();
        inbox.conferences.add(new RoomId("r@muc.x"));
        boolean request = parsed.stanza() instanceof IQ iq && iq.isRequestIQ();

        Verdict verdict = router.onStanza(parsed.stanza());

        int answered = connection.sent.size();
        int taken = inbox.requests.size()
                + (int) inbox.happened.stream()
                        .filter(each -> inbox.conferences.contains(each.room()))
                        .count();
        assertThat(answered + taken).isEqualTo(verdict == Verdict.TAKEN ? 1 : 0);
        if (!request) {
            assertThat(verdict).isEqualTo(Verdict.NOT_MINE);
        }
    }
}
