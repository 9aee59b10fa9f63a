package org.confocal.tests.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.confocal.tests.client.SourceReader.Encoding;
import org.confocal.tests.client.SourceReader.Found;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/** What lib-jitsi-meet demands of a session-initiate (spec/07, 4; spec/03, 2), as sentences where it is not met. Stateless. */
public final class OfferCheck {
    private OfferCheck() {}

    /** @return what is wrong with the offer, empty where nothing is */
    public static List<String> violations(Element jingle, ClientKind kind, String endpoint) {
        List<String> wrong = new ArrayList<>();
        demand(!jingle.value("sid").isEmpty(), "no sid", wrong);
        demand(!jingle.value("initiator").isEmpty(), "no initiator", wrong);
        contents(jingle, wrong);
        session(jingle, wrong);
        sources(SourceReader.read(jingle), kind, endpoint, wrong);
        return wrong;
    }

    /** What is wrong with the sources of any Jingle element that carries some. */
    static void sources(Found found, ClientKind kind, String endpoint, List<String> wrong) {
        wrong.addAll(found.problems());
        Encoding unwanted = kind == ClientKind.XML ? Encoding.JSON : Encoding.XML;
        demand(found.encoding() != unwanted, "sources as " + found.encoding() + " for a client of kind " + kind, wrong);
        demand(
                kind != ClientKind.REWRITING || found.namesOnlyBridge(),
                "sources of others for a client with SSRC rewriting",
                wrong);
        for (RemoteSource source : found.sources()) {
            demand(!source.owner().equals(endpoint), "its own source " + source, wrong);
            demand(source.ssrc() > 0 && source.ssrc() < 1L << 32, "SSRC out of range: " + source, wrong);
            demand(!source.name().isEmpty(), "source without a name: " + source, wrong);
        }
        long distinct =
                found.sources().stream().map(RemoteSource::ssrc).distinct().count();
        demand(distinct == found.sources().size(), "an SSRC twice", wrong);
    }

    private static void contents(Element jingle, List<String> wrong) {
        List<Element> contents = jingle.each("content").toList();
        List<String> names = contents.stream().map(each -> each.value("name")).toList();
        demand(names.contains("audio"), "no content 'audio'", wrong);
        demand(names.contains("video"), "no content 'video'", wrong);
        List<String> bundled = jingle.child("group", Ns.GROUPING)
                .filter(group -> group.value("semantics").equals("BUNDLE"))
                .map(group ->
                        group.each("content").map(each -> each.value("name")).toList())
                .orElse(List.of());
        demand(bundled.equals(names), "contents " + names + " but BUNDLE " + bundled, wrong);
        Map<String, String> payloadTypes = new TreeMap<>();
        for (Element content : contents) {
            transport(content, wrong);
            content.each("description")
                    .flatMap(description -> description.each("payload-type"))
                    .forEach(type -> {
                        Optional<String> before =
                                Optional.ofNullable(payloadTypes.put(type.value("id"), type.value("name")));
                        demand(before.isEmpty(), "payload type " + type.value("id") + " twice", wrong);
                    });
        }
        demand(payloadTypes.containsValue("opus"), "no opus", wrong);
        demand(payloadTypes.containsValue("VP8"), "no VP8", wrong);
    }

    private static void transport(Element content, List<String> wrong) {
        String name = content.value("name");
        Optional<Element> found = content.child("transport", Ns.ICE);
        if (found.isEmpty()) {
            wrong.add("content '" + name + "' without transport");
            return;
        }
        Element transport = found.get();
        demand(!transport.value("ufrag").isEmpty(), "no ufrag in " + name, wrong);
        demand(!transport.value("pwd").isEmpty(), "no pwd in " + name, wrong);
        demand(transport.each("candidate").findAny().isPresent(), "no candidate in " + name, wrong);
        demand(transport.child("rtcp-mux").isPresent(), "no rtcp-mux in transport of " + name, wrong);
        Optional<Element> fingerprint = transport.child("fingerprint", Ns.DTLS);
        demand(
                fingerprint
                        .filter(each -> each.value("setup").equals("actpass"))
                        .isPresent(),
                "no fingerprint with setup actpass in " + name,
                wrong);
        boolean sctp = content.each("transport")
                .flatMap(each -> each.each("sctpmap"))
                .findAny()
                .isPresent();
        boolean webSocket = transport.child("web-socket", Ns.COLIBRI).isPresent();
        demand(sctp || webSocket, "neither web-socket nor sctpmap in " + name, wrong);
        if (!name.equals("data")) {
            boolean mux = content.child("description", Ns.RTP)
                    .filter(description ->
                            description.each("rtcp-mux").findAny().isPresent())
                    .isPresent();
            demand(mux, "no rtcp-mux in description of " + name, wrong);
        }
    }

    private static void session(Element jingle, List<String> wrong) {
        Optional<Element> session = jingle.child("bridge-session", Ns.FOCUS);
        demand(session.filter(each -> !each.value("id").isEmpty()).isPresent(), "no bridge-session id", wrong);
        String actions = jingle.each("content")
                .map(content -> content.value("creator"))
                .distinct()
                .collect(Collectors.joining(","));
        demand(actions.equals("initiator"), "contents created by '" + actions + "'", wrong);
    }

    private static void demand(boolean met, String otherwise, List<String> wrong) {
        if (!met) {
            wrong.add(otherwise);
        }
    }
}
