package org.confocal.tests.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.confocal.tests.bridge.RelayBook.End;
import org.confocal.tests.bridge.RelayBook.Remote.Address;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Stanzas;
import org.confocal.tests.xmpp.Transcripts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The emulated bridge against what a real one said to the same requests; credentials, ports and SSRCs apart. */
class RecordedBridgeTest {
    private static final Instant NOW = Instant.parse("2026-11-21T07:48:39.591Z");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A-2clients-jvb1.colibri2.xml",
                "B-octo2-jvb1.colibri2.xml",
                "B-octo2-jvb2.colibri2.xml",
                "C-octo3-rewriting-jvb1.colibri2.xml",
                "D-actions-jvb1.colibri2.xml"
            })
    void everyRecordedRequestIsAnsweredAsTheRealBridgeDid(String transcript) {
        ColibriResponder responder = responder(transcript);
        Map<String, Element> recorded = new HashMap<>();
        List<Element> requests = new ArrayList<>();
        for (Element stanza : Transcripts.stanzas(transcript)) {
            if (Stanzas.isRequest(stanza)) {
                requests.add(stanza);
            } else {
                recorded.put(stanza.value("id"), stanza);
            }
        }
        BridgeBooks books = BridgeBooks.empty();
        int compared = 0;
        for (Element request : requests) {
            Element modify = request.children().getFirst();
            ColibriAnswer answer = responder.answer(books, modify, Set.of(), NOW);
            books = answer.books();
            Element real = recorded.get(request.value("id"));
            if (real != null) {
                assertThat(Transcripts.canonical(answer.toIq(request)))
                        .as(request.value("id"))
                        .isEqualTo(Transcripts.canonical(real));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(recorded.size()).isGreaterThan(5);
        assertThat(books.conferences()).isEmpty();
    }

    /** Ends of conferences aside, which would take the relays with them. */
    @Test
    void afterTheRecordedExchangeBothBridgesAreLinkedAndKnowWhoIsBehindTheOther() {
        ConferenceBook first = conference("B-octo2-jvb1.colibri2.xml");
        ConferenceBook second = conference("B-octo2-jvb2.colibri2.xml");

        RelayBook toSecond = first.relay("jvb2").orElseThrow();
        RelayBook toFirst = second.relay("jvb1").orElseThrow();
        assertThat(List.of(toSecond.meshId(), toFirst.meshId())).containsExactly("0", "0");
        // The bridge that was there first is the initiator: jvb2 in this recording.
        assertThat(List.of(toSecond.end(), toFirst.end())).containsExactly(End.RESPONDER, End.INITIATOR);
        assertThat(List.of(toSecond.remote().setup(), toFirst.remote().setup())).containsExactly("passive", "active");
        assertThat(List.of(toSecond.remote().websocket(), toFirst.remote().websocket()))
                .containsExactly(Address.WITHHELD, Address.GIVEN);
        assertThat(toSecond.isLinked() && toFirst.isLinked()).isTrue();
        assertThat(toSecond.endpoints().keySet())
                .isEqualTo(second.endpoints().keySet())
                .containsExactly("38cad36e");
        assertThat(toFirst.endpoints().keySet())
                .isEqualTo(first.endpoints().keySet())
                .containsExactly("b34c753d");
        assertThat(toSecond.endpoint("38cad36e").orElseThrow().ssrcs())
                .isEqualTo(second.endpoint("38cad36e").orElseThrow().ssrcs())
                .hasSize(7);
    }

    /** The recorded conference before anything of it was expired. */
    private static ConferenceBook conference(String transcript) {
        ColibriResponder responder = responder(transcript);
        BridgeBooks books = BridgeBooks.empty();
        for (Element stanza : Transcripts.stanzas(transcript)) {
            if (Stanzas.isRequest(stanza) && !stanza.toXml().contains("expire='true'")) {
                books = responder
                        .answer(books, stanza.children().getFirst(), Set.of(), NOW)
                        .books();
            }
        }
        return books.conferences().firstEntry().getValue();
    }

    private static ColibriResponder responder(String transcript) {
        return new ColibriResponder(config(transcript.contains("jvb2") ? "jvb2" : "jvb1"), new SplittableRandom(1));
    }

    @Test
    void anIdleBridgePublishesTheRecordedFieldsInOrder() {
        Element recorded = Transcripts.document("A-2clients-jvb1.presence.xml")
                .each("stats")
                .findFirst()
                .orElseThrow();

        Element published = BridgeStats.of(config(), BridgeBooks.empty(), Set.of(), NOW);

        assertThat(published).isEqualTo(recorded);
        assertThat(published.children()).hasSize(82);
    }

    static BridgeConfig config() {
        return config("jvb1");
    }

    private static BridgeConfig config(String name) {
        ProsodyConfig prosody = new ProsodyConfig(FocusLogin.COMPONENT, Domains.forTests(), 1, 2, Path.of(""), 15);
        return BridgeConfig.of(prosody, name, "us-east");
    }
}
