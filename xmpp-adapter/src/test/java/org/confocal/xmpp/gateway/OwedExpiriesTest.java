package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.MeetingId;
import org.confocal.focus.model.RequestId;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.codec.Recorded;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;

/** What bridges are owed, over the end of a process. */
class OwedExpiriesTest {
    private static final RoomId ROOM = new RoomId("r@muc.meet.jitsi");
    private static final BridgeId BRIDGE = new BridgeId("jvbbrewery@internal-muc.meet.jitsi/jvb1");
    private static final MeetingId MEETING = new MeetingId("b7f0");
    private static final String KEY = "owed/jvbbrewery@internal-muc.meet.jitsi/jvb1/b7f0";
    private static final BridgeRequest EXPIRE = new BridgeRequest(MEETING, Optional.empty(), true, List.of());
    private static final BridgeRequest WANTED = new BridgeRequest(MEETING, Optional.empty(), false, List.of());

    private final FakeConnection connection = new FakeConnection();
    private final FakeTimers timers = new FakeTimers();
    private final FakeJournal journal = new FakeJournal();
    private final XmppBridgeGateway bridges = gateway(connection, journal);

    private XmppBridgeGateway gateway(FakeConnection on, FakeJournal kept) {
        XmppBridgeGateway gateway = new XmppBridgeGateway(on, new FakeInbox(), () -> new RequestIds("c"), kept, timers);
        gateway.restore();
        return gateway;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static IqReply expired() {
        return new IqReply.Result(Recorded.read("A052-colibri-endpoint-expired", IQ.class));
    }

    @Test
    void unansweredExpiryIsToldAgainByTheNextProcess() {
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        assertThat(journal.kept()).containsOnlyKeys(KEY);

        FakeJournal next = journal.successor();
        FakeConnection later = new FakeConnection();
        XmppBridgeGateway successor = gateway(later, next);
        successor.seen(BRIDGE);
        assertThat(later.asked).as("the answer may be under way").isEmpty();
        timers.advance(OwedExpiries.PATIENCE);
        successor.seen(BRIDGE);
        ConferenceModifyIQ told = (ConferenceModifyIQ) later.asked.get(0).iq();
        assertThat(told.getMeetingId()).isEqualTo("b7f0");
        assertThat(told.getExpire()).isTrue();
        later.reply(ConferenceModifyIQ.class, expired());

        assertThat(next.kept()).isEmpty();
    }

    @Test
    void answeredExpiryIsOwedNoMore() {
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        connection.reply(ConferenceModifyIQ.class, expired());

        assertThat(journal.kept()).isEmpty();
    }

    @Test
    void conferenceThatIsWantedAgainIsNotExpiredHoweverTheExpiryEnds() {
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        bridges.modify(ROOM, new RequestId(2), BRIDGE, WANTED);
        assertThat(journal.kept()).isEmpty();
        connection.reply(ConferenceModifyIQ.class, new IqReply.TimedOut());
        connection.asked.clear();
        timers.advance(OwedExpiries.PATIENCE);
        bridges.seen(BRIDGE);

        assertThat(connection.asked).isEmpty();
    }

    @Test
    void whatIsOwedForTooLongIsForgottenInTheJournalToo() {
        bridges.modify(ROOM, new RequestId(1), BRIDGE, EXPIRE);
        FakeJournal next = journal.successor();
        XmppBridgeGateway successor = gateway(connection, next);
        connection.asked.clear();
        timers.advance(OwedExpiries.MAX_AGE.plusSeconds(1));
        successor.seen(BRIDGE);

        assertThat(connection.asked).isEmpty();
        assertThat(next.kept()).isEmpty();
    }

    @Test
    void recordsThatCannotBeReadAreNothing() {
        TreeMap<String, byte[]> before = new TreeMap<>();
        before.put("owed/a/1", bytes("{"));
        before.put("owed/a/2", bytes("{\"version\":2,\"bridge\":\"" + BRIDGE + "\",\"meeting\":\"m\",\"since\":0}"));
        before.put("owed/a/3", bytes("{\"version\":1,\"bridge\":\"\",\"meeting\":\"m\",\"since\":0}"));
        XmppBridgeGateway successor = gateway(connection, new FakeJournal(before));
        timers.advance(OwedExpiries.PATIENCE);
        successor.seen(BRIDGE);

        assertThat(connection.asked).isEmpty();
    }
}
