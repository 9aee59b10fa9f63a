package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jivesoftware.smack.packet.Message;
import org.jivesoftware.smack.packet.MessageBuilder;
import org.jivesoftware.smack.packet.Presence;
import org.jivesoftware.smack.packet.PresenceBuilder;
import org.jivesoftware.smack.packet.StandardExtensionElement;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.Test;

class StanzaWriterTest {
    @Test
    void anErrorsTextKeepsItsNamespace() {
        StanzaError error = StanzaError.getBuilder(StanzaError.Condition.not_allowed)
                .setType(StanzaError.Type.CANCEL)
                .setDescriptiveEnText("no")
                .build();

        assertThat(StanzaWriter.write(MessageBuilder.buildMessage("1")
                        .ofType(Message.Type.error)
                        .setError(error)
                        .build()))
                .contains("<not-allowed xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/>")
                .contains("<text xmlns='urn:ietf:params:xml:ns:xmpp-stanzas' xml:lang='en'>no</text>");
    }

    @Test
    void elementsKeepTheirNamespacesAndDoNotRepeatTheStreams() {
        StandardExtensionElement inner =
                StandardExtensionElement.builder("inner", "urn:b").build();
        StandardExtensionElement outer = StandardExtensionElement.builder("outer", "urn:a")
                .addElement(inner)
                .build();
        Presence presence = PresenceBuilder.buildPresence("1")
                .addExtension(outer)
                .addExtension(new StandardExtensionElement("next", "urn:b"))
                .addExtension(new StandardExtensionElement("last", "urn:b"))
                .build();

        assertThat(StanzaWriter.write(presence))
                .isEqualTo("<presence id='1'><outer xmlns='urn:a'><inner xmlns='urn:b'></inner></outer>"
                        + "<next xmlns='urn:b'></next><last xmlns='urn:b'></last></presence>");
    }
}
