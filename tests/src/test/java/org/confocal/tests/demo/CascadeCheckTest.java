package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.tests.bridge.BridgeBooks;
import org.confocal.tests.bridge.BridgeConfig;
import org.confocal.tests.bridge.ColibriAnswer;
import org.confocal.tests.bridge.ColibriResponder;
import org.confocal.tests.demo.CascadeCheck.Cascade;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.xmpp.XmlText;
import org.junit.jupiter.api.Test;

/** The judge of cascades sees what is wrong, and nothing where nothing is. */
class CascadeCheckTest {
    private static final String ROOM = "room@muc.test";

    private final SequencedMap<String, BridgeBooks> books = new LinkedHashMap<>();

    @Test
    void twoLinkedBridgesThatKnowEachOthersPeopleAreACascade() {
        person("jvb1", "a", 1);
        person("jvb2", "b", 2);
        link("jvb1", "jvb2", "0");
        announce("jvb1", "jvb2", "b", 2);
        announce("jvb2", "jvb1", "a", 1);

        assertThat(check().wrong()).isEmpty();
        Cascade cascade = check().describe("room");
        assertThat(cascade.bridges()).containsExactly("jvb1", "jvb2");
        assertThat(cascade.links()).containsExactly(new CascadeCheck.Link("jvb1", "jvb2", "0"));
        assertThat(cascade.topology()).isEqualTo("one link");
    }

    @Test
    void aChainOfTwoMeshesReachesBothEndsAndAChainInOneMeshDoesNot() {
        chain("0", "1");
        assertThat(check().wrong()).isEmpty();
        assertThat(check().describe("room").topology()).isEqualTo("tree");

        books.clear();
        chain("0", "0");
        assertThat(check().wrong()).anyMatch(wrong -> wrong.startsWith("jvb1 hears [jvb1, jvb2] only"));
    }

    /** 1 - 2 - 3: behind the middle there is somebody else. */
    private void chain(String first, String second) {
        person("jvb1", "a", 1);
        person("jvb2", "b", 2);
        person("jvb3", "c", 3);
        link("jvb1", "jvb2", first);
        link("jvb2", "jvb3", second);
        announce("jvb1", "jvb2", "b", 2);
        announce("jvb1", "jvb2", "c", 3);
        announce("jvb2", "jvb1", "a", 1);
        announce("jvb2", "jvb3", "c", 3);
        announce("jvb3", "jvb2", "b", 2);
        announce("jvb3", "jvb2", "a", 1);
    }

    @Test
    void aCircleOfDifferentMeshesIsHeardTwice() {
        chain("0", "1");
        link("jvb3", "jvb1", "2");

        assertThat(check().wrong()).contains("jvb1 hears jvb3 more than once");
    }

    @Test
    void whoIsNotAnnouncedOrWithOtherSourcesIsMissed() {
        person("jvb1", "a", 1);
        person("jvb2", "b", 2);
        link("jvb1", "jvb2", "0");
        announce("jvb1", "jvb2", "b", 77);

        assertThat(check().wrong())
                .containsExactly(
                        "jvb1 does not know what b behind jvb2 sends",
                        "jvb2 was told of [] behind jvb1, where [a] are");
    }

    @Test
    void aRelayWithoutCounterpartOrTransportIsNoLink() {
        person("jvb1", "a", 1);
        person("jvb2", "b", 2);
        modify("jvb1", "<relay id='jvb2' create='true' mesh-id='0'><transport ice-controlling='true'/></relay>");
        assertThat(check().wrong()).contains("jvb1 has a relay to jvb2, which has none to it");

        modify("jvb2", "<relay id='jvb1' create='true' mesh-id='1'><transport ice-controlling='true'/></relay>");
        assertThat(check().wrong())
                .contains("jvb1 and jvb2 are linked in meshes 0 and 1", "jvb1 and jvb2 are both INITIATOR")
                .anyMatch(wrong -> wrong.startsWith("jvb1 cannot talk to jvb2"));
    }

    private CascadeCheck check() {
        return CascadeCheck.of(books, ROOM);
    }

    private void person(String bridge, String id, long ssrc) {
        modify(
                bridge,
                "<endpoint id='" + id + "' create='true'><transport/>" + sources(id, ssrc)
                        + "<capability name='source-names'/></endpoint>");
    }

    private void link(String initiator, String other, String mesh) {
        modify(initiator, relay(other, mesh, "<transport ice-controlling='true'/>"));
        modify(other, relay(initiator, mesh, "<transport/>"));
        modify(initiator, transport(other, "active", "<web-socket xmlns='http://jitsi.org/protocol/colibri'/>"));
        modify(other, transport(initiator, "passive", ""));
    }

    private static String relay(String id, String mesh, String transport) {
        return "<relay id='" + id + "' create='true' mesh-id='" + mesh + "'>" + transport + "</relay>";
    }

    private static String transport(String relay, String setup, String socket) {
        return "<relay id='" + relay + "'><transport><transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' ufrag='u'>"
                + "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' setup='" + setup + "'/>" + socket
                + "</transport></transport></relay>";
    }

    private void announce(String bridge, String relay, String id, long ssrc) {
        modify(
                bridge,
                "<relay id='" + relay + "'><endpoints><endpoint id='" + id + "' create='true'>" + sources(id, ssrc)
                        + "</endpoint></endpoints></relay>");
    }

    private static String sources(String id, long ssrc) {
        return "<sources><media-source type='audio' id='" + id + "-a0'>"
                + "<source xmlns='urn:xmpp:jingle:apps:rtp:ssma:0' ssrc='" + ssrc + "'/></media-source></sources>";
    }

    private void modify(String bridge, String entry) {
        BridgeBooks before = books.getOrDefault(bridge, BridgeBooks.empty());
        String create = before.conferences().isEmpty() ? "create='true' name='" + ROOM + "'" : "";
        ProsodyConfig prosody = new ProsodyConfig(FocusLogin.COMPONENT, Domains.forTests(), 1, 2, Path.of(""), 15);
        ColibriAnswer answer = new ColibriResponder(BridgeConfig.of(prosody, bridge, "here"), new SplittableRandom(1))
                .answer(
                        before,
                        XmlText.parse("<conference-modify xmlns='jitsi:colibri2' meeting-id='m' " + create + ">" + entry
                                + "</conference-modify>"),
                        Set.of(),
                        Instant.EPOCH);
        assertThat(answer).isInstanceOf(ColibriAnswer.Modified.class);
        books.put(bridge, answer.books());
    }
}
