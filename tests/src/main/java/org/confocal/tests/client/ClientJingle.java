package org.confocal.tests.client;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confocal.tests.xmpp.Element;
import org.confocal.tests.xmpp.Ns;

/** The Jingle that a browser with lib-jitsi-meet sends, in the recorded shape. Stateless. */
final class ClientJingle {
    private static final String HDREXT_TCC =
            "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private ClientJingle() {}

    /** A client's side of a transport; the fingerprint stays, the rest is new with every ICE restart. */
    record Credentials(String ufrag, String pwd, String fingerprint) {
        static Credentials create(RandomGenerator random) {
            String fingerprint = Stream.generate(() -> String.format(Locale.ROOT, "%02X", random.nextInt(256)))
                    .limit(32)
                    .collect(Collectors.joining(":"));
            return new Credentials(text(4, random), text(24, random), fingerprint);
        }

        Credentials restarted(RandomGenerator random) {
            return new Credentials(text(4, random), text(24, random), fingerprint);
        }

        private static String text(int length, RandomGenerator random) {
            StringBuilder made = new StringBuilder(length);
            for (int i = 0; i < length; i++) {
                made.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
            }
            return made.toString();
        }

        Element toElement(OptionalInt iceGeneration) {
            Element transport = Element.of("transport", Ns.ICE);
            if (iceGeneration.isPresent()) {
                transport = transport.with("ice-generation", Integer.toString(iceGeneration.getAsInt()));
            }
            return transport
                    .with("pwd", pwd)
                    .with("ufrag", ufrag)
                    .add(Element.of("fingerprint", Ns.DTLS)
                            .with("hash", "sha-256")
                            .with("setup", "active")
                            .text(fingerprint));
        }
    }

    static Element action(String action, String sid, String focus) {
        return Element.of("jingle", Ns.JINGLE)
                .with("action", action)
                .with("sid", sid)
                .with("initiator", focus);
    }

    /** The answer to an offer: what the browser can do of what was offered. */
    static Element accept(
            Element offer,
            String focus,
            String responder,
            List<LocalSource> sources,
            Credentials credentials,
            OptionalInt initialLastN) {
        Element accept = action("session-accept", offer.value("sid"), focus).with("responder", responder);
        Optional<Element> trace = offer.child("traceparent", Ns.TRACING);
        if (trace.isPresent()) {
            accept = accept.add(trace.get());
        }
        Element group = Element.of("group", Ns.GROUPING).with("semantics", "BUNDLE");
        for (String name : List.of("audio", "video", "data")) {
            group = group.add(Element.of("content").with("name", name));
        }
        return accept.add(
                group,
                content("audio", audio(offered(offer, "audio")), sources, credentials, Optional.empty()),
                content(
                        "video",
                        video(offered(offer, "video")),
                        sources,
                        credentials,
                        initialLastN.isPresent()
                                ? Optional.of(Element.of("initial-last-n", Ns.COLIBRI2)
                                        .with("value", Integer.toString(initialLastN.getAsInt())))
                                : Optional.empty()));
    }

    private static Set<String> offered(Element offer, String name) {
        return new HashSet<>(offer.each("content")
                .filter(content -> content.value("name").equals(name))
                .flatMap(content -> content.deep("payload-type", Ns.RTP))
                .map(type -> type.value("id"))
                .toList());
    }

    private static Element content(
            String name, Element codecs, List<LocalSource> sources, Credentials credentials, Optional<Element> lastN) {
        List<Element> extensions = codecs.each("rtp-hdrext").toList();
        List<Element> payloadTypes = codecs.each("payload-type").toList();
        Element description = Element.of("description", Ns.RTP)
                .with("media", name)
                .add(payloadTypes)
                .add(sourceElements(name, sources))
                .add(Element.of("rtcp-mux"))
                .add(extensions)
                .add(Element.of("extmap-allow-mixed", Ns.HDREXT));
        return Element.of("content")
                .with("creator", "responder")
                .with("name", name)
                .with("senders", "both")
                .add(description, credentials.toElement(OptionalInt.empty()))
                .then(content -> lastN.map(content::add).orElse(content));
    }

    private static List<Element> sourceElements(String content, List<LocalSource> sources) {
        return sources.stream()
                .filter(source -> source.media().content().equals(content))
                .flatMap(source -> source.toElements().stream())
                .toList();
    }

    private static Element audio(Set<String> offered) {
        return Element.of("codecs", Ns.RTP)
                .add(kept(
                        offered,
                        payloadType("111", "opus", "48000", "2")
                                .add(
                                        parameter("minptime", "10"),
                                        parameter("useinbandfec", "1"),
                                        feedback("transport-cc", "")),
                        payloadType("126", "telephone-event", "8000", "1")))
                .add(extension("1", "urn:ietf:params:rtp-hdrext:ssrc-audio-level"))
                .add(extension("5", HDREXT_TCC), extension("10", "urn:ietf:params:rtp-hdrext:sdes:mid"));
    }

    private static Element video(Set<String> offered) {
        return Element.of("codecs", Ns.RTP)
                .add(kept(
                        offered,
                        coded("100", "VP8"),
                        retransmission("96", "100"),
                        coded("101", "VP9", parameter("profile-id", "0")),
                        retransmission("97", "101"),
                        coded(
                                "107",
                                "H264",
                                parameter("level-asymmetry-allowed", "1"),
                                parameter("packetization-mode", "1"),
                                parameter("profile-level-id", "42e01f")),
                        retransmission("99", "107"),
                        coded(
                                "41",
                                "AV1",
                                parameter("level-idx", "5"),
                                parameter("profile", "0"),
                                parameter("tier", "0")),
                        retransmission("42", "41")))
                .add(extension("3", "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"))
                .add(extension("5", HDREXT_TCC), extension("10", "urn:ietf:params:rtp-hdrext:sdes:mid"))
                .add(extension(
                        "11",
                        "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"));
    }

    private static List<Element> kept(Set<String> offered, Element... types) {
        return Stream.of(types)
                .filter(type -> offered.contains(type.value("id")))
                .toList();
    }

    private static Element payloadType(String id, String name, String clockRate, String channels) {
        return Element.of("payload-type")
                .with("channels", channels)
                .with("id", id)
                .with("clockrate", clockRate)
                .with("name", name);
    }

    private static Element coded(String id, String name, Element... parameters) {
        return payloadType(id, name, "90000", "1")
                .add(parameters)
                .add(
                        feedback("transport-cc", ""),
                        feedback("ccm", "fir"),
                        feedback("nack", ""),
                        feedback("nack", "pli"));
    }

    private static Element retransmission(String id, String of) {
        return payloadType(id, "rtx", "90000", "1").add(parameter("apt", of));
    }

    private static Element parameter(String name, String value) {
        return Element.of("parameter").with("name", name).with("value", value);
    }

    private static Element feedback(String type, String subtype) {
        Element feedback = Element.of("rtcp-fb", Ns.RTCP_FB).with("type", type);
        return subtype.isEmpty() ? feedback : feedback.with("subtype", subtype);
    }

    private static Element extension(String id, String uri) {
        return Element.of("rtp-hdrext", Ns.HDREXT).with("id", id).with("uri", uri);
    }

    /** Adds or removes one source. */
    static Element sourceChange(String action, String sid, String focus, LocalSource source) {
        Element description = Element.of("description", Ns.RTP)
                .with("media", source.media().content())
                .add(source.toElements());
        return action(action, sid, focus)
                .add(Element.of("content")
                        .with("name", source.media().content())
                        .add(description));
    }

    /** The client's new side after an ICE restart in place. */
    static Element transportInfo(String sid, String focus, Credentials credentials, int iceGeneration) {
        List<Element> contents = new ArrayList<>();
        for (String name : List.of("audio", "video")) {
            contents.add(Element.of("content")
                    .with("name", name)
                    .with("creator", "responder")
                    .add(credentials.toElement(OptionalInt.of(iceGeneration))));
        }
        return action("transport-info", sid, focus).add(contents);
    }

    /** The client's new side after transport-replace. Its sources are those that it has. */
    static Element transportAccept(String sid, String focus, String responder, Credentials credentials) {
        List<Element> contents = new ArrayList<>();
        for (String name : List.of("audio", "video")) {
            contents.add(Element.of("content")
                    .with("creator", "initiator")
                    .with("name", name)
                    .add(credentials.toElement(OptionalInt.empty())));
        }
        return action("transport-accept", sid, focus)
                .with("responder", responder)
                .add(contents);
    }

    static Element iceRestart(String sid, String focus, String bridgeSession) {
        return action("session-info", sid, focus)
                .add(Element.of("bridge-session", Ns.FOCUS)
                        .with("ice-restart", "true")
                        .with("id", bridgeSession));
    }

    static Element restart(String sid, String focus, String bridgeSession) {
        Element reason = Element.of("reason")
                .add(Element.of("success"), Element.of("text").text("restart required"));
        return action("session-terminate", sid, focus)
                .add(
                        reason,
                        Element.of("bridge-session", Ns.FOCUS)
                                .with("restart", "true")
                                .with("id", bridgeSession));
    }
}
