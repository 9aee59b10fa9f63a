package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.confocal.xmpp.IqReply;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smackx.ping.packet.Ping;
import org.junit.jupiter.api.Test;

class HeldConnectionTest {
    private final FakeConnection connection = new FakeConnection();
    private final HeldConnection held = new HeldConnection(connection);

    private static Presence presence(String id) {
        return StanzaBuilder.buildPresence(id).build();
    }

    @Test
    void whatWaitsLeavesInOrderAndLaterThingsAfterIt() {
        held.send(presence("1"));
        held.send(presence("2"));
        assertThat(connection.sent).isEmpty();
        held.start();
        held.send(presence("3"));

        assertThat(connection.sent).extracting(each -> each.getStanzaId()).containsExactly("1", "2", "3");
        assertThat(connection.connected).isTrue();
    }

    @Test
    void moreThanCanBeHeldIsNotSent() {
        for (int i = 0; i < HeldConnection.MAX_HELD; i++) {
            held.send(presence("p"));
        }
        List<IqReply> replies = new ArrayList<>();
        held.request(new Ping(), replies::add);
        assertThat(replies).containsExactly(new IqReply.NotSent());
        held.start();

        assertThat(connection.sent).hasSize(HeldConnection.MAX_HELD);
        assertThat(connection.asked).isEmpty();
    }
}
