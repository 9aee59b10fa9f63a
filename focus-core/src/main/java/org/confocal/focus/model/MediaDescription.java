package org.confocal.focus.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What can be sent for one medium: payload types and header extensions, in the order of the offer (spec/03, section 2). */
public record MediaDescription(
        MediaType media,
        List<PayloadType> payloadTypes,
        List<HeaderExtension> headerExtensions,
        boolean extmapAllowMixed) {
    public MediaDescription {
        payloadTypes = List.copyOf(payloadTypes);
        headerExtensions = List.copyOf(headerExtensions);
    }

    /**
     * A payload type (XEP-0167).
     *
     * @param clockRate in Hz
     * @param channels empty for one
     */
    public record PayloadType(
            int id,
            String name,
            int clockRate,
            OptionalInt channels,
            List<Parameter> parameters,
            List<RtcpFeedback> feedback) {
        public PayloadType {
            parameters = List.copyOf(parameters);
            feedback = List.copyOf(feedback);
        }
    }

    /** A format parameter; nameless for RED (spec/03, section 2.1). */
    public record Parameter(Optional<String> name, String value) {}

    /** An RTCP feedback message (XEP-0293). */
    public record RtcpFeedback(String type, Optional<String> subtype) {}

    /** An RTP header extension (XEP-0294). */
    public record HeaderExtension(int id, String uri) {}
}
