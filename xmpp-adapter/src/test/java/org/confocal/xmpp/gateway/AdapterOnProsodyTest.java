package org.confocal.xmpp.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.awaitility.Awaitility;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.model.Caps;
import org.confocal.focus.model.ConferenceAnswer;
import org.confocal.focus.model.ConferenceRequest;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.FocusPresence;
import org.confocal.focus.model.MemberPresence;
import org.confocal.focus.model.MemberRole;
import org.confocal.focus.model.RequestId;
import org.confocal.focus.model.StanzaError;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.strategy.EndpointId;
import org.confocal.strategy.Region;
import org.confocal.strategy.RoomId;
import org.confocal.xmpp.BackoffConfig;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.TestProsody;
import org.confocal.xmpp.XmppConnection;
import org.confocal.xmpp.client.ClientConfig;
import org.confocal.xmpp.client.ClientConnection;
import org.confocal.xmpp.component.ComponentConfig;
import org.confocal.xmpp.component.ComponentConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.jxmpp.jid.DomainBareJid;
import org.jxmpp.jid.impl.JidCreate;

/** The adapter as a component and as a client of a real Prosody, and a guest who is nothing but a socket. */
class AdapterOnProsodyTest {
    private static final RoomId ROOM = new RoomId("standup@muc.localhost");

    private final FakeInbox inbox = new FakeInbox();
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private TestProsody prosody;
    private final List<XmppFocusAdapter> adapters = new ArrayList<>();

    /** How the focus comes to the server. */
    enum Way {
        COMPONENT("focus.localhost", "focus@focus.localhost/focus"),
        CLIENT("focus@auth.localhost/focus", "focus@auth.localhost/focus");

        private final String asked;
        private final String self;

        /** @param asked where a guest sends requests to; a client's proxy is not needed for that here */
        Way(String asked, String self) {
            this.asked = asked;
            this.self = self;
        }

        String bare() {
            return self.substring(0, self.indexOf('/'));
        }

        XmppConnection connection(TestProsody prosody) {
            BackoffConfig backoff =
                    new BackoffConfig(Duration.ofMillis(50), Duration.ofMillis(400), Duration.ofMinutes(1));
            return switch (this) {
                case COMPONENT ->
                    new ComponentConnection(
                            ComponentConfig.of(
                                            "127.0.0.1",
                                            prosody.componentPort(),
                                            domain("focus.localhost"),
                                            TestProsody.COMPONENT_SECRET,
                                            domain("localhost"))
                                    .withBackoff(backoff),
                            FocusIdentity.of("1.2.3"),
                            new Random(1));
                case CLIENT ->
                    new ClientConnection(
                            ClientConfig.of(
                                            "127.0.0.1",
                                            prosody.clientPort(),
                                            domain("auth.localhost"),
                                            Optional.of(TestProsody.PASSWORD))
                                    .withTls(ClientConfig.Tls.REQUIRED, ClientConfig.CertificateCheck.OFF)
                                    .withBackoff(backoff),
                            FocusIdentity.of("1.2.3"),
                            new Random(1));
            };
        }
    }

    @BeforeEach
    void startServer() {
        SmackSettings.apply();
        prosody = TestProsody.started();
    }

    private XmppFocusAdapter start(Way way) {
        XmppFocusAdapter adapter = new XmppFocusAdapter(
                AdapterConfig.defaults("1.2.3")
                        .withBrewery(new RoomId("jvbbrewery@muc.localhost"))
                        .withResumeGrace(way == Way.CLIENT ? Duration.ofMillis(200) : Duration.ZERO),
                way.connection(prosody),
                Optional.empty(),
                Timers.over(executor),
                InstantSource.system());
        adapters.add(adapter);
        adapter.attach(inbox);
        inbox.conferences.add(ROOM);
        adapter.start();
        await("the brewery is joined", () -> inbox.bridges.contains("brewery joined"));
        return adapter;
    }

    @AfterEach
    void stop() {
        adapters.forEach(XmppFocusAdapter::close);
        executor.shutdownNow();
        prosody.close();
    }

    private static DomainBareJid domain(String name) {
        return JidCreate.domainBareFromOrThrowUnchecked(name);
    }

    private static void await(String what, java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await(what).atMost(Duration.ofSeconds(30)).until(condition);
    }

    private static void enter(RawGuest guest, String nick) throws IOException {
        guest.say("<presence to='" + ROOM + "/" + nick + "'><x xmlns='http://jabber.org/protocol/muc'/>"
                + "<jitsi_participant_region>eu</jitsi_participant_region><SourceInfo>{&quot;" + nick
                + "-a0&quot;:{&quot;muted&quot;:false}}</SourceInfo><stats-id>Stat-1</stats-id></presence>");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void roomIsJoinedShownLeftAndJoinedAgainAfterARestartOfProsody(Way way) throws Exception {
        XmppFocusAdapter adapter = start(way);
        adapter.rooms().join(ROOM);
        await(
                "the room is joined",
                () -> !inbox.inputs(ConferenceInput.RoomJoined.class).isEmpty());
        adapter.rooms().publish(ROOM, new FocusPresence(Optional.of("pad"), Map.of("bridge-count", "1"), false));

        RawGuest guest = new RawGuest(prosody.clientPort());
        enter(guest, "alice");
        await(
                "alice is seen",
                () -> !inbox.inputs(ConferenceInput.MemberPresent.class).isEmpty());
        MemberPresence alice =
                inbox.inputs(ConferenceInput.MemberPresent.class).get(0).presence();
        assertThat(alice.id()).isEqualTo(new EndpointId("alice"));
        assertThat(alice.role()).isEqualTo(MemberRole.PARTICIPANT);
        assertThat(alice.realJid()).contains(new org.confocal.focus.model.Jid(guest.jid()));
        assertThat(alice.region()).contains(new Region("eu"));
        assertThat(alice.statsId()).contains("Stat-1");
        assertThat(alice.audioUnmuted()).isTrue();
        assertThat(alice.videoUnmuted()).isFalse();
        // What was published last and the guest come to the server on two ways: another presence may be before this
        // one.
        String focus = guest.find(
                "(?s)(<presence[^>]*standup@muc.localhost/focus(?:(?!</presence>).)*bridge-count.*?</presence>)");
        assertThat(focus).contains("bridge-count", way.self, "1.2.3", "pad");

        adapter.rooms().grantOwner(ROOM, alice.realJid().orElseThrow().bare());
        await(
                "alice is owner",
                () -> inbox.inputs(ConferenceInput.MemberPresent.class).stream()
                        .anyMatch(each -> each.presence().role() == MemberRole.OWNER));

        guest.say("<presence type='unavailable' to='" + ROOM + "/alice'><status>switch_room</status></presence>");
        await(
                "alice is gone",
                () -> !inbox.inputs(ConferenceInput.MemberLeft.class).isEmpty());
        assertThat(inbox.only(ConferenceInput.MemberLeft.class).departure())
                .isEqualTo(ConferenceInput.Departure.SWITCHED_ROOM);
        guest.close();

        prosody.kill();
        await("the stream is lost", () -> inbox.connection.contains(ConnectionState.DISCONNECTED));
        prosody.start();
        await("the stream is back", () -> inbox.connection.size() == 3);
        adapter.rooms().join(ROOM);
        await(
                "the room is joined again",
                () -> inbox.inputs(ConferenceInput.RoomJoined.class).size() == 2);
        await(
                "the brewery is joined again",
                () -> inbox.bridges.stream().filter("brewery joined"::equals).count() == 2);
        assertThat(inbox.inputs(ConferenceInput.RoomJoinFailed.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void conferenceRequestAndDiscoOfAGuestAreAnswered(Way way) throws Exception {
        XmppFocusAdapter adapter = start(way);
        RawGuest guest = new RawGuest(prosody.clientPort());
        guest.say("<iq type='set' id='c1' to='" + way.asked + "'><conference"
                + " xmlns='http://jitsi.org/protocol/focus' room='" + ROOM + "'/></iq>");
        await("the request is there", () -> !inbox.requests.isEmpty());
        ConferenceRequest received = inbox.requests.get(0);
        assertThat(received.sender()).contains(new org.confocal.focus.model.Jid(guest.jid()));
        adapter.answers()
                .answer(
                        ((ConferenceRequest.Origin.Stanza) received.origin()).stanza(),
                        new ConferenceAnswer(ROOM, true, Map.of("authentication", "false")));
        assertThat(guest.find("(?s)(<iq[^>]*>.*?</iq>)"))
                .contains("id='c1'", "type='result'", "from='" + way.asked + "'", "ready='true'")
                .contains("focusjid='" + way.bare() + "'", "room='" + ROOM + "'");

        guest.say("<iq type='set' id='c2' to='" + way.asked + "'><conference"
                + " xmlns='http://jitsi.org/protocol/focus'/></iq>");
        assertThat(guest.find("(?s)(<iq[^>]*>.*?</iq>)"))
                .contains("id='c2'", "bad-request", "No &apos;room&apos; specified.");

        adapter.rooms().join(ROOM);
        await(
                "the room is joined",
                () -> !inbox.inputs(ConferenceInput.RoomJoined.class).isEmpty());
        enter(guest, "alice");
        await(
                "alice is seen",
                () -> !inbox.inputs(ConferenceInput.MemberPresent.class).isEmpty());
        adapter.participants()
                .discoverFeatures(ROOM, new RequestId(1), new EndpointId("alice"), Optional.of(new Caps("n", "v")));
        String id = guest.find("(?s)<iq[^>]*?id='([^']*)'[^>]*><query[^>]*disco#info");
        guest.say("<iq type='result' id='" + id + "' to='" + ROOM
                + "/focus'><query xmlns='http://jabber.org/protocol/disco#info' node='n#v'>"
                + "<feature var='http://jitsi.org/tcc'/></query></iq>");
        await(
                "alice's features are there",
                () -> !inbox.inputs(ConferenceInput.FeaturesDiscovered.class).isEmpty());
        assertThat(inbox.only(ConferenceInput.FeaturesDiscovered.class).features())
                .containsExactly(Feature.TCC);

        guest.say("<iq type='set' id='j1' to='" + ROOM + "/focus'><jingle xmlns='urn:xmpp:jingle:1' action='source-add'"
                + " sid='s'/></iq>");
        await(
                "her Jingle request is there",
                () -> !inbox.inputs(ConferenceInput.JingleReceived.class).isEmpty());
        ConferenceInput.JingleReceived jingle = inbox.only(ConferenceInput.JingleReceived.class);
        assertThat(jingle.from()).isEqualTo(new EndpointId("alice"));
        adapter.answers()
                .refuse(jingle.stanza(), StanzaError.of(StanzaError.Condition.ITEM_NOT_FOUND, "no such session"));
        assertThat(guest.find("(?s)(<iq[^>]*type='error'.*?</iq>)"))
                .contains("from='" + ROOM + "/focus'", "id='j1'", "item-not-found", "no such session");
        guest.close();
    }
}
