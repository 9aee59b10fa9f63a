package org.confocal.tests.demo;

import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.ProsodyConfig;

/** Configuration texts for a focus next to a {@link ProsodyConfig}. Stateless. */
public final class FocusConfiguration {
    private FocusConfiguration() {}

    /** The least that a focus needs; more may be appended, as HOCON takes the last of equal keys. */
    public static String of(ProsodyConfig prosody, int httpPort) {
        Domains domains = prosody.domains();
        String login = switch (prosody.focusLogin()) {
            case COMPONENT ->
                """
                        xmpp.component {
                          enabled = true
                          hostname = "127.0.0.1"
                          port = %d
                          domain = "%s"
                          secret = "%s"
                        }
                        xmpp.client.xmpp-domain = "%s"
                        """.formatted(prosody.componentPort(), domains.focus(), ProsodyConfig.SECRET, domains.main());
            case CLIENT ->
                """
                        xmpp.client {
                          hostname = "127.0.0.1"
                          port = %d
                          domain = "%s"
                          xmpp-domain = "%s"
                          username = "%s"
                          password = "%s"
                          client-proxy = "%s"
                          conference-muc-jid = "%s"
                          disable-certificate-verification = true
                        }
                        """.formatted(
                                prosody.clientPort(),
                                domains.auth(),
                                domains.main(),
                                ProsodyConfig.FOCUS_USER,
                                ProsodyConfig.SECRET,
                                domains.focus(),
                                domains.muc());
        };
        return """
                jicofo {
                %s
                bridge.brewery-jid = "%s"
                rest { host = "127.0.0.1", port = %d }
                }
                """.formatted(login, domains.brewery(), httpPort);
    }
}
