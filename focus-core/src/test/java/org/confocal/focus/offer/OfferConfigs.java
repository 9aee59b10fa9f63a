package org.confocal.focus.offer;

import java.util.EnumSet;
import java.util.Set;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;

/** Configurations that differ from the defaults in what tests of offers vary. */
final class OfferConfigs {
    private OfferConfigs() {}

    enum Switch {
        REWRITING,
        MID_DEMUX,
        JSON,
        SCTP,
        STRIP_SIMULCAST
    }

    static final Set<Switch> ALL_ON = Set.copyOf(EnumSet.allOf(Switch.class));

    static ConferenceConfig without(Switch off) {
        Set<Switch> on = EnumSet.copyOf(ALL_ON);
        on.remove(off);
        return config(on, CodecConfig.DEFAULTS);
    }

    static ConferenceConfig config(Set<Switch> on, CodecConfig codecs) {
        ConferenceConfig d = ConferenceConfig.DEFAULTS;
        return new ConferenceConfig(
                d.owners(),
                d.initialTimeout(),
                d.singleParticipantTimeout(),
                d.minParticipants(),
                d.maxSsrcsPerUser(),
                d.maxSsrcGroupsPerUser(),
                d.maxAudioSenders(),
                d.maxVideoSenders(),
                on.contains(Switch.STRIP_SIMULCAST),
                on.contains(Switch.REWRITING),
                on.contains(Switch.MID_DEMUX),
                on.contains(Switch.JSON),
                d.randomSharedDocumentName(),
                d.sourceSignalingDelays(),
                d.iceRestart(),
                d.restartLimits(),
                d.trustedDomains(),
                on.contains(Switch.SCTP),
                d.visitors(),
                d.reinvites(),
                d.octo(),
                codecs);
    }
}
