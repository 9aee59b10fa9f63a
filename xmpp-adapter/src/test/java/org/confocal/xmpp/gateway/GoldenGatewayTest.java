package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.codec.CanonicalXml;
import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.junit.jupiter.api.Test;

/** What the gateways say of their own accord is what the recorded focus said. */
class GoldenGatewayTest {
    private static final RoomId ROOM = new RoomId("labjga1r1@muc.meet.jitsi");

    private final FakeConnection connection = new FakeConnection();
    private final FakeInbox inbox = new FakeInbox();
    private final XmppRoomGateway rooms =
            new XmppRoomGateway(connection, inbox, new FakeTimers(), "focus", "1.1.SNAPSHOT", Duration.ofSeconds(15));

    private static void assertSame(Stanza made, String recorded) {
        assertThat(CanonicalXml.of(made.toXML())).isEqualTo(CanonicalXml.of(Recorded.text(recorded)));
    }

    @Test
    void joiningARoomIsTheRecordedPresence() {
        rooms.join(ROOM);

        assertSame(connection.lastPresence(), "A002-muc-join");
    }

    @Test
    void grantingOwnerIsTheRecordedQuery() {
        rooms.grantOwner(ROOM, new Jid("5rv_nvpvp_w1izi5lq3u1rjb@meet.jitsi/8ecvSQ9iHrB-"));

        assertSame(connection.asked.get(0).iq(), "A013-grant-owner");
    }

    @Test
    void askingForFeaturesIsTheRecordedQuery() {
        new XmppParticipantGateway(connection, inbox)
                .discoverFeatures(
                        ROOM,
                        new RequestId(1),
                        new EndpointId("00c73f83"),
                        Optional.of(new Caps("https://jitsi.org/jitsi-meet", "dtzK/3xhISaXUMVg59IpXxdvKyQ=")));

        assertSame(connection.asked.get(0).iq(), "A016-disco-get");
    }

    @Test
    void acknowledgementOfAnAcceptIsTheRecordedResult() {
        IQ accept = Recorded.read("A035-session-accept-second", IQ.class);
        new XmppAnswerGateway(connection)
                .acknowledge(
                        XmppAnswerGateway.reference(accept, connection.self()).orElseThrow());

        assertSame(connection.sent.get(0), "A039-accept-acknowledged");
        assertThat(connection.sent.get(0).getStanzaId()).isEqualTo(accept.getStanzaId());
    }
}
