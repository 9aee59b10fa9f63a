package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.Feature;
import org.confocal.xmpp.IqReply;
import org.confocal.xmpp.codec.Recorded;
import org.jivesoftware.smackx.disco.packet.DiscoverInfo;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class FeatureDiscoveryTest {
    private static final Caps RECORDED = new Caps("https://jitsi.org/jitsi-meet", "dtzK/3xhISaXUMVg59IpXxdvKyQ=");

    private final FakeConnection connection = new FakeConnection();
    private final FeatureDiscovery discovery = new FeatureDiscovery(connection);
    private final List<Set<Feature>> answers = new ArrayList<>();

    private void ask(String nick, Optional<Caps> caps) {
        discovery.discover(member(nick), caps, answers::add);
    }

    private static Jid member(String nick) {
        return JidCreate.fromOrThrowUnchecked("r@muc.meet.jitsi/" + nick);
    }

    private void answer() {
        connection.reply(DiscoverInfo.class, new IqReply.Result(Recorded.read("A017-disco", DiscoverInfo.class)));
    }

    @Test
    void equalCapsAreAskedOnceAlsoInFlight() {
        ask("a", Optional.of(RECORDED));
        ask("b", Optional.of(RECORDED));
        assertThat(connection.asked).hasSize(1);
        DiscoverInfo question = (DiscoverInfo) connection.asked.get(0).iq();
        assertThat(question.getNode()).isEqualTo("https://jitsi.org/jitsi-meet#dtzK/3xhISaXUMVg59IpXxdvKyQ=");

        answer();
        ask("c", Optional.of(RECORDED));

        assertThat(connection.asked).isEmpty();
        assertThat(answers)
                .hasSize(3)
                .allSatisfy(features -> assertThat(features)
                        .contains(Feature.AUDIO, Feature.VIDEO, Feature.TCC, Feature.JSON_SOURCES)
                        .doesNotContain(Feature.SSRC_REWRITING));
    }

    @Test
    void silenceMeansTheDefaultsAndTheOthersAreAskedThemselves() {
        ask("a", Optional.of(RECORDED));
        ask("b", Optional.of(RECORDED));
        ask("c", Optional.of(RECORDED));
        connection.reply(DiscoverInfo.class, new IqReply.TimedOut());

        assertThat(answers).containsExactly(Feature.DEFAULTS);
        assertThat(connection.asked)
                .extracting(each -> each.iq().getTo().toString())
                .containsExactly("r@muc.meet.jitsi/b", "r@muc.meet.jitsi/c");
        answer();
        answer();
        assertThat(answers).hasSize(3);
        assertThat(answers.get(1)).contains(Feature.TCC);
        ask("d", Optional.of(RECORDED));
        assertThat(answers).hasSize(4);
    }

    @Test
    void answerThatIsNotWhatTheCapsSayCountsForItsSenderOnly() {
        Caps forged = new Caps("https://jitsi.org/jitsi-meet", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=");
        ask("liar", Optional.of(forged));
        ask("honest", Optional.of(forged));
        answer();

        assertThat(answers).hasSize(1);
        assertThat(connection.asked).hasSize(1);
        connection.reply(DiscoverInfo.class, new IqReply.NotSent());
        assertThat(answers.get(1)).isEqualTo(Feature.DEFAULTS);
        ask("later", Optional.of(forged));
        assertThat(connection.asked).hasSize(1);
    }

    @Test
    void memberWithoutCapsIsAskedEveryTime() {
        ask("a", Optional.empty());
        ask("a", Optional.empty());
        assertThat(connection.asked).hasSize(2);
        answer();
        connection.reply(DiscoverInfo.class, new IqReply.ConnectionLost());

        assertThat(answers.get(0)).contains(Feature.TCC);
        assertThat(answers.get(1)).isEqualTo(Feature.DEFAULTS);
    }
}
