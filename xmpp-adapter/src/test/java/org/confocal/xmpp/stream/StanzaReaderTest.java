package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamReader;
import org.confocal.xmpp.SmackSettings;
import org.confocal.xmpp.StanzaLimits;
import org.jitsi.xmpp.extensions.colibri.ColibriStatsExtension;
import org.jitsi.xmpp.extensions.colibri2.ConferenceModifyIQ;
import org.jitsi.xmpp.extensions.jingle.JingleIQ;
import org.jitsi.xmpp.extensions.jitsimeet.ConferenceIq;
import org.jitsi.xmpp.extensions.jitsimeet.MuteIq;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParser;
import org.jivesoftware.smack.xml.stax.StaxXmlPullParser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StanzaReaderTest {

    @BeforeAll
    static void smack() {
        SmackSettings.apply();
    }

    private static StanzaReading read(String xml) {
        List<StanzaReading> readings = new ArrayList<>();
        try {
            new StreamParser(StanzaLimits.DEFAULT, "jabber:component:accept")
                    .feed(
                            ("<stream:stream xmlns='jabber:component:accept'"
                                            + " xmlns:stream='http://etherx.jabber.org/streams'>" + xml)
                                    .getBytes(StandardCharsets.UTF_8),
                            event -> {
                                if (event instanceof StreamEvent.Received received) {
                                    readings.add(StanzaReader.read(received.element()));
                                }
                            });
        } catch (StreamViolation e) {
            throw new AssertionError(e);
        }
        assertThat(readings).hasSize(1);
        return readings.getFirst();
    }

    private static Stanza parsed(String xml) {
        return ((StanzaReading.Parsed) read(xml)).stanza();
    }

    private static StanzaReading.Unparsable unparsable(String xml) {
        return (StanzaReading.Unparsable) read(xml);
    }

    private static String recorded(String name) {
        try {
            return Files.readString(Path.of("src/test/resources/transcripts", name));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Smack's parser over the JDK's, which shares nothing with ours. */
    private static XmlPullParser smacksOwnParser(String xml) throws Exception {
        var constructor = StaxXmlPullParser.class.getDeclaredConstructor(XMLStreamReader.class);
        constructor.setAccessible(true);
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        XmlPullParser parser = constructor.newInstance(factory.createXMLStreamReader(new StringReader(xml)));
        parser.next();
        return parser;
    }

    @Test
    void everyRecordedStanzaIsReadAsSmackItselfReadsIt() throws Exception {
        int seen = 0;
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/transcripts"))) {
            for (Path file : files.sorted().toList()) {
                String xml = Files.readString(file).strip();
                if (!xml.matches("(?s)<(iq|presence|message)\\b.*")) {
                    continue;
                }
                String plain = xml.replaceFirst("<(iq|presence|message)\\b", "<$1 xmlns='jabber:client'");
                if (xml.contains("xmlns='jabber:client'")) {
                    plain = xml;
                }
                Stanza expected = PacketParserUtils.parseStanza(smacksOwnParser(plain), XmlEnvironment.EMPTY);
                if (expected instanceof IQ iq && iq.getType() == IQ.Type.error) {
                    continue; // what an error repeats of the request is left out on purpose
                }
                assertThat(parsed(xml).toXML().toString())
                        .as(file.toString())
                        .isEqualTo(expected.toXML().toString());
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(40);
    }

    @Test
    void jitsiStanzasArriveAsTheirClasses() {
        assertThat(parsed(recorded("A001-conference-request.xml"))).isInstanceOf(ConferenceIq.class);
        assertThat(parsed(recorded("A034-session-accept.xml"))).isInstanceOf(JingleIQ.class);
        assertThat(parsed(recorded("A023-colibri-create.xml"))).isInstanceOf(ConferenceModifyIQ.class);
        assertThat(parsed(recorded("D098-mute-request.xml"))).isInstanceOf(MuteIq.class);
        assertThat(parsed(recorded("A018-bridge-presence.xml")).getExtension(ColibriStatsExtension.class))
                .isNotNull();
    }

    @Test
    void theTextOfAMessageIsFoundThoughTheStreamHasAnotherNamespace() {
        assertThat(((Message) parsed("<message from='a@b/c'><body>hi</body></message>")).getBody())
                .isEqualTo("hi");
    }

    @Test
    void anUnparsableRequestIsAnsweredToItsSender() {
        StanzaReading.Unparsable reading = unparsable(
                "<iq type='set' id='7' from='a@b/c' to='focus.b'><conference xmlns='http://jitsi.org/protocol/focus' room='@@'/></iq>");
        ErrorIQ reply = reading.reply().orElseThrow();
        assertThat(reply.getStanzaId()).isEqualTo("7");
        assertThat(reply.getTo().toString()).isEqualTo("a@b/c");
        assertThat(reply.getFrom().toString()).isEqualTo("focus.b");
        assertThat(reply.getError().getCondition()).isEqualTo(StanzaError.Condition.bad_request);
        assertThat(reading.answer()).isEmpty();
    }

    @Test
    void aRequestWithoutContentOrWithoutIdOrOfAnotherNamespaceIsUnparsable() {
        assertThat(unparsable("<iq type='get' id='1' from='a@b/c'/>").reply()).isPresent();
        assertThat(unparsable("<iq type='get' from='a@b/c'><ping xmlns='urn:xmpp:ping'/></iq>")
                        .reply())
                .isEmpty();
        assertThat(unparsable("<iq xmlns='urn:other' type='get' id='1' from='a@b/c'/>")
                        .reason())
                .contains("urn:other");
        assertThat(unparsable("<iq type='dance' id='1' from='a@b/c'/>").reply()).isEmpty();
        assertThat(unparsable("<tea/>").reply()).isEmpty();
        assertThat(unparsable("<presence type='dance'/>").reply()).isEmpty();
    }

    @Test
    void aNicknameOf64KibIsNoAddress() {
        StanzaReading.Unparsable reading =
                unparsable("<presence from='room@muc.b/" + "n".repeat(65_536) + "' to='focus@b/focus'/>");
        assertThat(reading.reason()).hasSizeLessThanOrEqualTo(300);
    }

    @Test
    void anUnparsableResultStandsInAsAnError() {
        StanzaReading.Unparsable reading = unparsable("<iq type='result' id='7' from='bridge@b/c'>"
                + "<conference-modified xmlns='jitsi:colibri2'><sources xmlns='jitsi:colibri2'>"
                + "<media-source type='smell'/></sources></conference-modified></iq>");
        assertThat(reading.answer()).hasValueSatisfying(answer -> {
            assertThat(answer.getStanzaId()).isEqualTo("7");
            assertThat(answer.getFrom().toString()).isEqualTo("bridge@b/c");
        });
    }

    @Test
    void anErrorIsReadWhateverItRepeatsOfTheRequest() {
        Stanza stanza = parsed("<iq type='error' id='7' from='bridge@b/c'>"
                + "<jingle xmlns='urn:xmpp:jingle:1' action='dance'/>"
                + "<error type='cancel'><item-not-found xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>"
                + "<error xmlns='jitsi:colibri2' reason='conference_not_found'/></error></iq>");
        assertThat(stanza.getError().getCondition()).isEqualTo(StanzaError.Condition.item_not_found);
        assertThat((Object) stanza.getError().getExtension("error", "jitsi:colibri2"))
                .isNotNull();
    }
}
