package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import org.confocal.focus.model.Jid;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.roster.packet.RosterPacket;
import org.junit.jupiter.api.Test;

class XmppAnswerGatewayTest {
    private static final StanzaRef QUESTION =
            new StanzaRef(new Jid("room@muc.meet.jitsi/x"), new Jid("focus@auth.meet.jitsi/focus"), "q1");

    private final FakeConnection connection = new FakeConnection();
    private final XmppAnswerGateway answers = new XmppAnswerGateway(connection);

    @Test
    void aRefusalGoesToTheOneWhoAskedAndSaysWhy() {
        answers.refuse(QUESTION, StanzaError.of(StanzaError.Condition.BAD_REQUEST, "No."));

        assertThat(connection.sent).hasSize(1);
        IQ error = (IQ) connection.sent.getFirst();
        assertThat(error.getType()).isEqualTo(IQ.Type.error);
        assertThat(error.getStanzaId()).isEqualTo("q1");
        assertThat(error.getTo().toString()).isEqualTo("room@muc.meet.jitsi/x");
        assertThat(error.getFrom().toString()).isEqualTo("focus@auth.meet.jitsi/focus");
        assertThat(error.getError().getDescriptiveText()).isEqualTo("No.");
    }

    /** Smack can be made to change the type that all later IQs begin with. */
    @Test
    void aRefusalChangesNothingForTheRequestsThatFollow() {
        answers.refuse(QUESTION, StanzaError.of(StanzaError.Condition.BAD_REQUEST, "No."));

        assertThat(new RosterPacket().getType()).isEqualTo(IQ.Type.get);
    }
}
