package org.confocal.xmpp.gateway;

import java.util.Optional;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.model.StanzaRef;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.codec.Addresses;
import org.confocal.xmpp.codec.AuthenticationCodec;
import org.confocal.xmpp.codec.ConferenceRequestCodec;
import org.confocal.xmpp.codec.ErrorCodec;
import org.jivesoftware.smack.packet.EmptyResultIQ;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Replies to received IQs: to where they came from, from the address that they were sent to, with their id. */
final class XmppAnswerGateway implements AnswerGateway {
    private static final Logger LOG = LoggerFactory.getLogger(XmppAnswerGateway.class);

    private final XmppConnection connection;

    XmppAnswerGateway(XmppConnection connection) {
        this.connection = connection;
    }

    /** Where the reply to this request goes; empty where it has no sender or no id, and so cannot be answered. */
    static Optional<StanzaRef> reference(IQ iq, org.jxmpp.jid.Jid self) {
        if (iq.getFrom() == null || iq.getStanzaId() == null) {
            return Optional.empty();
        }
        org.jxmpp.jid.Jid to = iq.getTo() == null ? self : iq.getTo();
        return Optional.of(new StanzaRef(new Jid(iq.getFrom().toString()), new Jid(to.toString()), iq.getStanzaId()));
    }

    @Override
    public void acknowledge(StanzaRef stanza) {
        EmptyResultIQ iq = new EmptyResultIQ();
        reply(iq, stanza);
    }

    @Override
    public void refuse(StanzaRef stanza, StanzaError error) {
        // The builder without an IqData makes "error" the type of every IQ that Smack makes afterwards.
        reply(
                ErrorIQ.builder(
                                ErrorCodec.encode(error),
                                StanzaBuilder.buildIqData(stanza.id()).ofType(IQ.Type.error))
                        .build(),
                stanza);
    }

    @Override
    public void answer(StanzaRef stanza, ConferenceAnswer answer) {
        reply(ConferenceRequestCodec.encode(answer, connection.self()), stanza);
    }

    @Override
    public void answer(StanzaRef stanza, AuthenticationReply reply) {
        switch (reply) {
            case AuthenticationReply.LoginUrl login -> reply(AuthenticationCodec.encode(login), stanza);
            case AuthenticationReply.LoggedOut out -> reply(AuthenticationCodec.loggedOut(), stanza);
            case AuthenticationReply.Refused refused -> refuse(stanza, refused.error());
        }
    }

    private void reply(IQ iq, StanzaRef stanza) {
        Optional<org.jxmpp.jid.Jid> to = Addresses.of(stanza.from());
        Optional<org.jxmpp.jid.Jid> from = Addresses.of(stanza.to());
        if (to.isEmpty() || from.isEmpty()) {
            LOG.warn("A reply has no address to go to");
            return;
        }
        iq.setTo(to.get());
        iq.setFrom(from.get());
        iq.setStanzaId(stanza.id());
        connection.send(iq);
    }
}
