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
import org.confocal.focus.model.MediaDescription.RtcpFeedback;
import org.confocal.focus.model.MediaType;

/** The video part of an offer (spec/03, section 2.2), in Jicofo's order: codecs first, then their retransmissions. */
final class VideoMedia {
    private static final int CLOCK_RATE = 90_000;

    /** RFC 4585 and RFC 5104: what every video codec understands. */
    private static final List<RtcpFeedback> BASIC_FEEDBACK = List.of(
            new RtcpFeedback("ccm", Optional.of("fir")),
            new RtcpFeedback("nack", Optional.empty()),
            new RtcpFeedback("nack", Optional.of("pli")));

    private static final RtcpFeedback REMB = new RtcpFeedback("goog-remb", Optional.empty());

    // The whole fmtp line is the value of one parameter: clients build their SDP from exactly this.
    private static final Parameter H264_PROFILE =
            new Parameter(Optional.of("profile-level-id"), "42e01f;level-asymmetry-allowed=1;packetization-mode=1;");

    private VideoMedia() {}

    static MediaDescription describe(CodecConfig codecs, Set<Feature> features) {
        return new MediaDescription(
                MediaType.VIDEO,
                payloadTypes(codecs, features),
                extensions(codecs, features),
                codecs.extensions().extmapAllowMixed());
    }

    private static List<PayloadType> payloadTypes(CodecConfig codecs, Set<Feature> features) {
        boolean tcc = TransportCc.used(codecs, features);
        List<PayloadType> types = new ArrayList<>();
        for (Codec codec : List.of(
                new Codec("AV1", codecs.av1(), List.of()),
                new Codec("VP8", codecs.vp8(), List.of()),
                new Codec("H264", codecs.h264(), List.of(H264_PROFILE)),
                new Codec("VP9", codecs.vp9(), List.of()))) {
            if (offered(codec.config)) {
                List<RtcpFeedback> feedback = new ArrayList<>(BASIC_FEEDBACK);
                if (tcc) {
                    feedback.add(TransportCc.FEEDBACK);
                } else if (codec.config.remb() && features.contains(Feature.REMB)) {
                    feedback.add(REMB);
                }
                types.add(type(codec.config.payloadType(), codec.name, codec.parameters, feedback));
            }
        }
        if (features.contains(Feature.RTX)) {
            addRetransmission(types, codecs.av1(), BASIC_FEEDBACK);
            addRetransmission(types, codecs.vp8(), BASIC_FEEDBACK);
            addRetransmission(types, codecs.vp9(), BASIC_FEEDBACK);
            addRetransmission(types, codecs.h264(), List.of());
        }
        return types;
    }

    private static void addRetransmission(
            List<PayloadType> types, CodecConfig.Video codec, List<RtcpFeedback> feedback) {
        if (offered(codec) && codec.rtxPayloadType() > 0) {
            Parameter of = new Parameter(Optional.of("apt"), Integer.toString(codec.payloadType()));
            types.add(type(codec.rtxPayloadType(), "rtx", List.of(of), feedback));
        }
    }

    private static boolean offered(CodecConfig.Video codec) {
        return codec.enabled() && codec.payloadType() > 0;
    }

    private static PayloadType type(int id, String name, List<Parameter> parameters, List<RtcpFeedback> feedback) {
        return new PayloadType(id, name, CLOCK_RATE, OptionalInt.empty(), parameters, feedback);
    }

    private static List<HeaderExtension> extensions(CodecConfig codecs, Set<Feature> features) {
        CodecConfig.Extensions configured = codecs.extensions();
        ExtensionList list = new ExtensionList();
        list.add(
                configured.videoLayersAllocation(),
                "http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00");
        list.add(
                configured.av1DependencyDescriptor(),
                "https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension");
        list.add(configured.tof(), "urn:ietf:params:rtp-hdrext:toffset");
        list.add(configured.mid(), ExtensionList.MID);
        list.add(configured.absSendTime(), "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time");
        list.add(configured.framemarking(), "http://tools.ietf.org/html/draft-ietf-avtext-framemarking-07");
        list.add(configured.videoContentType(), "http://www.webrtc.org/experiments/rtp-hdrext/video-content-type");
        list.add(configured.rid(), "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id");
        if (TransportCc.used(codecs, features)) {
            list.add(configured.tcc(), TransportCc.URI);
        }
        return list.toList();
    }

    private record Codec(String name, CodecConfig.Video config, List<Parameter> parameters) {}
}
