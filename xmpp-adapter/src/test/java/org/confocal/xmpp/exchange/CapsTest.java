package org.confocal.xmpp.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.confocal.xmpp.FocusIdentity;
import org.junit.jupiter.api.Test;

class CapsTest {

    @Test
    void theHashIsThatOfTheStandardsExample() {
        // XEP-0115, section 5.2
        FocusIdentity exodus = new FocusIdentity(
                "client",
                "pc",
                "Exodus 0.9.1",
                "http://code.google.com/p/exodus",
                List.of(
                        "http://jabber.org/protocol/disco#items",
                        "http://jabber.org/protocol/muc",
                        "http://jabber.org/protocol/caps",
                        "http://jabber.org/protocol/disco#info"),
                "0.9.1");
        assertThat(Caps.version(exodus)).isEqualTo("QgayPKawpkPSDYmwT/WM94uAlu0=");
    }
}
