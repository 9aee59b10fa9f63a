package org.confocal.tests.bridge;

import java.util.OptionalInt;

/**
 * What a bridge carries, in packets/s and bit/s, derived from its books. Per receiver: 300 packets/s for the video on
 * stage, 100 for every further video that its last-n lets through, 50 for every audio. Per sender the same: the first
 * endpoint of a conference that sends video is on stage, and its first video is sent in the quality for it.
 *
 * @param in from clients
 * @param out to clients
 * @param relayIn from other bridges
 * @param relayOut to other bridges
 */
record BridgeTraffic(Rate in, Rate out, Rate relayIn, Rate relayOut) {
    static final int ON_STAGE = 300;
    static final int FURTHER = 100;
    static final int AUDIO = 50;

    /** Packets/s with the bit/s that they stand for: full packets of 1,000 bytes for video, 100 bytes for audio. */
    record Rate(int packets, long bits) {
        static final Rate ZERO = new Rate(0, 0);

        static Rate of(int videoPackets, int audioPackets) {
            return new Rate(videoPackets + audioPackets, videoPackets * 8_000L + audioPackets * 800L);
        }

        Rate plus(Rate other) {
            return new Rate(packets + other.packets, bits + other.bits);
        }

        Rate times(int factor) {
            return new Rate(packets * factor, bits * factor);
        }
    }

    static BridgeTraffic of(BridgeBooks books) {
        BridgeTraffic sum = new BridgeTraffic(Rate.ZERO, Rate.ZERO, Rate.ZERO, Rate.ZERO);
        for (ConferenceBook conference : books.conferences().values()) {
            sum = sum.plus(of(conference));
        }
        return sum;
    }

    /** Packets/s in both directions, relays included. */
    int packets() {
        return in.packets() + out.packets() + relayIn.packets() + relayOut.packets();
    }

    private BridgeTraffic plus(BridgeTraffic other) {
        return new BridgeTraffic(
                in.plus(other.in), out.plus(other.out), relayIn.plus(other.relayIn), relayOut.plus(other.relayOut));
    }

    private static BridgeTraffic of(ConferenceBook conference) {
        int localVideos = sending(conference, "video");
        int localAudios = sending(conference, "audio");
        int remoteVideos = behindRelays(conference, "video");
        int remoteAudios = behindRelays(conference, "audio");
        Rate out = Rate.ZERO;
        for (EndpointBook receiver : conference.endpoints().values()) {
            int others = localVideos + remoteVideos - receiver.sending("video");
            int videos = limited(others, receiver.lastN());
            int audios = localAudios + remoteAudios - receiver.sending("audio");
            out = out.plus(Rate.of(video(videos), audios * AUDIO));
        }
        Rate in = Rate.of(video(localVideos), localAudios * AUDIO);
        Rate relayIn = Rate.of(video(remoteVideos), remoteAudios * AUDIO);
        return new BridgeTraffic(in, out, relayIn, in.times(conference.relays().size()));
    }

    private static int limited(int videos, OptionalInt lastN) {
        return lastN.isPresent() && lastN.getAsInt() >= 0 ? Math.min(videos, lastN.getAsInt()) : videos;
    }

    private static int video(int videos) {
        return videos <= 0 ? 0 : ON_STAGE + (videos - 1) * FURTHER;
    }

    private static int sending(ConferenceBook conference, String type) {
        return conference.endpoints().values().stream()
                .mapToInt(endpoint -> endpoint.sending(type))
                .sum();
    }

    private static int behindRelays(ConferenceBook conference, String type) {
        return conference.relays().values().stream()
                .flatMap(relay -> relay.endpoints().values().stream())
                .mapToInt(endpoint -> endpoint.sending(type))
                .sum();
    }
}
