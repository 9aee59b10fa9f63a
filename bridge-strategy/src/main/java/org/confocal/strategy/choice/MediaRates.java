package org.confocal.strategy.choice;

/**
 * Expected bit rates of people in a conference (placement.md, section 3). They weigh egress; what a packet costs a bridge is
 * the load model's matter.
 *
 * @param audioMbps one unmuted microphone
 * @param stageMbps the high layers of the one video that is seen large
 * @param thumbnailMbps the low layer of any further video
 * @param lastN how many videos a participant receives at most
 */
public record MediaRates(double audioMbps, double stageMbps, double thumbnailMbps, int lastN) {
    /** VP8 simulcast at 720p, 25 videos at most. */
    public static final MediaRates DEFAULTS = new MediaRates(0.036, 1.5, 0.2, 25);

    /** GB per hour of one Mbit/s. */
    public static final double GB_PER_HOUR = 0.45;

    public MediaRates {
        if (!(audioMbps >= 0 && stageMbps >= 0 && thumbnailMbps >= 0) || lastN < 0) {
            throw new IllegalArgumentException("media rates must not be negative");
        }
    }

    /**
     * What one participant receives, in Mbit/s.
     *
     * @param audioSenders unmuted microphones of the others
     * @param videoSenders videos of the others
     */
    double down(double audioSenders, double videoSenders) {
        double videos = Math.min(videoSenders, lastN);
        return audioSenders * audioMbps
                + Math.min(1, videos) * (stageMbps + thumbnailMbps)
                + Math.max(0, videos - 1) * thumbnailMbps;
    }

    /**
     * What a bridge's own people send, which each of its relays carries, in Mbit/s.
     *
     * @param audioSenders of this bridge
     * @param videoSenders of this bridge
     * @param allVideoSenders of the conference
     */
    public double up(double audioSenders, double videoSenders, double allVideoSenders) {
        // Somebody has the stage; as likely as anybody else somebody of this bridge.
        double onStage = allVideoSenders <= 0 ? 0 : videoSenders / Math.max(1, allVideoSenders);
        return audioSenders * audioMbps + videoSenders * thumbnailMbps + onStage * stageMbps * STAGE_LAYERS;
    }

    /** The stage's middle layer is sent beside its highest one. */
    private static final double STAGE_LAYERS = 4.0 / 3;
}
