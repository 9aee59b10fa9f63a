package org.confocal.strategy;

import org.confocal.strategy.ConferenceShape.BridgeUse;

/**
 * How many packets a conference costs its bridges, in and out together (placement.md, sections 0.10, 3 and 4).
 *
 * <p>A participant receives one stage video, thumbnails up to last-n, and the voices of those who speak; it sends its own
 * sound and video. So its cost grows with the conference until last-n is full: with video from every second one 600 packets
 * per second in a call of four, 900 of ten, 2,950 of fifty-two and more. Between bridges nothing is left out: everything that a participant sends
 * goes from its bridge to each other bridge of a full mesh.
 *
 * @param stageRate packets per second of the large video that a participant receives; 0 or more
 * @param thumbnailRate of each further video that it receives; 0 or more
 * @param videoRate what a video sender sends, all layers together, in packets per second; 0 or more
 * @param audioRate what an audio sender sends, in packets per second; 0 or more
 * @param speakers how many people are heard at once; 0 or more
 * @param lastN how many videos a participant receives at most; 1 or more
 * @param relayedShare how much of what its participants send a bridge relays to each other bridge; 1 is all, 0 or more
 * @param videoShare how many of those who have not shown it yet are expected to send video, 0 to 1
 * @param audioShare the same of sound
 */
public record LoadModel(
        double stageRate,
        double thumbnailRate,
        double videoRate,
        double audioRate,
        double speakers,
        int lastN,
        double relayedShare,
        double videoShare,
        double audioShare) {

    /**
     * JVB's own figures of packets per second, last-n as Jitsi runs it, half of the people with video: reproduces the
     * table of placement.md, section (c).
     */
    public static final LoadModel DEFAULTS = new LoadModel(300, 100, 200, 50, 2, 25, 1, 0.5, 1);

    /** What is expected of people weighs as much as having seen so many. */
    private static final double PRIOR = 4;

    private static final double MAX_RATE = 1e6;

    public LoadModel {
        requireFrom("stageRate", stageRate, MAX_RATE);
        requireFrom("thumbnailRate", thumbnailRate, MAX_RATE);
        requireFrom("videoRate", videoRate, MAX_RATE);
        requireFrom("audioRate", audioRate, MAX_RATE);
        requireFrom("speakers", speakers, 100);
        requireFrom("relayedShare", relayedShare, 100);
        requireFrom("videoShare", videoShare, 1);
        requireFrom("audioShare", audioShare, 1);
        if (lastN < 1) {
            throw new IllegalArgumentException("lastN must be at least 1, not " + lastN);
        }
    }

    private static void requireFrom(String name, double value, double max) {
        if (!(value >= 0 && value <= max)) {
            throw new IllegalArgumentException(name + " must be from 0 to " + max + ", not " + value);
        }
    }

    /**
     * Packets per second on a bridge for one conference.
     *
     * @param local how many of its people are on this bridge, 0 to the crowd's size; more count as all
     * @param crowd all of its people
     * @param bridges how many bridges carry it, fully meshed; at least 1
     */
    public double packetRate(double local, Crowd crowd, int bridges) {
        return participants(local, crowd) + relays(local, crowd, bridges);
    }

    /** The part of {@link #packetRate} that goes to and comes from the bridge's own participants. */
    public double participants(double local, Crowd crowd) {
        return Math.min(local, crowd.size()) * (received(crowd) + sent(crowd));
    }

    /**
     * The part of {@link #packetRate} that goes to and comes from the other bridges; 0 for a bridge with nobody, since it
     * is not in the mesh.
     */
    public double relays(double local, Crowd crowd, int bridges) {
        if (bridges <= 1 || local <= 0) {
            return 0;
        }
        double here = Math.min(local, crowd.size());
        return relayedShare * sent(crowd) * (here * (bridges - 1) + (crowd.size() - here));
    }

    /**
     * What one more participant adds on a bridge in a conference of this size: with the crowd and the number of bridges of
     * a {@link GrowthForecast} its saturated cost, with those of now its marginal cost. The first one on a bridge brings
     * the relayed packets of all the others along. The costs of those who fill a bridge one after the other add up to its
     * {@link #packetRate}.
     *
     * @param local how many of its people are on the bridge already
     * @param crowd all of its people, the new one included
     */
    public double joiner(double local, Crowd crowd, int bridges) {
        double before = Math.min(local, Math.max(0, crowd.size() - 1));
        return packetRate(before + 1, crowd, bridges) - packetRate(before, crowd, bridges);
    }

    /** What one of {@code local} people costs on average, relays included; 0 where nobody is. */
    public double perParticipant(double local, Crowd crowd, int bridges) {
        double here = Math.min(local, crowd.size());
        return here <= 0 ? 0 : packetRate(here, crowd, bridges) / here;
    }

    /** Packets per second that a participant gets on average. */
    private double received(Crowd crowd) {
        if (crowd.size() <= 1) {
            return 0;
        }
        // The formula of placement.md says V - 1, which leaves the audience of a lecture without the lecturer. Who
        // sends
        // sees V - 1 videos, and who does not sees V.
        double visible = crowd.videoSenders() * (1 - 1 / crowd.size());
        double thumbnails = Math.max(0, Math.min(lastN, visible) - 1);
        return stageRate * Math.min(1, visible)
                + thumbnailRate * thumbnails
                + audioRate * Math.min(speakers, crowd.audioSenders());
    }

    /** Packets per second that a participant sends on average. */
    private double sent(Crowd crowd) {
        return crowd.size() == 0
                ? 0
                : (videoRate * crowd.videoSenders() + audioRate * crowd.audioSenders()) / crowd.size();
    }

    /**
     * A conference that grows to {@code size}: the share of senders as seen so far, and as expected of those few that were
     * not seen.
     *
     * @param size 0 or more; at most {@link Crowd#MAX_SIZE} of it count
     */
    public Crowd crowd(ConferenceShape conference, double size) {
        double seen = PRIOR;
        double video = PRIOR * videoShare;
        double audio = PRIOR * audioShare;
        for (BridgeUse use : conference.bridges()) {
            int people = use.size();
            seen += people;
            video += Math.min(people, use.videoSenders());
            audio += Math.min(people, use.audioSenders());
        }
        double counted = Math.min(size, Crowd.MAX_SIZE);
        return new Crowd(
                counted, Math.min(counted, counted * (video / seen)), Math.min(counted, counted * (audio / seen)));
    }

    /**
     * The same with corrected figures.
     *
     * @param participants what participants cost, as a multiple of what this model says; above 0
     * @param relays the same of relays; above 0
     */
    public LoadModel scaled(double participants, double relays) {
        return new LoadModel(
                Math.min(MAX_RATE, stageRate * participants),
                Math.min(MAX_RATE, thumbnailRate * participants),
                Math.min(MAX_RATE, videoRate * participants),
                Math.min(MAX_RATE, audioRate * participants),
                speakers,
                lastN,
                Math.min(100, relayedShare * relays / participants),
                videoShare,
                audioShare);
    }
}
