package org.confocal.strategy;

import java.time.Duration;
import java.time.Instant;

/**
 * How large a conference is about to be, and how many bridges carry it then: these are opened before the first ones
 * overflow (placement.md, section (c): 92 people in 31 s of whom 58 landed on one bridge).
 *
 * <p><b>Size.</b> A burst is expected to last {@link #BURST} from its beginning, and {@link #AHEAD} longer whatever its
 * age; people go on joining at the present rate until then. When joins stop the rate fades, and the forecast with it.
 *
 * <p><b>Bridges.</b> The smallest number k for which size/k people, rounded up, what they are sent of the others and what they relay
 * to k - 1 bridges fit into what a bridge may carry. A mesh relays to each bridge what all people send, so that part
 * does not fall with k. Where it alone is nearly too much no number of bridges helps: then k is the first from
 * which one more takes less than a twentieth off each of them. That is never more than {@link #MAX_BRIDGES}.
 *
 * @param crowd everybody that is expected, the one included who joins now
 * @param bridges how many bridges carry them, 1 to {@value #MAX_BRIDGES}
 * @param perBridge how many of the conference one bridge is to carry at most, at least 1
 */
public record GrowthForecast(Crowd crowd, int bridges, int perBridge) {
    /** How long people who come together take to come. */
    public static final Duration BURST = Duration.ofSeconds(30);

    /** A burst is never expected to end sooner: nobody sees the end of it coming. */
    public static final Duration AHEAD = Duration.ofSeconds(5);

    public static final int MAX_BRIDGES = 20;

    /** A further bridge is worth it from this part of a bridge's load on. */
    private static final double WORTHWHILE = 0.05;

    /**
     * The forecast for a conference that somebody joins now.
     *
     * @param conference without that person
     * @param budget how many packets per second a bridge may carry of this conference; above 0. For an idle bridge: its
     *     stress threshold times {@link FleetView#maxPacketRate}
     */
    public static GrowthForecast of(ConferenceShape conference, Instant at, LoadModel model, double budget) {
        if (!(budget > 0)) {
            throw new IllegalArgumentException("budget must be above 0, not " + budget);
        }
        Crowd crowd = model.crowd(conference, size(conference, at));
        int bridges = bridges(crowd, model, budget);
        return new GrowthForecast(crowd, bridges, perBridge(crowd, bridges));
    }

    /** Everybody who has a bridge, who waits for one, who joins now, and who is expected to come. */
    private static double size(ConferenceShape conference, Instant at) {
        double known = 1.0 + conference.size() + conference.waiting();
        Duration left = BURST.minus(conference.joins().burstAge(at));
        double ahead = (left.compareTo(AHEAD) < 0 ? AHEAD : left).toMillis() / 1000.0;
        return known + conference.joins().perSecond(at) * ahead;
    }

    private static int perBridge(Crowd crowd, int bridges) {
        return (int) Math.ceil(crowd.size() / bridges);
    }

    private static int bridges(Crowd crowd, LoadModel model, double budget) {
        int bridges = 1;
        double share = model.packetRate(crowd.size(), crowd, 1);
        while (bridges < Math.min(MAX_BRIDGES, crowd.size())
                && model.packetRate(perBridge(crowd, bridges), crowd, bridges) > budget) {
            double next = model.packetRate(crowd.size() / (bridges + 1), crowd, bridges + 1);
            if (share - next < WORTHWHILE * share) {
                break;
            }
            bridges++;
            share = next;
        }
        return bridges;
    }
}
