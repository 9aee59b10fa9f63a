package org.confocal.xmpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.confocal.xmpp.exchange.StanzaExchange;
import org.confocal.xmpp.stream.StanzaReader;
import org.confocal.xmpp.stream.StanzaReading;
import org.confocal.xmpp.stream.StanzaWriter;
import org.confocal.xmpp.stream.StreamEvent;
import org.confocal.xmpp.stream.StreamParser;
import org.confocal.xmpp.stream.StreamViolation;
import org.confocal.xmpp.stream.XmlElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.jxmpp.jid.impl.JidCreate;

/** What any participant can make the server pass on must not end the stream that carries all conferences. */
class HostileParticipantTest {
    private static final String HEADER =
            "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams'>";

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final List<String> written = new ArrayList<>();
    private final StanzaExchange exchange = new StanzaExchange(
            () -> JidCreate.fullFromOrThrowUnchecked("focus@focus.meet.test/focus"),
            thread,
            Duration.ofSeconds(10),
            10,
            FocusIdentity.of("1"),
            (stanza, onFailure) -> written.add(StanzaWriter.write(stanza)));

    @AfterEach
    void end() {
        thread.shutdownNow();
    }

    private static List<XmlElement> parse(String xml) throws StreamViolation {
        List<XmlElement> elements = new ArrayList<>();
        new StreamParser(StanzaLimits.DEFAULT, StreamParser.CLIENT_NAMESPACE)
                .feed((HEADER + xml).getBytes(StandardCharsets.UTF_8), event -> {
                    if (event instanceof StreamEvent.Received received) {
                        elements.add(received.element());
                    }
                });
        return elements;
    }

    private static String iq(String payload) {
        return "<iq type='set' id='i1' from='room@muc.meet.test/x' to='focus@focus.meet.test/focus'>" + payload
                + "</iq>";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<pizza xmlns='urn:test'/>",
                "<jingle xmlns='urn:test' action='x' sid='&lt;&apos;'/>",
                "<pizza xmlns='urn:test'><a/>]]&gt;&lt;</pizza>"
            })
    void anUnknownRequestIsRefusedInWellFormedXml(String payload) throws StreamViolation {
        exchange.received(StanzaReader.read(parse(iq(payload)).getFirst()));

        assertThat(written).hasSize(1);
        assertThat(parse(written.getFirst())).hasSize(1).first().satisfies(error -> {
            assertThat(error.attribute("type")).hasValue("error");
            assertThat(error.attribute("id")).hasValue("i1");
            assertThat(error.attribute("to")).hasValue("room@muc.meet.test/x");
            assertThat(error.attribute("from")).hasValue("focus@focus.meet.test/focus");
        });
        assertThat(written.getFirst()).contains("<service-unavailable").doesNotContain("urn:test");
    }

    @Test
    void aRequestNestedTooDeepIsRefusedAndTheStreamGoesOn() throws StreamViolation {
        int depth = 30_000;
        assertRefused(iq("<a>".repeat(depth) + "</a>".repeat(depth)));
    }

    @Test
    void aRequestWithTooManyAttributesIsRefusedAndTheStreamGoesOn() throws StreamViolation {
        StringBuilder element = new StringBuilder("<a");
        for (int i = 0; i <= StanzaLimits.DEFAULT.attributes(); i++) {
            element.append(" a").append(i).append("=''");
        }
        assertRefused(iq(element + "/>"));
    }

    private void assertRefused(String stanza) throws StreamViolation {
        List<XmlElement> elements = parse(stanza + "<message from='a@b/c'><body>hi</body></message>");

        assertThat(elements).hasSize(2);
        assertThat(StanzaReader.read(elements.getLast())).isInstanceOf(StanzaReading.Parsed.class);
        exchange.received(StanzaReader.read(elements.getFirst()));
        assertThat(written).hasSize(1);
        assertThat(written.getFirst()).contains("<bad-request").contains("id='i1'");
    }

    @Test
    void asManyLevelsAsAreAllowedAreRead() throws StreamViolation {
        int depth = StanzaLimits.DEFAULT.depth() - 1;
        XmlElement element = parse(
                        "<message>" + "<a xmlns='urn:test'>".repeat(depth) + "</a>".repeat(depth) + "</message>")
                .getFirst();

        assertThat(StanzaReader.read(element)).isInstanceOf(StanzaReading.Parsed.class);
    }
}
