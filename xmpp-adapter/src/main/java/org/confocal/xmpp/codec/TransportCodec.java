package org.confocal.xmpp.codec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.model.IceTransport;
import org.confocal.focus.model.IceTransport.Candidate;
import org.confocal.focus.model.IceTransport.Fingerprint;
import org.jitsi.xmpp.extensions.colibri.WebSocketPacketExtension;
import org.jitsi.xmpp.extensions.jingle.CandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.DtlsFingerprintPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceCandidatePacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceRtcpmuxPacketExtension;
import org.jitsi.xmpp.extensions.jingle.IceUdpTransportPacketExtension;

/**
 * {@link IceTransport} to and from {@code <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1'>} (XEP-0176, spec/03
 * section 2.4). Attributes that the record does not have, such as {@code active} of a web-socket, are dropped.
 */
final class TransportCodec {
    private static final String ICE_GENERATION = "ice-generation";
    private static final String REQUIRED = "required";
    private static final String CRYPTEX = "cryptex";
    private static final String SETUP = "setup";
    private static final String HASH = "hash";

    /** A transport with more candidates than this is not one that a client or bridge makes. */
    private static final int MAX_CANDIDATES = 500;

    private TransportCodec() {}

    /** How the flags of a fingerprint are written. */
    enum Flags {
        /** Always, as clients are used to. */
        WRITTEN,
        /** Only where they are true, as bridges are used to. */
        WHEN_TRUE
    }

    static IceTransport decode(IceUdpTransportPacketExtension element) throws MalformedStanzaException {
        List<Fingerprint> fingerprints = new ArrayList<>();
        for (DtlsFingerprintPacketExtension each :
                element.getChildExtensionsOfType(DtlsFingerprintPacketExtension.class)) {
            fingerprints.add(fingerprint(each));
        }
        List<CandidatePacketExtension> elements = element.getCandidateList();
        if (elements.size() > MAX_CANDIDATES) {
            throw new MalformedStanzaException("Too many candidates.");
        }
        List<Candidate> candidates = new ArrayList<>();
        for (CandidatePacketExtension each : elements) {
            candidates.add(candidate(each));
        }
        List<String> webSockets = element.getChildExtensionsOfType(WebSocketPacketExtension.class).stream()
                .flatMap(each -> Attributes.text(each, WebSocketPacketExtension.URL_ATTR_NAME).stream())
                .toList();
        return new IceTransport(
                Attributes.text(element, IceUdpTransportPacketExtension.UFRAG_ATTR_NAME),
                Attributes.text(element, IceUdpTransportPacketExtension.PWD_ATTR_NAME),
                element.isRtcpMux(),
                fingerprints,
                candidates,
                webSockets,
                Attributes.optionalInt(element, ICE_GENERATION));
    }

    static IceUdpTransportPacketExtension encode(IceTransport transport, Flags flags) {
        IceUdpTransportPacketExtension element = new IceUdpTransportPacketExtension();
        transport.ufrag().ifPresent(element::setUfrag);
        transport.pwd().ifPresent(element::setPassword);
        if (transport.iceGeneration().isPresent()) {
            element.setAttribute(ICE_GENERATION, transport.iceGeneration().getAsInt());
        }
        transport.webSockets().forEach(url -> element.addChildExtension(new WebSocketPacketExtension(url)));
        if (transport.rtcpMux()) {
            element.addChildExtension(new IceRtcpmuxPacketExtension());
        }
        transport.fingerprints().forEach(each -> element.addChildExtension(fingerprint(each, flags)));
        transport.candidates().forEach(each -> element.addChildExtension(candidate(each)));
        return element;
    }

    private static Fingerprint fingerprint(DtlsFingerprintPacketExtension element) throws MalformedStanzaException {
        String value = element.getText();
        if (value == null || value.isBlank()) {
            throw new MalformedStanzaException("A fingerprint is empty.");
        }
        return new Fingerprint(
                Attributes.required(element, HASH),
                Attributes.text(element, SETUP),
                Attributes.flag(element, REQUIRED),
                Attributes.flag(element, CRYPTEX),
                value.strip());
    }

    private static DtlsFingerprintPacketExtension fingerprint(Fingerprint fingerprint, Flags flags) {
        DtlsFingerprintPacketExtension element = new DtlsFingerprintPacketExtension();
        element.setHash(fingerprint.hash());
        fingerprint.setup().ifPresent(element::setSetup);
        if (flags == Flags.WRITTEN || fingerprint.required()) {
            element.setAttribute(REQUIRED, fingerprint.required());
        }
        if (flags == Flags.WRITTEN || fingerprint.cryptex()) {
            element.setAttribute(CRYPTEX, fingerprint.cryptex());
        }
        element.setFingerprint(fingerprint.value());
        return element;
    }

    private static Candidate candidate(CandidatePacketExtension element) throws MalformedStanzaException {
        OptionalInt relatedPort = Attributes.optionalInt(element, CandidatePacketExtension.REL_PORT_ATTR_NAME);
        Optional<String> relatedAddress = Attributes.text(element, CandidatePacketExtension.REL_ADDR_ATTR_NAME);
        return new Candidate(
                Attributes.text(element, CandidatePacketExtension.ID_ATTR_NAME).orElse(""),
                Attributes.required(element, CandidatePacketExtension.FOUNDATION_ATTR_NAME),
                Attributes.intOr(element, CandidatePacketExtension.COMPONENT_ATTR_NAME, 1),
                Attributes.intOr(element, CandidatePacketExtension.GENERATION_ATTR_NAME, 0),
                Attributes.intOr(element, CandidatePacketExtension.NETWORK_ATTR_NAME, 0),
                Attributes.required(element, CandidatePacketExtension.PROTOCOL_ATTR_NAME),
                Attributes.longOr(element, CandidatePacketExtension.PRIORITY_ATTR_NAME, 0),
                Attributes.required(element, CandidatePacketExtension.TYPE_ATTR_NAME),
                Attributes.required(element, CandidatePacketExtension.IP_ATTR_NAME),
                Attributes.requiredInt(element, CandidatePacketExtension.PORT_ATTR_NAME),
                relatedAddress,
                relatedPort,
                Attributes.text(element, CandidatePacketExtension.TCPTYPE_ATTR_NAME));
    }

    private static IceCandidatePacketExtension candidate(Candidate candidate) {
        IceCandidatePacketExtension element = new IceCandidatePacketExtension();
        element.setFoundation(candidate.foundation());
        element.setComponent(candidate.component());
        element.setProtocol(candidate.protocol());
        element.setPriority(candidate.priority());
        element.setIP(candidate.ip());
        element.setPort(candidate.port());
        // The library's enum refuses types that it does not know; this only hands them on.
        element.setAttribute(CandidatePacketExtension.TYPE_ATTR_NAME, candidate.type());
        element.setGeneration(candidate.generation());
        if (!candidate.id().isEmpty()) {
            element.setID(candidate.id());
        }
        element.setNetwork(candidate.network());
        candidate.relatedAddress().ifPresent(element::setRelAddr);
        if (candidate.relatedPort().isPresent()) {
            element.setRelPort(candidate.relatedPort().getAsInt());
        }
        candidate.tcpType().ifPresent(element::setTcpType);
        return element;
    }
}
