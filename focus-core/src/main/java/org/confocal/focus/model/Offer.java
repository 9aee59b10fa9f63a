package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.Region;

/**
 * What the participant is offered: a session (spec/03, section 2), or another transport in the session that it has (section
 * 9).
 *
 * @param media audio first, then video; only what the participant supports
 * @param transport the bridge's, copied into every content
 * @param sctpPort the bridge's SCTP port where a data channel is offered
 * @param sources of everybody else and of the bridge, already filtered for this receiver
 * @param startMuted present when at least one of the two is
 */
public record Offer(
        Kind kind,
        SessionId session,
        List<MediaDescription> media,
        IceTransport transport,
        OptionalInt sctpPort,
        BridgeSessionId bridgeSession,
        Optional<Region> bridgeRegion,
        OwnedSources sources,
        SourceEncoding encoding,
        Optional<StartMuted> startMuted) {
    public Offer {
        media = List.copyOf(media);
    }

    /** What becomes of the session. */
    public enum Kind {
        /** session-initiate: it begins. */
        INITIATE,
        /** transport-replace: it stays. */
        REPLACE
    }

    /** Whether the participant is asked to start muted. */
    public record StartMuted(boolean audio, boolean video) {}
}
