package org.confocal.strategy.choice;

import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.EgressPrices;

/** What traffic one more person in a conference brings about, in $ per hour. Bridges are taken to be fully linked. */
final class EgressBill {
    /** Of newcomers, who have not said yet what they send, so many turn out to have a microphone and a camera on. */
    private static final double EXPECTED_AUDIO = 0.6;

    private static final double EXPECTED_VIDEO = 0.3;

    private final EgressPrices prices;
    private final MediaRates media;
    private final ConferenceMap conference;
    private final double down;
    private final double up;
    private final double allVideo;

    EgressBill(EgressAwareConfig config, ConferenceMap conference, boolean sends) {
        this.prices = config.network().prices();
        this.media = config.media();
        this.conference = conference;
        double audio = sends ? EXPECTED_AUDIO : 0;
        double video = sends ? EXPECTED_VIDEO : 0;
        allVideo = conference.videoSenders() + video;
        // Whoever is alone now will not stay alone.
        down = media.down(
                Math.max(EXPECTED_AUDIO, conference.audioSenders()),
                Math.max(EXPECTED_VIDEO, conference.videoSenders()));
        up = media.up(audio, video, allVideo);
    }

    /** @param isNew whether a bridge of this kind joins the conference for it */
    double withOneMoreOn(BridgeKind kind, boolean isNew) {
        double usdPerMbps = down * prices.internet(kind);
        boolean itself = !isNew;
        for (Stop stop : conference.stops()) {
            if (itself && stop.kind().equals(kind)) {
                itself = false;
                continue;
            }
            usdPerMbps += up * prices.between(kind, stop.kind());
            if (isNew) {
                double theirs = media.up(
                        stop.use().audioSenders(), Math.max(0.3, stop.use().videoSenders()), Math.max(0.3, allVideo));
                usdPerMbps += theirs * prices.between(stop.kind(), kind);
            }
        }
        return usdPerMbps * MediaRates.GB_PER_HOUR;
    }
}
