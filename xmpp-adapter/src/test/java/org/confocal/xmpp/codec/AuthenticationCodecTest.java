package org.confocal.xmpp.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.confocal.focus.model.AuthenticationReply;
import org.confocal.focus.model.AuthenticationRequest;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.Jid;
import org.confocal.focus.model.Login;
import org.confocal.focus.model.StanzaRef;
import org.confocal.strategy.RoomId;
import org.jitsi.xmpp.extensions.jitsimeet.LoginUrlIq;
import org.jitsi.xmpp.extensions.jitsimeet.LogoutIq;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.jxmpp.jid.impl.JidCreate;

/** Logins and logouts as lib-jitsi-meet writes and reads them (spec/02, section 4; spec/07, section 1). */
class AuthenticationCodecTest {
    private static final StanzaRef STANZA = new StanzaRef(new Jid("a@b/c"), new Jid("focus.b"), "i");

    @Test
    void theQuestionForTheLoginPageIsRead() {
        assertThat(AuthenticationCodec.decode(loginUrl("room='standup@muc.b' machine-uid='m1' popup='true'"), STANZA))
                .isEqualTo(new AuthenticationRequest.LoginUrl(
                        STANZA, Optional.of(new RoomId("standup@muc.b")), Optional.of("m1")));
        assertThat(AuthenticationCodec.decode(loginUrl(""), STANZA))
                .isEqualTo(new AuthenticationRequest.LoginUrl(STANZA, Optional.empty(), Optional.empty()));
    }

    @Test
    void theLoginPageIsPercentEncodedOnce() {
        assertThat(xml(AuthenticationCodec.encode(
                        new AuthenticationReply.LoginUrl(Optional.of("./standup?login=true")))))
                .isEqualTo("<iq xmlns='jabber:client' id='i' type='result'>"
                        + "<login-url xmlns='http://jitsi.org/protocol/focus' url='.%2Fstandup%3Flogin%3Dtrue'/></iq>");
        assertThat(xml(AuthenticationCodec.encode(new AuthenticationReply.LoginUrl(Optional.empty()))))
                .isEqualTo("<iq xmlns='jabber:client' id='i' type='result'>"
                        + "<login-url xmlns='http://jitsi.org/protocol/focus'/></iq>");
    }

    @Test
    void logoutIsReadAndAnswered() {
        assertThat(AuthenticationCodec.decode(logout("session-id='s1'"), STANZA))
                .isEqualTo(new AuthenticationRequest.Logout(STANZA, "s1"));
        assertThat(AuthenticationCodec.decode(logout(""), STANZA))
                .isEqualTo(new AuthenticationRequest.Logout(STANZA, ""));
        assertThat(xml(AuthenticationCodec.loggedOut()))
                .isEqualTo("<iq xmlns='jabber:client' id='i' type='result'>"
                        + "<logout xmlns='http://jitsi.org/protocol/focus'/></iq>");
    }

    @Test
    void anAnswerTellsTheSession() {
        IQ answer = ConferenceRequestCodec.encode(
                new ConferenceAnswer(
                        new RoomId("standup@muc.b"),
                        true,
                        Optional.of(new Login("s1", "anna@b")),
                        Map.of("authentication", "true", "externalAuth", "false")),
                JidCreate.fromOrThrowUnchecked("focus@auth.b/focus"));
        assertThat(xml(answer))
                .contains("session-id='s1'", "identity='anna@b'", "focusjid='focus@auth.b'", "ready='true'")
                .contains(" name='authentication' value='true'/>")
                .contains(" name='externalAuth' value='false'/>");
    }

    private static String xml(IQ iq) {
        iq.setStanzaId("i");
        return iq.toXML().toString().replace('"', '\'');
    }

    private static LoginUrlIq loginUrl(String attributes) {
        return Recorded.parse(
                "<iq xmlns='jabber:client' type='get' id='i' from='a@b/c' to='focus.b'><login-url"
                        + " xmlns='http://jitsi.org/protocol/focus' " + attributes + "/></iq>",
                LoginUrlIq.class);
    }

    private static LogoutIq logout(String attributes) {
        return Recorded.parse(
                "<iq xmlns='jabber:client' type='set' id='i' from='a@b/c' to='focus.b'><logout"
                        + " xmlns='http://jitsi.org/protocol/focus' " + attributes + "/></iq>",
                LogoutIq.class);
    }
}
