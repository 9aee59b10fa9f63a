package org.confocal.xmpp.codec;

import java.util.Optional;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.StanzaRef;
import org.jitsi.xmpp.extensions.jitsimeet.LoginUrlIq;
import org.jitsi.xmpp.extensions.jitsimeet.LogoutIq;
import org.jivesoftware.smack.packet.IQ;

/** IQs about logging in and out, and their results (spec/02, section 4). */
public final class AuthenticationCodec {
    private AuthenticationCodec() {}

    public static AuthenticationRequest decode(LoginUrlIq iq, StanzaRef stanza) {
        return new AuthenticationRequest.LoginUrl(
                stanza,
                Optional.ofNullable(iq.getRoom()).flatMap(Addresses::room),
                Optional.ofNullable(iq.getMachineUID()));
    }

    public static AuthenticationRequest decode(LogoutIq iq, StanzaRef stanza) {
        return new AuthenticationRequest.Logout(
                stanza, Optional.ofNullable(iq.getSessionId()).orElse(""));
    }

    /** The result, without addresses. The library percent-encodes the URL. */
    public static IQ encode(AuthenticationReply.LoginUrl login) {
        LoginUrlIq iq = new LoginUrlIq();
        iq.setType(IQ.Type.result);
        login.url().ifPresent(iq::setUrl);
        return iq;
    }

    /** The result, without addresses. */
    public static IQ loggedOut() {
        LogoutIq iq = new LogoutIq();
        iq.setType(IQ.Type.result);
        return iq;
    }
}
