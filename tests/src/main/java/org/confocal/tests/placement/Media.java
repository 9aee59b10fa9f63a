package org.confocal.tests.placement;

import org.confocal.tests.placement.Meeting.View;

/**
 * What the people of a conference send and receive (placement.md, sections 3 and 4): bit rates in kbit/s, packets per second.
 * Layer suspension is on, last-n is 25, VP8 simulcast.
 *
 * <p>A viewer sees one camera on stage in 720p and the others in 180p, in tile view up to four in 360p, more in 180p; a
 * shared screen takes the stage. A camera sends the layers up to the highest one that somebody wants: of the speaker and
 * of the one that the speaker looks at, all three. Two microphones are heard at a time. Packets are counted as in
 * section 4: 300 a second for the one on stage, 100 for every other camera, 50 a microphone; up, 200 a camera.
 *
 * <p>This is the simulator's truth. It is written independently of the focus' load model, on purpose.
 */
record Media(Down toSender, Down toViewer, double cameraUpKbps, boolean moving, int audible, boolean screenShared) {
    /** The video that one participant receives. */
    record Down(double kbps, double packets) {}

    static final int LAST_N = 25;
    static final double AUDIO_KBPS = 40;
    static final double AUDIO_PACKETS = 50;
    static final double CAMERA_UP_PACKETS = 200;
    static final double SCREEN_KBPS = 2500;
    static final double SCREEN_PACKETS = 300;
    private static final double STAGE_PACKETS = 300;
    private static final double TILE_PACKETS = 100;
    private static final double LAYER_180 = 200;
    private static final double LAYER_360 = 500;
    private static final double LAYER_720 = 1500;
    private static final int LARGE_TILES = 4;
    private static final int HEARD = 2;

    /**
     * @param people everybody in the conference
     * @param cameras how many of them send video
     * @param microphones how many of them send audio
     */
    static Media of(int people, int cameras, int microphones, View view, boolean screenShared) {
        boolean moving = people > 1;
        return new Media(
                moving ? down(cameras - 1, view, screenShared) : new Down(0, 0),
                moving ? down(cameras, view, screenShared) : new Down(0, 0),
                moving ? cameraUp(cameras, view, screenShared) : 0,
                moving,
                microphones,
                screenShared && moving);
    }

    private static Down down(int cameras, View view, boolean screen) {
        if (screen) {
            int tiles = Math.min(cameras, LAST_N - 1);
            return new Down(SCREEN_KBPS + tiles * LAYER_180, SCREEN_PACKETS + tiles * TILE_PACKETS);
        }
        int visible = Math.min(cameras, LAST_N);
        if (visible <= 0) {
            return new Down(0, 0);
        }
        double packets = STAGE_PACKETS + (visible - 1) * TILE_PACKETS;
        if (view == View.SPEAKER || visible == 1) {
            return new Down(LAYER_720 + (visible - 1) * LAYER_180, packets);
        }
        return new Down(visible * (visible <= LARGE_TILES ? LAYER_360 : LAYER_180), packets);
    }

    private static double cameraUp(int cameras, View view, boolean screen) {
        double all = LAYER_180 + LAYER_360 + LAYER_720;
        if (cameras == 0) {
            return 0;
        }
        if (screen) {
            return LAYER_180;
        }
        if (cameras <= 2) {
            return all;
        }
        if (view == View.SPEAKER) {
            return (2 * all + (cameras - 2) * LAYER_180) / cameras;
        }
        return cameras <= LARGE_TILES ? LAYER_180 + LAYER_360 : LAYER_180;
    }

    /** To so many people of whom so many send; {@code sharers} is 1 where the one who shares the screen is among them. */
    double downKbps(int people, int cameras, int microphones, int sharers) {
        return cameras * toSender.kbps
                + (people - cameras) * toViewer.kbps
                - sharers * ownScreen(SCREEN_KBPS)
                + AUDIO_KBPS * heard(people, microphones);
    }

    /** The same in packets per second. */
    double downPackets(int people, int cameras, int microphones, int sharers) {
        return cameras * toSender.packets
                + (people - cameras) * toViewer.packets
                - sharers * ownScreen(SCREEN_PACKETS)
                + AUDIO_PACKETS * heard(people, microphones);
    }

    private double ownScreen(double screen) {
        return screenShared ? screen : 0;
    }

    private double heard(int people, int microphones) {
        if (!moving) {
            return 0;
        }
        return microphones * Math.clamp(audible - 1L, 0, HEARD)
                + (double) (people - microphones) * Math.min(audible, HEARD);
    }

    /** What so many of them send to their bridge, and their bridge to each of its relays. */
    double upKbps(int cameras, int microphones, int sharers) {
        return cameras * cameraUpKbps + (moving ? microphones * AUDIO_KBPS : 0) + sharers * ownScreen(SCREEN_KBPS);
    }

    /** The same in packets per second. */
    double upPackets(int cameras, int microphones, int sharers) {
        return moving
                ? cameras * CAMERA_UP_PACKETS + microphones * AUDIO_PACKETS + sharers * ownScreen(SCREEN_PACKETS)
                : 0;
    }
}
