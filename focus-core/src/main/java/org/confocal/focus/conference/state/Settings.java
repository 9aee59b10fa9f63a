package org.confocal.focus.conference.state;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the request that created a conference configured (spec/02, section 1).
 *
 * @param rtcstats passed on to bridges
 * @param startAudioMuted from more participants than this on, newcomers start without sound
 * @param startVideoMuted likewise for video
 */
public record Settings(boolean rtcstats, OptionalInt startAudioMuted, OptionalInt startVideoMuted) {
    public static final Settings DEFAULTS = new Settings(true, OptionalInt.empty(), OptionalInt.empty());

    /** The properties that are known and can be read; the rest is ignored. */
    public static Settings of(Map<String, String> properties) {
        boolean rtcstats = !Optional.ofNullable(properties.get("rtcstatsEnabled"))
                .orElse("true")
                .equalsIgnoreCase("false");
        return new Settings(rtcstats, number(properties, "startAudioMuted"), number(properties, "startVideoMuted"));
    }

    private static OptionalInt number(Map<String, String> properties, String key) {
        String text = Optional.ofNullable(properties.get(key)).orElse("").strip();
        if (!text.matches("-?[0-9]{1,9}")) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
