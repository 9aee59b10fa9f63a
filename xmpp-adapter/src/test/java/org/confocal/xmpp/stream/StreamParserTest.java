package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.confocal.xmpp.StanzaLimits;
import org.confocal.xmpp.stream.StreamViolation.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamParserTest {

    private static final String CONTENT = "jabber:component:accept";
    private static final String HEADER = "<?xml version='1.0'?><stream:stream xmlns='" + CONTENT
            + "' xmlns:stream='http://etherx.jabber.org/streams' xmlns:z='urn:z' id='abc' from='focus.example'>";
    private static final String STANZAS =
            "<message xml:lang='de' id='1'><body>Grüße &amp; 😀 &#x1F600;</body></message> \n"
                    + "<presence z:a='1' from='a@b/c&apos;d'><x xmlns='urn:x' xmlns:y='urn:y'><y:q><![CDATA[<&>]]></y:q></x></presence>"
                    + "<iq type='get' id='2'><z:query/></iq>";
    private static final StanzaLimits SMALL = new StanzaLimits(10_000, 16, 16, 10_000, 10);

    private static List<String> parse(StanzaLimits limits, List<byte[]> pieces) throws StreamViolation {
        StreamParser parser = new StreamParser(limits, CONTENT);
        List<String> events = new ArrayList<>();
        for (byte[] piece : pieces) {
            parser.feed(piece, event -> events.add(describe(event)));
        }
        return events;
    }

    private static String describe(StreamEvent event) {
        return switch (event) {
            case StreamEvent.Opened opened -> "opened " + opened.id() + opened.from();
            case StreamEvent.Closed closed -> "closed";
            case StreamEvent.Received received -> canonical(received.element());
        };
    }

    private static String canonical(XmlElement element) {
        StringBuilder text = new StringBuilder();
        var parser = element.parser();
        try {
            var event = parser.getEventType();
            while (event != org.jivesoftware.smack.xml.XmlPullParser.Event.END_DOCUMENT) {
                switch (event) {
                    case START_ELEMENT -> {
                        text.append('<').append(parser.getQName());
                        for (int i = 0; i < parser.getAttributeCount(); i++) {
                            text.append(' ')
                                    .append(parser.getAttributeQName(i))
                                    .append('=')
                                    .append(parser.getAttributeValue(i));
                        }
                        text.append('>');
                    }
                    case TEXT_CHARACTERS ->
                        text.append('"').append(parser.getText()).append('"');
                    default -> text.append("</").append(parser.getDepth()).append('>');
                }
                event = parser.next();
            }
        } catch (java.io.IOException | org.jivesoftware.smack.xml.XmlPullParserException e) {
            throw new AssertionError(e);
        }
        return text.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Condition violation(StanzaLimits limits, String text) {
        try {
            parse(limits, List.of(bytes(text)));
        } catch (StreamViolation e) {
            return e.condition();
        }
        throw new AssertionError("accepted: " + text.substring(0, Math.min(200, text.length())));
    }

    @Test
    void aStreamIsReadAsItWasWritten() throws StreamViolation {
        assertThat(parse(SMALL, List.of(bytes(HEADER + STANZAS + "</stream:stream>\n"))))
                .containsExactly(
                        "opened Optional[abc]Optional[focus.example]",
                        "<{jabber:client}message {http://www.w3.org/XML/1998/namespace}lang=de id=1>"
                                + "<{jabber:client}body>\"Grüße & 😀 😀\"</2></1>",
                        "<{jabber:client}presence {urn:z}a=1 from=a@b/c'd><{urn:x}x><{urn:y}q>\"<&>\"</3></2></1>",
                        "<{jabber:client}iq type=get id=2><{urn:z}query></2></1>",
                        "closed");
    }

    @Test
    void splittingAtAnyByteChangesNothing() throws StreamViolation {
        byte[] all = bytes(HEADER + STANZAS + "</stream:stream>");
        List<String> whole = parse(SMALL, List.of(all));
        for (int split = 1; split < all.length; split++) {
            assertThat(parse(
                            SMALL,
                            List.of(Arrays.copyOfRange(all, 0, split), Arrays.copyOfRange(all, split, all.length))))
                    .as("split at %d", split)
                    .isEqualTo(whole);
        }
        List<byte[]> single = new ArrayList<>();
        for (byte one : all) {
            single.add(new byte[] {one});
        }
        assertThat(parse(SMALL, single)).isEqualTo(whole);
    }

    @Property(tries = 2_000)
    void arbitraryBytesEndTheStreamOrAreReadAndNothingElse(@ForAll @Size(max = 200) byte[] noise) {
        StreamParser parser = new StreamParser(SMALL, CONTENT);
        try {
            parser.feed(bytes(HEADER), event -> {});
            parser.feed(noise, event -> {});
        } catch (StreamViolation e) {
            assertThat(e.condition()).isNotNull();
        }
    }

    @Property(tries = 2_000)
    void aDamagedStanzaEndsTheStreamOrIsReadAndNothingElse(@ForAll Random random) {
        byte[] all = bytes(HEADER + STANZAS);
        int start = bytes(HEADER).length;
        for (int i = 0; i < 3; i++) {
            all[start + random.nextInt(all.length - start)] = (byte) random.nextInt(256);
        }
        try {
            new StreamParser(SMALL, CONTENT).feed(all, event -> {
                if (event instanceof StreamEvent.Received received) {
                    assertThat(StanzaReader.read(received.element())).isNotNull();
                }
            });
        } catch (StreamViolation e) {
            assertThat(e.condition()).isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<!-- c -->|RESTRICTED_XML",
                "<iq><!-- c --></iq>|RESTRICTED_XML",
                "<?pi x?>|RESTRICTED_XML",
                "<iq>&bomb;</iq>|RESTRICTED_XML",
                "<iq a='&bomb;'/>|NOT_WELL_FORMED",
                "<iq></presence>|NOT_WELL_FORMED",
                "<iq a='1' a='2'/>|NOT_WELL_FORMED",
                "<q:iq/>|NOT_WELL_FORMED",
                "<iq>&#1;</iq>|NOT_WELL_FORMED",
                "<iq a=1/>|NOT_WELL_FORMED",
                "< iq/>|NOT_WELL_FORMED",
                "<!DOCTYPE a>|NOT_WELL_FORMED",
                "hello|BAD_FORMAT",
                "</stream:stream><iq/>|BAD_FORMAT"
            })
    void whatXmppForbidsEndsTheStream(String text, Condition condition) {
        assertThat(violation(SMALL, HEADER + text)).isEqualTo(condition);
    }

    @Test
    void anEntityBombIsNotEvenDefined() {
        String header = HEADER.substring(HEADER.indexOf("<stream"));
        assertThat(violation(SMALL, "<?xml version='1.0'?><!DOCTYPE x SYSTEM 'file:///etc/passwd'>" + header))
                .isEqualTo(Condition.RESTRICTED_XML);
        // The parser does not even know the syntax of definitions.
        assertThat(violation(
                        SMALL,
                        "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'lol'><!ENTITY b '&a;&a;&a;&a;'>]>" + header
                                + "<message><body>&b;</body></message>"))
                .isEqualTo(Condition.NOT_WELL_FORMED);
    }

    @Test
    void aStreamHasToBeAStream() {
        assertThat(violation(SMALL, "<html xmlns='http://www.w3.org/1999/xhtml'>"))
                .isEqualTo(Condition.INVALID_NAMESPACE);
        assertThat(violation(SMALL, "<stream:stream xmlns:stream='urn:other'>")).isEqualTo(Condition.INVALID_NAMESPACE);
        assertThat(violation(SMALL, "HTTP/1.1 400 Bad Request\r\n")).isEqualTo(Condition.NOT_WELL_FORMED);
    }

    @Test
    void aStanzaOfTheLargestSizeIsReadAndAByteMoreIsNot() throws StreamViolation {
        String open = "<message><body>";
        String close = "</body></message>";
        String fitting = open + "x".repeat(SMALL.stanzaBytes() - open.length() - close.length()) + close;
        assertThat(parse(SMALL, List.of(bytes(HEADER + fitting + " " + fitting))))
                .hasSize(3);
        assertThat(violation(SMALL, HEADER + fitting + fitting.replace("xx</body>", "xxx</body>")))
                .isEqualTo(Condition.POLICY_VIOLATION);
    }

    @Test
    void anEndlessStanzaIsNotWaitedFor() {
        assertThat(violation(SMALL, HEADER + "<message a='" + "x".repeat(SMALL.stanzaBytes())))
                .isEqualTo(Condition.POLICY_VIOLATION);
        assertThat(violation(SMALL, "<stream:stream a='" + "x".repeat(SMALL.stanzaBytes())))
                .isEqualTo(Condition.POLICY_VIOLATION);
    }

    @Test
    void anElementTooDeepOrTooWideIsReadWithoutItsContentAndTheStreamLives() throws StreamViolation {
        String nested = "<a>".repeat(SMALL.depth() - 1) + "</a>".repeat(SMALL.depth() - 1);
        StringBuilder wide = new StringBuilder("<iq id='3'");
        for (int i = 0; i <= SMALL.attributes(); i++) {
            wide.append(" a").append(i).append("='1'");
        }
        String fits = "<iq id='1'>" + nested + "</iq>";
        String tooDeep = "<iq id='2'><a>" + nested + "</a></iq>";
        List<XmlElement> elements = new ArrayList<>();
        new StreamParser(SMALL, CONTENT).feed(bytes(HEADER + fits + tooDeep + wide + "/>" + fits), event -> {
            if (event instanceof StreamEvent.Received received) {
                elements.add(received.element());
            }
        });
        assertThat(elements)
                .extracting(element -> element.excess().isPresent())
                .containsExactly(false, true, true, false);
        assertThat(elements)
                .extracting(element -> element.attribute("id").orElse(""))
                .containsExactly("1", "2", "3", "1");
        assertThat(elements.get(1).children("jabber:client")).isEmpty();
    }

    @Test
    void aStreamHeaderTooWideIsRefused() {
        StringBuilder wide = new StringBuilder("<stream:stream xmlns:stream='http://etherx.jabber.org/streams'");
        for (int i = 0; i <= SMALL.attributes(); i++) {
            wide.append(" a").append(i).append("='1'");
        }
        assertThat(violation(SMALL, wide + ">")).isEqualTo(Condition.POLICY_VIOLATION);
    }

    @Test
    void whitespaceForDaysIsNoStanza() throws StreamViolation {
        StreamParser parser = new StreamParser(SMALL, CONTENT);
        parser.feed(bytes(HEADER), event -> {});
        List<StreamEvent> events = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            parser.feed(bytes(" ".repeat(SMALL.stanzaBytes())), events::add);
        }
        parser.feed(bytes("<iq/>"), events::add);
        assertThat(events).singleElement().isInstanceOf(StreamEvent.Received.class);
    }

    @Test
    void aLongStreamOfNewNamesIsReadWithoutRememberingThem() throws StreamViolation {
        StreamParser parser = new StreamParser(StanzaLimits.DEFAULT, CONTENT);
        parser.feed(bytes(HEADER), event -> {});
        int[] seen = {0};
        StringBuilder chunk = new StringBuilder();
        int sent = 0;
        for (int i = 0; i < 40; i++) { // 40 MiB, so that the parser is renewed more than once
            chunk.setLength(0);
            while (chunk.length() < 1 << 20) {
                chunk.append("<iq z:n='1'><n")
                        .append(sent++)
                        .append(" xmlns='urn:n'>")
                        .append("x".repeat(500))
                        .append("</n")
                        .append(sent - 1)
                        .append("></iq>");
            }
            // Cut in the middle of a stanza, so that a renewal has something left over.
            byte[] bytes = bytes(chunk.toString());
            for (byte[] part : List.of(
                    Arrays.copyOfRange(bytes, 0, bytes.length - 100),
                    Arrays.copyOfRange(bytes, bytes.length - 100, bytes.length))) {
                parser.feed(part, event -> {
                    XmlElement element = ((StreamEvent.Received) event).element();
                    assertThat(element.children("urn:n")).containsExactly("n" + seen[0]);
                    assertThat(element.namespace()).isEqualTo("jabber:client");
                    seen[0]++;
                });
            }
        }
        assertThat(seen[0]).isEqualTo(sent);
    }

    @Test
    void nothingIsReadAfterAViolation() {
        StreamParser parser = new StreamParser(SMALL, CONTENT);
        assertThatThrownBy(() -> parser.feed(bytes(HEADER + "<iq></presence>"), event -> {}))
                .isInstanceOf(StreamViolation.class)
                .hasMessageStartingWith("not-well-formed: ");
    }
}
