package org.confocal.focus.offer;

import java.util.Optional;
import java.util.Set;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.model.Feature;
import org.confocal.focus.model.MediaDescription.RtcpFeedback;

/** Transport-wide congestion control: a feedback message and a header extension, always both or none. */
final class TransportCc {
    static final String URI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final RtcpFeedback FEEDBACK = new RtcpFeedback("transport-cc", Optional.empty());

    private TransportCc() {}

    static boolean used(CodecConfig codecs, Set<Feature> features) {
        return codecs.extensions().tcc().enabled() && features.contains(Feature.TCC);
    }
}
