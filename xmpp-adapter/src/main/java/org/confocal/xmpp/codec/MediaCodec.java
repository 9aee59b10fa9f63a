package org.confocal.xmpp.codec;

import java.util.List;
import java.util.Locale;
import org.confocal.focus.model.MediaDescription;
import org.confocal.focus.model.MediaDescription.HeaderExtension;
import org.confocal.focus.model.MediaDescription.Parameter;
import org.confocal.focus.model.MediaDescription.PayloadType;
import org.confocal.focus.model.MediaDescription.RtcpFeedback;
import org.confocal.focus.model.MediaType;
import org.jitsi.xmpp.extensions.colibri2.Media;
import org.jitsi.xmpp.extensions.jingle.ExtmapAllowMixedPacketExtension;
import org.jitsi.xmpp.extensions.jingle.JingleRtcpmuxPacketExtension;
import org.jitsi.xmpp.extensions.jingle.ParameterPacketExtension;
import org.jitsi.xmpp.extensions.jingle.PayloadTypePacketExtension;
import org.jitsi.xmpp.extensions.jingle.RTPHdrExtPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtcpFbPacketExtension;
import org.jitsi.xmpp.extensions.jingle.RtpDescriptionPacketExtension;

/** {@link MediaDescription} as the {@code <description>} of an offer (XEP-0167) and the {@code <media>} of colibri2. */
final class MediaCodec {
    /** In milliseconds; only audio has one (spec/03, section 2.1). */
    private static final String AUDIO_MAXPTIME = "60";

    private MediaCodec() {}

    /** {@code audio} or {@code video}. */
    static String name(MediaType media) {
        return media.name().toLowerCase(Locale.ROOT);
    }

    static org.jitsi.utils.MediaType library(MediaType media) {
        return switch (media) {
            case AUDIO -> org.jitsi.utils.MediaType.AUDIO;
            case VIDEO -> org.jitsi.utils.MediaType.VIDEO;
        };
    }

    static RtpDescriptionPacketExtension description(MediaDescription media) {
        RtpDescriptionPacketExtension element = new RtpDescriptionPacketExtension();
        element.setMedia(name(media.media()));
        if (media.media() == MediaType.AUDIO) {
            element.setAttribute("maxptime", AUDIO_MAXPTIME);
        }
        payloadTypes(media).forEach(element::addPayloadType);
        headerExtensions(media).forEach(element::addExtmap);
        if (media.extmapAllowMixed()) {
            element.setExtmapAllowMixed(new ExtmapAllowMixedPacketExtension());
        }
        element.addChildExtension(new JingleRtcpmuxPacketExtension());
        return element;
    }

    static Media media(MediaDescription media) {
        Media.Builder builder = Media.getBuilder().setType(library(media.media()));
        payloadTypes(media).forEach(builder::addPayloadType);
        headerExtensions(media).forEach(builder::addRtpHdrExt);
        if (media.extmapAllowMixed()) {
            builder.setExtmapAllowMixed(new ExtmapAllowMixedPacketExtension());
        }
        return builder.build();
    }

    private static List<PayloadTypePacketExtension> payloadTypes(MediaDescription media) {
        return media.payloadTypes().stream().map(MediaCodec::payloadType).toList();
    }

    private static PayloadTypePacketExtension payloadType(PayloadType payloadType) {
        PayloadTypePacketExtension element = new PayloadTypePacketExtension();
        element.setId(payloadType.id());
        element.setName(payloadType.name());
        element.setClockrate(payloadType.clockRate());
        if (payloadType.channels().isPresent()) {
            element.setChannels(payloadType.channels().getAsInt());
        }
        payloadType.parameters().forEach(each -> element.addParameter(parameter(each)));
        payloadType.feedback().forEach(each -> element.addRtcpFeedbackType(feedback(each)));
        return element;
    }

    private static ParameterPacketExtension parameter(Parameter parameter) {
        ParameterPacketExtension element = new ParameterPacketExtension();
        parameter.name().ifPresent(element::setName);
        element.setValue(parameter.value());
        return element;
    }

    private static RtcpFbPacketExtension feedback(RtcpFeedback feedback) {
        RtcpFbPacketExtension element = new RtcpFbPacketExtension();
        element.setFeedbackType(feedback.type());
        feedback.subtype().ifPresent(element::setFeedbackSubtype);
        return element;
    }

    private static List<RTPHdrExtPacketExtension> headerExtensions(MediaDescription media) {
        return media.headerExtensions().stream()
                .map(MediaCodec::headerExtension)
                .toList();
    }

    private static RTPHdrExtPacketExtension headerExtension(HeaderExtension extension) {
        RTPHdrExtPacketExtension element = new RTPHdrExtPacketExtension();
        element.setID(Integer.toString(extension.id()));
        element.setAttribute(RTPHdrExtPacketExtension.URI_ATTR_NAME, extension.uri());
        return element;
    }
}
