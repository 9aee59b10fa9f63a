package org.confocal.strategy.choice;

import java.util.ArrayList;
import java.util.List;
import org.confocal.strategy.BridgeKind;
import org.confocal.strategy.choice.ConferenceMap.Stop;
import org.confocal.strategy.network.EgressPrices;
import org.confocal.strategy.network.EgressPrices.Sender;

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
    private final List<Other> others;
    private final double down;
    private final double up;
    private final double allVideo;

    EgressBill(EgressAwareConfig config, ConferenceMap conference, boolean sends) {
        this.prices = config.network().prices();
        this.media = config.media();
        double audio = sends ? EXPECTED_AUDIO : 0;
        double video = sends ? EXPECTED_VIDEO : 0;
        allVideo = conference.videoSenders() + video;
        // Whoever is alone now will not stay alone.
        down = media.down(
                Math.max(EXPECTED_AUDIO, conference.audioSenders()),
                Math.max(EXPECTED_VIDEO, conference.videoSenders()));
        up = media.up(audio, video, allVideo);
        others = others(conference);
    }

    /**
     * A bridge of the conference.
     *
     * @param firstOfItsPlace whether no bridge before it is where traffic to it is free
     * @param sent by those who are on it, in Mbit/s
     */
    private record Other(Sender sender, boolean firstOfItsPlace, double sent) {}

    /** @param kind of the bridge, whether it is in the conference already or joins it for that person */
    double withOneMoreOn(BridgeKind kind) {
        Sender here = prices.sender(kind);
        double usdPerMbps = down * here.internet();
        boolean newPlace = true;
        for (Other other : others) {
            newPlace &= !prices.together(other.sender, here);
        }
        for (Other other : others) {
            if (!prices.together(other.sender, here)) {
                usdPerMbps += other.firstOfItsPlace ? up * prices.between(here, other.sender) : 0;
                usdPerMbps += newPlace ? other.sent * prices.between(other.sender, here) : 0;
            }
        }
        return usdPerMbps * MediaRates.GB_PER_HOUR;
    }

    private List<Other> others(ConferenceMap conference) {
        List<Other> found = new ArrayList<>(conference.stops().size());
        for (Stop stop : conference.stops()) {
            Sender sender = prices.sender(stop.kind());
            boolean first = true;
            for (Other before : found) {
                first &= !prices.together(before.sender, sender);
            }
            found.add(new Other(sender, first, sent(stop)));
        }
        return found;
    }

    private double sent(Stop stop) {
        return media.up(
                stop.use().audioSenders(),
                Math.max(EXPECTED_VIDEO, stop.use().videoSenders()),
                Math.max(EXPECTED_VIDEO, allVideo));
    }
}
