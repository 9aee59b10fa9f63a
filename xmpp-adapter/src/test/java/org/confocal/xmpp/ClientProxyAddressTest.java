package org.confocal.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;

class ClientProxyAddressTest {

    static {
        SmackSettings.apply();
    }

    private static final Optional<DomainBareJid> PROXY =
            Optional.of(JidCreate.domainBareFromOrThrowUnchecked("focus.meet.jitsi"));

    @ParameterizedTest
    @CsvSource({
        "focus.meet.jitsi/_nj-x@meet.jitsi/BWP4UGv5_GrK, _nj-x@meet.jitsi/BWP4UGv5_GrK",
        "focus.meet.jitsi/meet.jitsi, meet.jitsi",
        "focus.meet.jitsi/@@, focus.meet.jitsi/@@",
        "focus.meet.jitsi, focus.meet.jitsi",
        "a@focus.meet.jitsi/b@c/d, a@focus.meet.jitsi/b@c/d",
        "other.meet.jitsi/b@c/d, other.meet.jitsi/b@c/d",
        "a@meet.jitsi/res, a@meet.jitsi/res"
    })
    void theSenderIsInTheResourceOfTheProxyOnly(String from, String sender) {
        assertThat(ClientProxyAddress.senderOf(JidCreate.fromOrThrowUnchecked(from), PROXY)
                        .toString())
                .isEqualTo(sender);
    }

    @ParameterizedTest
    @CsvSource({"focus.meet.jitsi/a@meet.jitsi/b", "a@meet.jitsi/res"})
    void withoutAProxyTheSenderIsWhoItSaysItIs(String from) {
        Jid jid = JidCreate.fromOrThrowUnchecked(from);
        assertThat((Object) ClientProxyAddress.senderOf(jid, Optional.empty())).isEqualTo(jid);
    }

    @Property
    void noResourceThrows(@ForAll String resource) {
        JidCreate.fromOrNull("focus.meet.jitsi/" + resource);
        Jid from = JidCreate.fromOrNull("focus.meet.jitsi/" + resource);
        if (from != null) {
            assertThat((Object) ClientProxyAddress.senderOf(from, PROXY)).isNotNull();
        }
    }
}
