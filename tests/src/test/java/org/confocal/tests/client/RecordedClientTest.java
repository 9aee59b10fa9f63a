package org.confocal.tests.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import org.confocal.tests.client.ClientJingle.Credentials;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;
import org.confocal.tests.xmpp.Transcripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The emulated client against what a browser did. */
class RecordedClientTest {
    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @CsvSource({
        "A-2clients-client1.session.xml, JSON, ad6484a6",
        "C-octo3-rewriting-client0.session.xml, REWRITING, 00000000",
        "E-xmlsources-client0.session.xml, XML, 263a54c3"
    })
    void recordedOffersAreFaultless(String transcript, ClientKind kind, String endpoint) {
        Element offer = Transcripts.stanzas(transcript).getFirst().children().getFirst();

        assertThat(OfferCheck.violations(offer, kind, endpoint)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"A-2clients-client1.session.xml, ad6484a6", "E-xmlsources-client0.session.xml, 263a54c3"})
    void acceptsAsTheBrowserDid(String transcript, String endpoint) {
        List<Element> stanzas = Transcripts.stanzas(transcript);
        Element offer = stanzas.get(0).children().getFirst();
        Element recorded = stanzas.get(1).children().getFirst();

        Element accept = ClientJingle.accept(
                offer,
                "room@muc/focus",
                "self",
                List.of(
                        LocalSource.create(Media.AUDIO, endpoint, random),
                        LocalSource.create(Media.CAMERA, endpoint, random)),
                Credentials.create(random),
                OptionalInt.empty());

        assertThat(Transcripts.canonical(accept)).isEqualTo(Transcripts.canonical(recorded));
    }

    @Test
    void sharesAScreenAsTheBrowserDid() {
        Element recorded = Transcripts.stanzas("D-actions-client0.jingle.xml").stream()
                .map(iq -> iq.children().getFirst())
                .filter(jingle -> jingle.value("action").equals("source-add"))
                .filter(jingle -> jingle.attribute("initiator").isPresent())
                .findFirst()
                .orElseThrow();

        Element add = ClientJingle.sourceChange(
                "source-add", "sid", "focus", LocalSource.create(Media.SCREEN, "dd43f243", random));

        assertThat(Transcripts.canonical(add)).isEqualTo(Transcripts.canonical(recorded));
    }

    @Test
    void theHashOfTheFeaturesIsTheRecordedOne() {
        assertThat(ClientKind.JSON.verification()).isEqualTo("dtzK/3xhISaXUMVg59IpXxdvKyQ=");
        assertThat(ClientKind.REWRITING.verification()).isEqualTo("+mpajJhafj8jFogLBKsPbQfMgzU=");
    }

    @Test
    void bothEncodingsOfSourcesAreUnderstood() {
        Element xml = Transcripts.stanzas("E-xmlsources-client0.session.xml")
                .get(2)
                .children()
                .getFirst();
        Element json = Transcripts.stanzas("D-actions-client0.jingle.xml").stream()
                .map(iq -> iq.children().getFirst())
                .filter(jingle -> jingle.child("json-message", Ns.JITMEET).isPresent())
                .filter(jingle -> jingle.value("action").equals("source-add"))
                .findFirst()
                .orElseThrow();

        assertThat(SourceReader.read(xml).sources())
                .contains(
                        new RemoteSource(1639261747L, "d30f57d9", "d30f57d9-a0", "audio"),
                        new RemoteSource(1245696897L, "d30f57d9", "d30f57d9-v0", "video"))
                .hasSize(3);
        assertThat(SourceReader.read(json).sources())
                .contains(
                        new RemoteSource(1549773147L, "d5991e25", "d5991e25-a0", "audio"),
                        new RemoteSource(3275497187L, "d5991e25", "d5991e25-v0", "video"))
                .hasSize(3);
        assertThat(SourceReader.read(json).problems()).isEmpty();
    }

    @Test
    void faultsOfAnOfferAreFound() {
        Element offer = Transcripts.stanzas("A-2clients-client1.session.xml")
                .getFirst()
                .children()
                .getFirst();

        assertThat(OfferCheck.violations(without(offer, "group"), ClientKind.JSON, "x"))
                .anyMatch(each -> each.contains("BUNDLE"));
        assertThat(OfferCheck.violations(without(offer, "bridge-session"), ClientKind.JSON, "x"))
                .anyMatch(each -> each.contains("bridge-session"));
        assertThat(OfferCheck.violations(without(offer, "transport"), ClientKind.JSON, "x"))
                .anyMatch(each -> each.contains("without transport"));
        assertThat(OfferCheck.violations(without(offer, "fingerprint"), ClientKind.JSON, "x"))
                .anyMatch(each -> each.contains("fingerprint"));
        assertThat(OfferCheck.violations(offer, ClientKind.XML, "x")).anyMatch(each -> each.contains("JSON"));
        Element foreign = Transcripts.stanzas("E-xmlsources-client0.session.xml")
                .getFirst()
                .children()
                .getFirst();
        assertThat(OfferCheck.violations(foreign, ClientKind.REWRITING, "x"))
                .anyMatch(each -> each.contains("SSRC rewriting"));
        assertThat(OfferCheck.violations(foreign, ClientKind.XML, "b6a2aca9"))
                .anyMatch(each -> each.contains("its own source"));
    }

    private static Element without(Element element, String name) {
        return new Element(
                element.name(),
                element.namespace(),
                element.attributes(),
                element.children().stream()
                        .filter(child -> !child.name().equals(name))
                        .map(child -> without(child, name))
                        .toList(),
                element.text());
    }
}
