package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigUtil;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.config.CodecConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.config.ConferenceConfig.ReinviteMethod;
import org.confocal.focus.config.OwnerRule;

/** Reads what concerns conferences: {@code jicofo.conference}, {@code jicofo.codec} and what belongs to them. */
final class ConferenceSettings {
    private static final Duration ZERO = Duration.ZERO;
    private static final int MANY = 1_000_000;
    private static final Map<String, ReinviteMethod> REINVITE_METHODS = Map.of(
            "RestartJingle", ReinviteMethod.RESTART_JINGLE,
            "ReplaceTransport", ReinviteMethod.REPLACE_TRANSPORT);

    private final SettingsReader reader;

    ConferenceSettings(SettingsReader reader) {
        this.reader = reader;
    }

    ConferenceConfig read(Optional<AuthenticationConfig> authentication) {
        String conference = "jicofo.conference.";
        String limits = conference + "restart-request-rate-limits.";
        return new ConferenceConfig(
                owners(authentication),
                reader.duration(conference + "initial-timeout", Duration.ofSeconds(1)),
                reader.duration(conference + "single-participant-timeout", Duration.ofSeconds(1)),
                reader.integer(conference + "min-participants", 1, MANY),
                reader.integer(conference + "max-ssrcs-per-user", 1, 10_000),
                reader.integer(conference + "max-ssrc-groups-per-user", 1, 10_000),
                reader.integer(conference + "max-audio-senders", 0, MANY),
                reader.integer(conference + "max-video-senders", 0, MANY),
                reader.flag(conference + "strip-simulcast"),
                reader.flag(conference + "use-ssrc-rewriting"),
                reader.flag(conference + "use-rtp-mid-demux"),
                reader.flag(conference + "use-json-encoded-sources"),
                reader.flag(conference + "shared-document.use-random-name"),
                delays(conference + "source-signaling-delays"),
                reader.flag(conference + "enable-ice-restart"),
                new ConferenceConfig.RestartLimits(
                        reader.duration(limits + "min-interval", ZERO),
                        reader.integer(limits + "max-requests", 0, MANY),
                        reader.duration(limits + "interval", Duration.ofMillis(1))),
                Set.copyOf(reader.texts("jicofo.xmpp.trusted-domains")),
                reader.flag("jicofo.sctp.enabled"),
                // Visitors are not there yet (MissingFeatures says so when they are asked for).
                false,
                new ConferenceConfig.Reinvites(
                        reader.integer(conference + "reinvites.batch", 1, MANY),
                        reader.duration(conference + "reinvites.pause", ZERO),
                        reader.choice(conference + "reinvite-method", REINVITE_METHODS)),
                new ConferenceConfig.Octo(
                        reader.flag("jicofo.octo.enabled"), reader.flag("jicofo.octo.sctp-datachannels")),
                codecs());
    }

    /** Where people authenticate, the switch for the first comer has no say, as in Jicofo. */
    private OwnerRule owners(Optional<AuthenticationConfig> authentication) {
        OwnerRule others =
                reader.flag("jicofo.conference.enable-auto-owner") ? OwnerRule.FIRST_COMER : OwnerRule.NOBODY;
        return authentication
                .<OwnerRule>map(there -> new OwnerRule.Authenticated(there.domain()))
                .orElse(others);
    }

    /** {@code { 50: 1000, 100: 2000 }}: from so many participants on, so many milliseconds. */
    private NavigableMap<Integer, Duration> delays(String key) {
        return reader.read(key, "a map from a number of participants to milliseconds, as in { 50: 1000 }", from -> {
            NavigableMap<Integer, Duration> delays = new TreeMap<>();
            Config map = from.getConfig(key);
            for (String participants : map.root().keySet()) {
                Duration delay = map.getDuration(ConfigUtil.joinPath(participants));
                if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(1)) > 0) {
                    throw new IllegalArgumentException("a delay of more than a minute");
                }
                delays.put(Integer.valueOf(participants), delay);
            }
            return delays;
        });
    }

    private CodecConfig codecs() {
        String opus = "jicofo.codec.audio.opus.";
        String event = "jicofo.codec.audio.telephone-event.";
        return new CodecConfig(
                video("av1"),
                video("vp8"),
                video("vp9"),
                video("h264"),
                new CodecConfig.Opus(
                        reader.flag(opus + "enabled"),
                        payloadType(opus + "pt"),
                        reader.integer(opus + "minptime", 1, 120),
                        reader.flag(opus + "use-inband-fec"),
                        new CodecConfig.Red(reader.flag(opus + "red.enabled"), payloadType(opus + "red.pt"))),
                new CodecConfig.TelephoneEvent(reader.flag(event + "enabled"), payloadType(event + "pt")),
                new CodecConfig.Extensions(
                        extension("audio-level"),
                        extension("av1-dependency-descriptor"),
                        extension("video-layers-allocation"),
                        extension("tof"),
                        extension("abs-send-time"),
                        extension("rid"),
                        extension("tcc"),
                        extension("video-content-type"),
                        extension("framemarking"),
                        extension("mid"),
                        reader.flag("jicofo.codec.rtp-extensions.extmap-allow-mixed")));
    }

    private CodecConfig.Video video(String name) {
        String codec = "jicofo.codec.video." + name + ".";
        return new CodecConfig.Video(
                reader.flag(codec + "enabled"),
                payloadType(codec + "pt"),
                payloadType(codec + "rtx-pt"),
                reader.flag(codec + "enable-remb"));
    }

    /** 0 and less switch a codec off, as in Jicofo. */
    private int payloadType(String key) {
        return reader.integer(key, -1, 127);
    }

    private CodecConfig.Extension extension(String name) {
        String extension = "jicofo.codec.rtp-extensions." + name + ".";
        return new CodecConfig.Extension(reader.flag(extension + "enabled"), reader.integer(extension + "id", 1, 255));
    }
}
