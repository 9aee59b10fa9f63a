package org.confocal.strategy.choice;

import java.util.List;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.EgressPrices;

/**
 * What traffic one more person in a conference brings about, in $ per hour. Between places where it costs something media are
 * taken to cross once, however many bridges are there (cascade {@code RegionGateways}).
 */
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

    /** @param kind of the bridge, whether it is in the conference already or joins it for that person */
    double withOneMoreOn(BridgeKind kind) {
        double usdPerMbps = down * prices.internet(kind);
        boolean newPlace = true;
        for (Stop stop : conference.stops()) {
            newPlace &= !prices.together(stop.kind(), kind);
        }
        List<Stop> stops = conference.stops();
        for (int i = 0; i < stops.size(); i++) {
            BridgeKind other = stops.get(i).kind();
            if (!prices.together(other, kind)) {
                usdPerMbps += isFirstOfItsPlace(i) ? up * prices.between(kind, other) : 0;
                usdPerMbps += newPlace ? sent(stops.get(i)) * prices.between(other, kind) : 0;
            }
        }
        return usdPerMbps * MediaRates.GB_PER_HOUR;
    }

    private boolean isFirstOfItsPlace(int index) {
        List<Stop> stops = conference.stops();
        for (int i = 0; i < index; i++) {
            if (prices.together(stops.get(i).kind(), stops.get(index).kind())) {
                return false;
            }
        }
        return true;
    }

    private double sent(Stop stop) {
        return media.up(
                stop.use().audioSenders(),
                Math.max(EXPECTED_VIDEO, stop.use().videoSenders()),
                Math.max(EXPECTED_VIDEO, allVideo));
    }
}
