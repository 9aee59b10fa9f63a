package org.confocal.tests.xmpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class XmlTextTest {
    @Test
    void whatIsWrittenIsReadBack() {
        Element stanza = Element.of("iq", Ns.CLIENT)
                .with("type", "set")
                .with("id", "a'b\"<&>")
                .add(Element.of("jingle", Ns.JINGLE)
                        .add(Element.of("content").with("name", "audio"))
                        .add(Element.of("json-message", Ns.JITMEET).text("{\"a\":\"<&>'\"}")));

        assertThat(XmlText.parse(stanza.toXml())).isEqualTo(stanza);
    }

    @Test
    void recordedStanzasSurviveWritingAndReading() {
        for (Element stanza : Transcripts.stanzas("D-actions-client0.jingle.xml")) {
            assertThat(XmlText.parse(stanza.toXml())).isEqualTo(stanza);
        }
    }

    @Test
    void aChildWithoutNamespaceTakesItsParents() {
        Element jingle =
                Element.of("jingle", Ns.JINGLE).add(Element.of("content").add(Element.of("deeper")));

        assertThat(jingle.deep("deeper", Ns.JINGLE)).hasSize(1);
        assertThat(jingle.toXml()).isEqualTo("<jingle xmlns='urn:xmpp:jingle:1'><content><deeper/></content></jingle>");
    }

    @Test
    void entitiesAndBrokenTextAreRefused() {
        assertThatThrownBy(() -> XmlText.parse("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> XmlText.parse("<a><b></a>")).isInstanceOf(IllegalArgumentException.class);
    }
}
