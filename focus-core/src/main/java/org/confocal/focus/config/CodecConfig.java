package org.confocal.focus.config;

/** The codecs and RTP header extensions that are offered (spec/03, section 2; spec/06, section 12). */
public record CodecConfig(
        Video av1, Video vp8, Video vp9, Video h264, Opus opus, TelephoneEvent telephoneEvent, Extensions extensions) {

    public static final CodecConfig DEFAULTS = new CodecConfig(
            new Video(true, 41, 42, true),
            new Video(true, 100, 96, true),
            new Video(true, 101, 97, true),
            new Video(true, 107, 99, true),
            new Opus(true, 111, 10, true, new Red(false, 112)),
            new TelephoneEvent(true, 126),
            new Extensions(
                    new Extension(true, 1),
                    new Extension(true, 11),
                    new Extension(false, 12),
                    new Extension(false, 2),
                    new Extension(true, 3),
                    new Extension(false, 4),
                    new Extension(true, 5),
                    new Extension(false, 7),
                    new Extension(false, 9),
                    new Extension(true, 10),
                    true));

    /**
     * A video codec.
     *
     * @param payloadType 0 or less switches the codec off
     * @param rtxPayloadType 0 or less switches its retransmission off
     */
    public record Video(boolean enabled, int payloadType, int rtxPayloadType, boolean remb) {}

    /**
     * Opus.
     *
     * @param minPtime in milliseconds
     */
    public record Opus(boolean enabled, int payloadType, int minPtime, boolean inbandFec, Red red) {}

    /** Redundant audio. */
    public record Red(boolean enabled, int payloadType) {}

    public record TelephoneEvent(boolean enabled, int payloadType) {}

    public record Extension(boolean enabled, int id) {}

    /** Header extensions by Jicofo's names. */
    public record Extensions(
            Extension audioLevel,
            Extension av1DependencyDescriptor,
            Extension videoLayersAllocation,
            Extension tof,
            Extension absSendTime,
            Extension rid,
            Extension tcc,
            Extension videoContentType,
            Extension framemarking,
            Extension mid,
            boolean extmapAllowMixed) {}
}
