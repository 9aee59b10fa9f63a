package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An ICE-UDP transport (XEP-0176, spec/03 section 2.4), of a bridge or of a client.
 *
 * @param webSockets URLs of the bridge channel
 * @param iceGeneration counts in-place ICE restarts; only present after one (spec/03, section 6)
 */
public record IceTransport(
        Optional<String> ufrag,
        Optional<String> pwd,
        boolean rtcpMux,
        List<Fingerprint> fingerprints,
        List<Candidate> candidates,
        List<String> webSockets,
        OptionalInt iceGeneration) {
    public IceTransport {
        fingerprints = List.copyOf(fingerprints);
        candidates = List.copyOf(candidates);
        webSockets = List.copyOf(webSockets);
    }

    /** A DTLS certificate fingerprint (XEP-0320). */
    public record Fingerprint(String hash, Optional<String> setup, boolean required, boolean cryptex, String value) {}

    /** An ICE candidate. Text where the focus only hands it on. */
    public record Candidate(
            String id,
            String foundation,
            int component,
            int generation,
            int network,
            String protocol,
            long priority,
            String type,
            String ip,
            int port,
            Optional<String> relatedAddress,
            OptionalInt relatedPort,
            Optional<String> tcpType) {}
}
