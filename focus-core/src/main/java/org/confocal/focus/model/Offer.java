package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.strategy.Region;

/**
 * A session-initiate (spec/03, section 2): what the participant is offered.
 *
 * @param media audio first, then video; only what the participant supports
 * @param transport the bridge's, copied into every content
 * @param sctpPort the bridge's SCTP port where a data channel is offered
 * @param sources of everybody else and of the bridge, already filtered for this receiver
 * @param startMuted present when at least one of the two is
 */
public record Offer(
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

    /** Whether the participant is asked to start muted. */
    public record StartMuted(boolean audio, boolean video) {}
}
