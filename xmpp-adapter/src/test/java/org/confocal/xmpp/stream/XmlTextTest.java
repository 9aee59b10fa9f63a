package org.confocal.xmpp.stream;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class XmlTextTest {

    @Test
    void charactersThatXmlForbidsAreReplaced() {
        assertThat(XmlText.clean("a\u0000b\u001Fc\uFFFEd\uD800e\uDC00"))
                .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFD");
        assertThat(XmlText.clean("tab\t line\r\n 😀 ü \uFFFD")).isEqualTo("tab\t line\r\n 😀 ü \uFFFD");
    }

    @Test
    void theEndOfACdataSectionIsNoText() {
        assertThat(XmlText.clean("<a b=']]>'>]]>]]]></a>")).isEqualTo("<a b=']]&gt;'>]]&gt;]]]&gt;</a>");
    }

    @Property
    void whatIsCleanStaysAsItIs(@ForAll String text) {
        String clean = XmlText.clean(text);
        assertThat(XmlText.clean(clean)).isEqualTo(clean);
    }
}
