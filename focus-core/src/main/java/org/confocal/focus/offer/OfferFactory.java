package org.confocal.focus.offer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.BridgeRequest;
import org.confocal.focus.model.EndpointSources;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.OwnedSources;
import org.confocal.focus.model.SourceEncoding;
import org.confocal.focus.model.SourceOwner;
import org.confocal.focus.source.ConferenceSources;
import org.confocal.focus.source.SourceFilter;
import org.confocal.strategy.EndpointId;

/** Decides from a participant's features and the configuration what it is offered. Pure; any thread. */
public final class OfferFactory {
    private OfferFactory() {}

    /**
     * What a participant can send and receive: the same in its session-initiate (spec/03, sections 2.1 and 2.2) and where its
     * endpoint is created (spec/04, section 1).
     *
     * @return audio, then video, each only where the participant supports it
     */
    public static List<MediaDescription> media(CodecConfig codecs, Set<Feature> features) {
        List<MediaDescription> media = new ArrayList<>();
        if (features.contains(Feature.AUDIO)) {
            media.add(AudioMedia.describe(codecs, features));
        }
        if (features.contains(Feature.VIDEO)) {
            media.add(VideoMedia.describe(codecs, features));
        }
        return List.copyOf(media);
    }

    /** Everything that is configured, as for somebody with every feature: what a relay gets (spec/04, section 3). */
    public static List<MediaDescription> all(CodecConfig codecs) {
        return media(codecs, EnumSet.allOf(Feature.class));
    }

    /**
     * The capabilities of an endpoint that follow from its features. PRIVATE_ADDRESS_CONNECTIVITY does not: it is the
     * caller's to add for a jigasi or jibri.
     */
    public static Set<BridgeRequest.Capability> capabilities(Set<Feature> features, ConferenceConfig config) {
        Set<BridgeRequest.Capability> capabilities = EnumSet.of(BridgeRequest.Capability.SOURCE_NAMES);
        if (ssrcRewriting(features, config)) {
            capabilities.add(BridgeRequest.Capability.SSRC_REWRITING);
            if (config.useRtpMidDemux()
                    && features.contains(Feature.RTP_MID_DEMUX)
                    && config.codecs().extensions().mid().enabled()) {
                capabilities.add(BridgeRequest.Capability.RTP_MID_DEMUX);
            }
        }
        return Collections.unmodifiableSet(capabilities);
    }

    /** How sources are written for a participant. */
    public static SourceEncoding encoding(Set<Feature> features, ConferenceConfig config) {
        return config.useJsonEncodedSources() && features.contains(Feature.JSON_SOURCES)
                ? SourceEncoding.JSON
                : SourceEncoding.XML;
    }

    /**
     * Whether the bridge rewrites SSRCs for a participant. It then learns of sources over the bridge channel, and none of
     * other participants is ever signalled to it (spec/03, sections 8 and 13).
     */
    public static boolean ssrcRewriting(Set<Feature> features, ConferenceConfig config) {
        return config.useSsrcRewriting() && features.contains(Feature.SSRC_REWRITING);
    }

    /** Whether a participant is offered a data channel, and its endpoint an SCTP connection. */
    public static boolean dataChannel(Set<Feature> features, ConferenceConfig config) {
        return config.sctp() && features.contains(Feature.SCTP);
    }

    /** What a participant is shown of simulcast. */
    public static SourceFilter.Simulcast simulcast(ConferenceConfig config) {
        return config.stripSimulcast() ? SourceFilter.Simulcast.STRIPPED : SourceFilter.Simulcast.KEPT;
    }

    /**
     * The sources in the first offer to a participant (spec/03, section 2.5): the bridge's feedback sources, then, unless the
     * bridge rewrites SSRCs for it, those of everybody else; only media it supports.
     *
     * @param feedback as the bridge reported them for this session
     */
    public static OwnedSources sources(
            EndpointId receiver,
            Set<Feature> features,
            ConferenceConfig config,
            ConferenceSources conference,
            EndpointSources feedback) {
        List<OwnedSources.Entry> entries = new ArrayList<>();
        entries.add(new OwnedSources.Entry(new SourceOwner.Bridge(), feedback));
        if (!ssrcRewriting(features, config)) {
            entries.addAll(conference.except(receiver).entries());
        }
        return SourceFilter.forReceiver(new OwnedSources(entries), features, simulcast(config));
    }
}
