package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.confocal.focus.serial.Receipt;
import org.confocal.strategy.BridgeId;
import org.confocal.strategy.BridgeReport;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.FakeJournal;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smackx.muc.packet.MUCOwner;
import org.junit.jupiter.api.Test;

class BreweryListenerTest {
    private static final String BREWERY = "jvbbrewery@internal-muc.meet.jitsi";

    private final FakeConnection connection = new FakeConnection();
    private final FakeInbox inbox = new FakeInbox();
    private final FakeTimers timers = new FakeTimers();
    private final FakeJournal journal = new FakeJournal();
    private final BreweryListener brewery = listener(inbox, journal);

    private BreweryListener listener(FakeInbox told, FakeJournal kept) {
        return new BreweryListener(
                connection,
                new RoomId(BREWERY),
                "focus",
                Duration.ofSeconds(15),
                told,
                bridge -> {},
                new AdapterRecords(kept),
                timers,
                timers);
    }

    private static BridgeId bridge(String nick) {
        return new BridgeId(BREWERY + "/" + nick);
    }

    private void enter() {
        brewery.onPresence(Presences.self(BREWERY, "none"));
        connection.reply(MUCOwner.class, new IqReply.TimedOut());
    }

    @Test
    void bridgesAreReportedAfterTheBreweryIsJoined() {
        brewery.connected();
        brewery.onPresence(Recorded.read("A018-bridge-presence", Presence.class));
        brewery.onPresence(Presences.member(BREWERY, "somebody", ""));
        assertThat(inbox.bridges).isEmpty();

        enter();
        assertThat(inbox.bridges).hasSize(2);
        assertThat(inbox.bridges.get(0)).isEqualTo("brewery joined");
        FakeInbox.Reported reported = (FakeInbox.Reported) inbox.bridges.get(1);
        assertThat(reported.bridge().nick()).isEqualTo("jvb1");
        assertThat(reported.report().region()).contains(new Region("us-east"));
        assertThat(reported.report().drain()).contains(false);
        assertThat(reported.malformed()).isEmpty();
    }

    @Test
    void breweryIsConfiguredAsRecordedWhereTheRoomAllowsIt() {
        brewery.connected();
        brewery.onPresence(Presences.self(BREWERY, "owner"));
        connection.reply(
                MUCOwner.class,
                new IqReply.Result(Recorded.read("A006-owner-form", org.jivesoftware.smack.packet.IQ.class)));
        connection.reply(MUCOwner.class, new IqReply.Result(new EmptyResultIQ()));

        assertThat(inbox.bridges).containsExactly("brewery joined");
    }

    @Test
    void leavingBridgesAreToldOnceAndOnlyIfTheyWereBridges() {
        brewery.connected();
        enter();
        brewery.onPresence(Presences.bridge(BREWERY, "jvb2", "<stat name='stress_level' value='0.5'/>"));
        brewery.onPresence(Presences.memberLeft(BREWERY, "jvb2", "", ""));
        brewery.onPresence(Presences.memberLeft(BREWERY, "jvb2", "", ""));
        brewery.onPresence(Presences.memberLeft(BREWERY, "somebody", "", ""));

        assertThat(inbox.bridges).hasSize(3);
        assertThat(inbox.bridges.get(2)).isEqualTo("left jvb2");
    }

    @Test
    void nonsenseInStatsIsNamedAndTheRestIsRead() {
        brewery.connected();
        enter();
        brewery.onPresence(Presences.bridge(
                BREWERY,
                "jvb2",
                "<stat name='stress_level' value='NaN'/><stat name='packet_rate_upload' value='1e400'/>"
                        + "<stat name='region' value='eu'/><stat name='drain'/><stat/>"));

        FakeInbox.Reported reported = (FakeInbox.Reported) inbox.bridges.get(1);
        assertThat(reported.malformed()).contains("stress_level", "packet_rate_upload");
        assertThat(reported.report().region()).contains(new Region("eu"));
        assertThat(reported.report().stressLevel()).isEmpty();
    }

    @Test
    void failedJoinIsTriedForEverWithGrowingPauses() {
        brewery.connected();
        int joins = connection.presences().size();
        Duration[] pauses = {
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4),
            Duration.ofSeconds(8),
            Duration.ofSeconds(16),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30)
        };
        for (Duration pause : pauses) {
            brewery.onPresence(Presences.error(BREWERY + "/focus", "cancel", "service-unavailable"));
            int sent = connection.presences().size();
            timers.advance(pause.minusMillis(1));
            assertThat(connection.presences()).hasSize(sent);
            timers.advance(Duration.ofMillis(1));
            assertThat(connection.presences()).hasSize(sent + 1);
        }
        assertThat(joins).isOne();
        assertThat(inbox.bridges).isEmpty();

        enter();
        assertThat(inbox.bridges).containsExactly("brewery joined");
    }

    @Test
    void kickedFocusLosesAllBridgesAndComesBack() {
        brewery.connected();
        enter();
        brewery.onPresence(Presences.selfLeft(BREWERY, "<status code='307'/>"));
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost");

        timers.advance(Duration.ofSeconds(1));
        enter();
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost", "brewery joined");
    }

    @Test
    void lostStreamEmptiesTheFleetAndAFreshOneJoinsAgain() {
        brewery.connected();
        enter();
        brewery.disconnected();
        assertThat(inbox.bridges).containsExactly("brewery joined", "brewery lost");
        timers.advance(Duration.ofMinutes(5));
        assertThat(connection.presences()).hasSize(1);

        brewery.connected();
        enter();
        assertThat(inbox.bridges).hasSize(3);
        brewery.close();
        assertThat(connection.lastPresence().getType()).isEqualTo(Presence.Type.unavailable);
        assertThat(timers.running()).isZero();
    }

    @Test
    void restoredBreweryGoesOnInside() {
        brewery.connected();
        enter();
        assertThat(journal.kept()).containsOnlyKeys("brewery/joined");
        connection.sent.clear();
        FakeInbox later = new FakeInbox();
        BreweryListener successor = listener(later, journal.successor());
        successor.restore(List.of(bridge("jvb1"), bridge("jvb2")));
        successor.resumed();
        successor.onPresence(Presences.memberLeft(BREWERY, "jvb1", "", ""));
        successor.onPresence(Presences.bridge(BREWERY, "jvb3", "<stat name='stress_level' value='0.5'/>"));

        assertThat(connection.sent).isEmpty();
        assertThat(later.bridges).hasSize(3).startsWith("brewery joined", "left jvb1");
        assertThat(((FakeInbox.Reported) later.bridges.get(2)).bridge()).isEqualTo(bridge("jvb3"));
        successor.disconnected();
        assertThat(later.bridges).hasSize(4).endsWith("brewery lost");
    }

    @Test
    void lostBreweryIsNoneToGoOnWith() {
        brewery.connected();
        enter();
        brewery.disconnected();

        assertThat(journal.kept()).isEmpty();
    }

    @Test
    void unfinishedEntryBeginsAnewAndTellsWhoIsGone() {
        brewery.restore(List.of(bridge("jvb1"), bridge("jvb2")));
        assertThat(connection.sent).isEmpty();
        brewery.resumed();
        assertThat(connection.presences()).hasSize(1);
        brewery.onPresence(Presences.bridge(BREWERY, "jvb2", "<stat name='stress_level' value='0.5'/>"));
        enter();

        assertThat(inbox.bridges).hasSize(3).startsWith("brewery joined", "left jvb1");
    }

    @Test
    void inheritedBridgesAreLostWithTheStreamEvenIfNobodyHadEntered() {
        brewery.restore(List.of(bridge("jvb1")));
        brewery.disconnected();

        assertThat(inbox.bridges).containsExactly("brewery lost");
    }

    @Test
    void entryIsKeptOnlyWhenTheCoreIsDoneWithIt() {
        List<Receipt> held = new ArrayList<>();
        FakeInbox slow = new FakeInbox() {
            @Override
            public void bridgeReported(BridgeId bridge, BridgeReport report, List<String> malformed) {
                held.add(Receipt.current().retain());
            }
        };
        AtomicBoolean settled = new AtomicBoolean();
        BreweryListener listener = listener(slow, journal);
        listener.connected();
        listener.onPresence(Presences.bridge(BREWERY, "jvb1", "<stat name='stress_level' value='0.5'/>"));
        listener.onPresence(Presences.self(BREWERY, "none"));
        Receipt.handle(7, () -> connection.reply(MUCOwner.class, new IqReply.TimedOut()), () -> settled.set(true));
        assertThat(journal.kept()).isEmpty();
        assertThat(settled).isFalse();
        assertThat(held)
                .singleElement()
                .satisfies(receipt -> assertThat(receipt.number()).isEqualTo(7));
        held.forEach(Receipt::release);

        assertThat(journal.kept()).containsOnlyKeys("brewery/joined");
        assertThat(settled).isTrue();
    }

    @Test
    void entryThatIsOverBeforeTheCoreIsDoneWithItIsNotKept() {
        List<Receipt> held = new ArrayList<>();
        FakeInbox slow = new FakeInbox() {
            @Override
            public void breweryJoined(boolean joined) {
                held.add(Receipt.current().retain());
            }
        };
        BreweryListener listener = listener(slow, journal);
        listener.connected();
        listener.onPresence(Presences.self(BREWERY, "none"));
        connection.reply(MUCOwner.class, new IqReply.TimedOut());
        listener.disconnected();
        held.forEach(Receipt::release);

        assertThat(journal.kept()).isEmpty();
    }

    @Test
    void connectionLostWhileConfiguringIsTriedAgain() {
        brewery.connected();
        brewery.onPresence(Presences.self(BREWERY, "owner"));
        brewery.disconnected();
        brewery.connected();
        brewery.onPresence(Presences.self(BREWERY, "owner"));
        connection.reply(MUCOwner.class, new IqReply.ConnectionLost());
        assertThat(inbox.bridges).isEmpty();
        connection.reply(MUCOwner.class, new IqReply.TimedOut());

        assertThat(inbox.bridges).containsExactly("brewery joined");
    }
}
