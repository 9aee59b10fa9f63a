package org.confocal.focus.offer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaDescription.HeaderExtension;
import org.confocal.focus.model.MediaDescription.Parameter;
import org.confocal.focus.model.MediaDescription.PayloadType;
import org.confocal.focus.model.MediaType;

/** The audio part of an offer (spec/03, section 2.1). The order is that of Jicofo, and clients prefer what comes first. */
final class AudioMedia {
    private static final int OPUS_CLOCK_RATE = 48_000;
    private static final int TELEPHONE_EVENT_CLOCK_RATE = 8_000;
    private static final OptionalInt STEREO = OptionalInt.of(2);

    private AudioMedia() {}

    static MediaDescription describe(CodecConfig codecs, Set<Feature> features) {
        return new MediaDescription(
                MediaType.AUDIO,
                payloadTypes(codecs, features),
                extensions(codecs, features),
                codecs.extensions().extmapAllowMixed());
    }

    private static List<PayloadType> payloadTypes(CodecConfig codecs, Set<Feature> features) {
        List<PayloadType> types = new ArrayList<>();
        CodecConfig.Opus opus = codecs.opus();
        if (opus.enabled() && opus.payloadType() > 0) {
            if (red(opus) && features.contains(Feature.OPUS_RED)) {
                types.add(redType(opus));
            }
            types.add(opusType(codecs, features));
        }
        CodecConfig.TelephoneEvent event = codecs.telephoneEvent();
        if (event.enabled() && event.payloadType() > 0) {
            types.add(new PayloadType(
                    event.payloadType(),
                    "telephone-event",
                    TELEPHONE_EVENT_CLOCK_RATE,
                    OptionalInt.empty(),
                    List.of(),
                    List.of()));
        }
        return types;
    }

    private static PayloadType redType(CodecConfig.Opus opus) {
        // RFC 2198, section 5: opus is both the primary and the redundant encoding.
        Parameter encodings = new Parameter(Optional.empty(), opus.payloadType() + "/" + opus.payloadType());
        return new PayloadType(opus.red().payloadType(), "red", OPUS_CLOCK_RATE, STEREO, List.of(encodings), List.of());
    }

    private static PayloadType opusType(CodecConfig codecs, Set<Feature> features) {
        CodecConfig.Opus opus = codecs.opus();
        List<Parameter> parameters = new ArrayList<>();
        parameters.add(new Parameter(Optional.of("minptime"), Integer.toString(opus.minPtime())));
        // With RED configured the offer has no FEC for anybody, a client without RED included: kept as Jicofo's wire.
        if (opus.inbandFec() && !red(opus)) {
            parameters.add(new Parameter(Optional.of("useinbandfec"), "1"));
        }
        return new PayloadType(
                opus.payloadType(),
                "opus",
                OPUS_CLOCK_RATE,
                STEREO,
                parameters,
                TransportCc.used(codecs, features) ? List.of(TransportCc.FEEDBACK) : List.of());
    }

    private static boolean red(CodecConfig.Opus opus) {
        return opus.red().enabled() && opus.red().payloadType() > 0;
    }

    private static List<HeaderExtension> extensions(CodecConfig codecs, Set<Feature> features) {
        ExtensionList list = new ExtensionList();
        list.add(codecs.extensions().audioLevel(), "urn:ietf:params:rtp-hdrext:ssrc-audio-level");
        list.add(codecs.extensions().mid(), ExtensionList.MID);
        if (TransportCc.used(codecs, features)) {
            list.add(codecs.extensions().tcc(), TransportCc.URI);
        }
        return list.toList();
    }
}
