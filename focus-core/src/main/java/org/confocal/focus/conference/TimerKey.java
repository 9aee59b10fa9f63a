package org.confocal.focus.conference;

import org.confocal.strategy.EndpointId;

/** The timers of a conference. A key is started at most once at a time; starting it again replaces it. */
public sealed interface TimerKey {
    /** Nobody has come yet. */
    record Start() implements TimerKey {}

    /** One participant is alone. */
    record SingleParticipant() implements TimerKey {}

    /** Source changes for this participant are being collected (spec/03, section 8). */
    record SourceSignaling(EndpointId id) implements TimerKey {}

    /** The next paced invitation. */
    record Reinvite() implements TimerKey {}

    /** This participant was sent a transport-replace and has so long to accept it. */
    record Replace(EndpointId id) implements TimerKey {}

    /** Bridges that were out of sight when the stream came back have so long to be seen again. */
    record MissingBridges() implements TimerKey {}

    /** The room was lost while the stream is up, and is joined again after a pause. */
    record Rejoin() implements TimerKey {}

    /** The presets service did not send its first room metadata. */
    record Metadata() implements TimerKey {}
}
