package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.confocal.tests.integration.Site.PATIENCE;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Stanzas.IqType;
import org.confocal.tests.xmpp.XmppClient;
import org.confocal.tests.xmpp.XmppClient.Login;
import org.junit.jupiter.api.Test;

/** A domain of accounts and one of guests: accounts open rooms and are owners, guests come in after them (spec/02, section 4). */
class AuthenticationTest {
    private static final Domains DOMAINS = Domains.forTests();
    private static final String ROOM = DOMAINS.room("meeting");
    private static final String ACCOUNTS = """
            jicofo.authentication { enabled = true, type = XMPP, login-url = "%s" }
            """.formatted(DOMAINS.auth());

    @Test
    void anAccountOpensTheRoomForGuestsAndOwnsIt() throws IOException {
        try (Site site = Site.start(FocusLogin.CLIENT, ACCOUNTS, List.of("jvb1"))) {
            assertThatThrownBy(() -> site.join("meeting", ClientKind.JSON))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not-authorized 'not authorized user domain'");

            try (Person anna = Person.connect(
                            site, DOMAINS.auth(), new Login.Plain(ProsodyConfig.PERSON, ProsodyConfig.SECRET));
                    Person bert = Person.connect(site, DOMAINS.main(), new Login.Anonymous())) {
                Element session = anna.opensWith(conference("m1"));
                assertThat(session.value("identity")).isEqualTo("anna@" + DOMAINS.auth());
                anna.joins("anna");
                patiently()
                        .untilAsserted(
                                () -> assertThat(anna.affiliation("anna")).contains("owner"));

                ClientEmulator guest = site.join("meeting", ClientKind.JSON);
                bert.joins("bert");
                patiently().untilAsserted(() -> {
                    assertThat(anna.affiliation(guest.endpoint())).contains("none");
                    assertThat(anna.affiliation("bert")).contains("none");
                });

                bertLogsInAndOut(anna, bert, session.value("session-id"));
                assertThat(guest.books().errors()).isEmpty();
            }
        }
    }

    private static void bertLogsInAndOut(Person anna, Person bert, String session) throws IOException {
        Element page = Element.of("login-url", Ns.FOCUS).with("room", ROOM).with("machine-uid", "m1");
        assertThat(bert.asks(IqType.GET, page))
                .satisfies(answer -> assertThat(answer.child("login-url", Ns.FOCUS)
                                .orElseThrow()
                                .value("url"))
                        .isEqualTo(".%2Fmeeting%3Flogin%3Dtrue"));

        bert.opensWith(conference("m1").with("session-id", session));
        patiently().untilAsserted(() -> assertThat(anna.affiliation("bert")).contains("owner"));

        Element logout = Element.of("logout", Ns.FOCUS).with("session-id", session);
        assertThat(bert.asks(IqType.SET, logout).child("logout", Ns.FOCUS)).isPresent();
        Element late = bert.asks(IqType.SET, conference("m1").with("session-id", session));
        assertThat(Stanzas.condition(late)).contains("not-acceptable");
        assertThat(late.deep("session-invalid", Ns.FOCUS)).hasSize(1);
    }

    private static Element conference(String machineUid) {
        return Element.of("conference", Ns.FOCUS).with("room", ROOM).with("machine-uid", machineUid);
    }

    /** Somebody with a stream, who sees who has which affiliation in the room and answers nothing. */
    private record Person(XmppClient stream, Map<String, String> affiliations) implements AutoCloseable {

        static Person connect(Site site, String domain, Login login) throws IOException {
            Map<String, String> affiliations = new ConcurrentHashMap<>();
            XmppClient.Handler handler = new XmppClient.Handler() {
                @Override
                public void received(XmppClient client, Element stanza) {
                    stanza.deep("item", Ns.MUC_USER)
                            .findFirst()
                            .ifPresent(item -> affiliations.put(
                                    Stanzas.resource(stanza.value("from")), item.value("affiliation")));
                }

                @Override
                public void ended(XmppClient client, String reason) {}
            };
            XmppClient stream = XmppClient.connect(
                    "127.0.0.1",
                    site.prosody().config().clientPort(),
                    domain,
                    login,
                    Optional.empty(),
                    handler,
                    PATIENCE);
            return new Person(stream, affiliations);
        }

        Element asks(IqType type, Element payload) throws IOException {
            return stream.ask(Stanzas.iq(type, DOMAINS.focus(), payload), PATIENCE);
        }

        /** Asks for the conference, which must be ready at once. Returns what was answered. */
        Element opensWith(Element request) throws IOException {
            Element answer = asks(IqType.SET, request);
            Element conference = answer.child("conference", Ns.FOCUS)
                    .orElseThrow(() -> new IOException("refused: " + answer.toXml()));
            assertThat(conference.value("ready")).isEqualTo("true");
            assertThat(conference.value("session-id")).isNotEmpty();
            return conference;
        }

        void joins(String nick) {
            stream.send(Stanzas.presence(ROOM + "/" + nick).add(Element.of("x", Ns.MUC)));
        }

        Optional<String> affiliation(String nick) {
            return Optional.ofNullable(affiliations.get(nick));
        }

        @Override
        public void close() {
            stream.close();
        }
    }
}
