package org.confocal.focus.conference;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.confocal.focus.conference.state.Member;
import org.confocal.focus.conference.state.RoomPhase;
import org.confocal.focus.conference.state.Shown;
import org.confocal.focus.conference.state.Shown.BridgeCount;
import org.confocal.focus.conference.state.Shown.LastSelection;
import org.confocal.focus.conference.state.Shown.Limit;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.model.FocusPresence;

/** Decides what the focus shows in the room, and sends it only when it differs from what is there (spec/02, section 6). */
final class FocusPresenceMachine {
    private final ConferenceConfig config;

    FocusPresenceMachine(ConferenceConfig config) {
        this.config = config;
    }

    /** The shared document's name is chosen once for a conference. */
    void nameDocument(Draft d) {
        if (d.shown.etherpad().isEmpty()) {
            d.shown = d.shown.withEtherpad(config.randomSharedDocumentName() ? d.newHex() : d.room.local());
        }
    }

    /** Follows the number of people with sound or video on (spec/03, section 11). */
    void updateLimits(Draft d) {
        Shown shown = d.shown;
        d.shown = shown.withLimits(
                shown.audioLimit().next(audioSenders(d), config.maxAudioSenders()),
                shown.videoLimit().next(videoSenders(d), config.maxVideoSenders()));
    }

    static int audioSenders(Draft d) {
        int count = 0;
        for (Member member : d.members.view()) {
            count += member.presence().audioUnmuted() ? 1 : 0;
        }
        return count;
    }

    static int videoSenders(Draft d) {
        int count = 0;
        for (Member member : d.members.view()) {
            count += member.presence().videoUnmuted() ? 1 : 0;
        }
        return count;
    }

    void publish(Draft d) {
        if (d.life.phase() != RoomPhase.JOINED) {
            return;
        }
        FocusPresence next = presence(d);
        if (!d.shown.published().equals(Optional.of(next))) {
            d.shown = d.shown.withPublished(Optional.of(next));
            d.emit(new Effect.PublishPresence(next));
        }
    }

    private FocusPresence presence(Draft d) {
        Map<String, String> properties = new TreeMap<>();
        properties.put("support-terminate-restart", "true");
        if (config.visitors()) {
            properties.put("visitors-enabled", "true");
        }
        if (d.shown.bridgeCount() == BridgeCount.SHOWN) {
            properties.put("bridge-count", Integer.toString(d.bridges.size()));
        }
        putLimit(properties, "audio-limit-reached", d.shown.audioLimit());
        putLimit(properties, "video-limit-reached", d.shown.videoLimit());
        return new FocusPresence(d.shown.etherpad(), properties, d.shown.lastSelection() == LastSelection.FAILED);
    }

    private static void putLimit(Map<String, String> properties, String key, Limit limit) {
        switch (limit) {
            case NEVER_REACHED -> {}
            case REACHED -> properties.put(key, "true");
            case NO_LONGER_REACHED -> properties.put(key, "false");
        }
    }
}
