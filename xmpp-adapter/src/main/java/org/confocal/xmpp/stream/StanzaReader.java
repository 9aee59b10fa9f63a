package org.confocal.xmpp.stream;

import java.io.IOException;
import java.util.Optional;
import org.jivesoftware.smack.packet.ErrorIQ;
import org.jivesoftware.smack.packet.IQ;
import org.jivesoftware.smack.packet.Stanza;
import org.jivesoftware.smack.packet.StanzaBuilder;
import org.jivesoftware.smack.packet.StanzaError;
import org.jivesoftware.smack.packet.XmlEnvironment;
import org.jivesoftware.smack.parsing.SmackParsingException;
import org.jivesoftware.smack.util.PacketParserUtils;
import org.jivesoftware.smack.xml.XmlPullParserException;
import org.jxmpp.jid.Jid;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/** Elements to Smack's stanzas. */
public final class StanzaReader {

    private static final XmlEnvironment CLIENT = XmlEnvironment.builder()
            .withNamespace(StreamParser.CLIENT_NAMESPACE)
            .build();

    private StanzaReader() {}

    /** Never throws for what a peer sent. */
    public static StanzaReading read(XmlElement element) {
        if (!element.namespace().equals(StreamParser.CLIENT_NAMESPACE)) {
            return unreadable(element, "namespace " + element.namespace());
        }
        if (element.excess().isPresent()) {
            return unreadable(element, element.excess().get());
        }
        try {
            // What an error repeats of the request is of no use, and must not keep the error from being read.
            boolean failure = isIq(element, "error");
            Stanza stanza = PacketParserUtils.parseStanza(
                    failure ? element.withChildren("error").parser() : element.parser(), CLIENT);
            if (stanza instanceof IQ iq && iq.isRequestIQ() && !iq.hasStanzaIdSet()) {
                return unreadable(element, "a request without an id");
            }
            return new StanzaReading.Parsed(stanza);
        } catch (XmlPullParserException | SmackParsingException | IOException | RuntimeException | AssertionError e) {
            // Providers throw what they like at what they do not expect, and some of it are assertions.
            return unreadable(element, e.toString());
        }
    }

    private static StanzaReading unreadable(XmlElement element, String cause) {
        String reason =
                "<" + element.name() + " type='" + element.attribute("type").orElse("") + "'> from "
                        + element.attribute("from").orElse("?") + ": " + cause;
        String line = reason.replaceAll("\\s+", " ");
        String text = line.length() <= 300 ? line : line.substring(0, 300);
        Optional<String> id = element.attribute("id");
        Optional<Jid> from = element.attribute("from").flatMap(StanzaReader::jid);
        if (id.isEmpty() || from.isEmpty()) {
            return new StanzaReading.Unparsable(text, Optional.empty(), Optional.empty());
        }
        if (isIq(element, "get") || isIq(element, "set")) {
            ErrorIQ reply = error(StanzaError.Condition.bad_request, "", id.get());
            reply.setTo(from.get());
            element.attribute("to").flatMap(StanzaReader::jid).ifPresent(reply::setFrom);
            return new StanzaReading.Unparsable(text, Optional.of(reply), Optional.empty());
        }
        if (isIq(element, "result") || isIq(element, "error")) {
            ErrorIQ answer = error(StanzaError.Condition.undefined_condition, "The answer is unreadable.", id.get());
            answer.setFrom(from.get());
            return new StanzaReading.Unparsable(text, Optional.empty(), Optional.of(answer));
        }
        return new StanzaReading.Unparsable(text, Optional.empty(), Optional.empty());
    }

    private static boolean isIq(XmlElement element, String type) {
        return element.name().equals("iq")
                && element.attribute("type").filter(type::equals).isPresent();
    }

    private static ErrorIQ error(StanzaError.Condition condition, String text, String id) {
        StanzaError.Builder error = StanzaError.getBuilder(condition);
        if (!text.isEmpty()) {
            error.setDescriptiveEnText(text);
        }
        return ErrorIQ.builder(error.build(), StanzaBuilder.buildIqData(id).ofType(IQ.Type.error))
                .build();
    }

    private static Optional<Jid> jid(String text) {
        try {
            return Optional.of(JidCreate.from(text));
        } catch (XmppStringprepException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
