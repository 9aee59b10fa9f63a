package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/**
 * System properties of old installations (spec/01, section 10). They count where the file says nothing, and each is named
 * in a warning with the key that took its place.
 */
final class LegacyKeys {
    private static final String JICOFO = "org.jitsi.jicofo.";
    private static final String AUTHENTICATION = "jicofo.authentication.";
    private static final Map<String, String> SUCCESSORS = successors();

    private LegacyKeys() {}

    private static Map<String, String> successors() {
        Map<String, String> map = new TreeMap<>();
        map.put(JICOFO + "HOSTNAME", "jicofo.xmpp.client.hostname");
        map.put(JICOFO + "XMPP_DOMAIN", "jicofo.xmpp.client.xmpp-domain");
        map.put(JICOFO + "XMPP_PORT", "jicofo.xmpp.client.port");
        map.put(JICOFO + "FOCUS_USER_DOMAIN", "jicofo.xmpp.client.domain");
        map.put(JICOFO + "FOCUS_USER_NAME", "jicofo.xmpp.client.username");
        map.put(JICOFO + "FOCUS_USER_PASSWORD", "jicofo.xmpp.client.password");
        map.put(JICOFO + "ALWAYS_TRUST_MODE_ENABLED", "jicofo.xmpp.client.disable-certificate-verification");
        map.put(JICOFO + "BRIDGE_MUC", "jicofo.bridge.brewery-jid");
        map.put(JICOFO + "BRIDGE_MUC_XMPP_HOST", "jicofo.xmpp.service.hostname");
        map.put(JICOFO + "BRIDGE_MUC_XMPP_PORT", "jicofo.xmpp.service.port");
        map.put(JICOFO + "BRIDGE_MUC_XMPP_USER", "jicofo.xmpp.service.username");
        map.put(JICOFO + "BRIDGE_MUC_XMPP_USER_DOMAIN", "jicofo.xmpp.service.domain");
        map.put(JICOFO + "BRIDGE_MUC_XMPP_USER_PASS", "jicofo.xmpp.service.password");
        map.put(JICOFO + "BridgeSelector.LOCAL_REGION", "jicofo.local-region");
        map.put(JICOFO + "BridgeSelector.MAX_PARTICIPANTS_PER_BRIDGE", "jicofo.bridge.max-bridge-participants");
        map.put(JICOFO + "BridgeSelector.BRIDGE_SELECTION_STRATEGY", "jicofo.bridge.selection-strategy");
        map.put(JICOFO + "HEALTH_CHECK_INTERVAL", "jicofo.bridge.health-checks.interval");
        map.put(JICOFO + "HEALTH_CHECK_2NDTRY_DELAY", "jicofo.bridge.health-checks.retry-delay");
        map.put(JICOFO + "MAX_SSRC_PER_USER", "jicofo.conference.max-ssrcs-per-user");
        map.put(JICOFO + "SINGLE_PARTICIPANT_TIMEOUT", "jicofo.conference.single-participant-timeout");
        map.put(JICOFO + "NUM_JIBRI_RETRIES", "jicofo.jibri.num-retries");
        map.put(JICOFO + "jibri.BREWERY", "jicofo.jibri.brewery-jid");
        map.put(JICOFO + "jibri.SIP_BREWERY", "jicofo.jibri-sip.brewery-jid");
        map.put(JICOFO + "jibri.PENDING_TIMEOUT", "jicofo.jibri.pending-timeout");
        map.put(JICOFO + "jigasi.BREWERY", "jicofo.jigasi.brewery-jid");
        map.put(JICOFO + "auth.AUTH_LIFETIME", "jicofo.authentication.authentication-lifetime");
        map.put(JICOFO + "health.ENABLE_HEALTH_CHECKS", "jicofo.health.enabled");
        for (String codec : List.of("VP8", "VP9", "H264", "AV1")) {
            String video = "jicofo.codec.video." + codec.toLowerCase(Locale.ROOT);
            map.put(JICOFO + "ENABLE_" + codec, video + ".enabled");
            map.put(JICOFO + codec + "_PT", video + ".pt");
            map.put(JICOFO + codec + "_RTX_PT", video + ".rtx-pt");
        }
        map.put(JICOFO + "ENABLE_OPUS_RED", "jicofo.codec.audio.opus.red.enabled");
        map.put(JICOFO + "ENABLE_TOF", "jicofo.codec.rtp-extensions.tof.enabled");
        map.put(JICOFO + "ENABLE_AST", "jicofo.codec.rtp-extensions.abs-send-time.enabled");
        map.put(JICOFO + "ENABLE_RID", "jicofo.codec.rtp-extensions.rid.enabled");
        map.put(JICOFO + "ENABLE_VIDEO_CONTENT_TYPE", "jicofo.codec.rtp-extensions.video-content-type.enabled");
        map.put(JICOFO + "ENABLE_FRAMEMARKING", "jicofo.codec.rtp-extensions.framemarking.enabled");
        map.put("org.jitsi.focus.IDLE_TIMEOUT", "jicofo.conference.initial-timeout");
        map.put("org.jitsi.focus.BRIDGE_FAILURE_RESET_THRESHOLD", "jicofo.bridge.failure-reset-threshold");
        return map;
    }

    /** What the old names say, under the new ones, with a warning each. */
    static Config read(Properties properties, List<String> warnings) {
        Map<String, Object> values = new HashMap<>();
        SUCCESSORS.forEach((old, key) -> {
            String value = properties.getProperty(old);
            if (value != null) {
                values.put(key, value);
                warnings.add("The property %s has become %s; it still counts.".formatted(old, key));
            }
        });
        // The brewery had a connection of its own exactly where it had a host of its own.
        if (values.containsKey("jicofo.xmpp.service.hostname")) {
            values.put("jicofo.xmpp.service.enabled", "true");
        }
        // Jicofo's switch was the other way round, and its address carried the type in front.
        String autoOwnerOff = properties.getProperty(JICOFO + "DISABLE_AUTO_OWNER");
        if (autoOwnerOff != null) {
            values.put("jicofo.conference.enable-auto-owner", String.valueOf(!Boolean.parseBoolean(autoOwnerOff)));
            warnings.add(
                    "The property %sDISABLE_AUTO_OWNER has become jicofo.conference.enable-auto-owner; it still counts."
                            .formatted(JICOFO));
        }
        String autoLoginOff = properties.getProperty(JICOFO + "auth.DISABLE_AUTOLOGIN");
        if (autoLoginOff != null) {
            values.put(AUTHENTICATION + "enable-auto-login", String.valueOf(!Boolean.parseBoolean(autoLoginOff)));
            warnings.add("The property %sauth.DISABLE_AUTOLOGIN has become %senable-auto-login; it still counts."
                    .formatted(JICOFO, AUTHENTICATION));
        }
        String login = properties.getProperty(JICOFO + "auth.URL");
        if (login != null) {
            values.put(AUTHENTICATION + "enabled", "true");
            int colon = login.indexOf(':');
            String type = colon < 0 ? "" : login.substring(0, colon);
            // Jicofo takes an unknown type for none, and lets everybody open rooms; the reader refuses it.
            values.put(AUTHENTICATION + "type", type.equals("EXT_JWT") ? "JWT" : type);
            values.put(AUTHENTICATION + "login-url", login.substring(colon + 1));
            warnings.add(
                    "The property %sauth.URL has become jicofo.authentication; it still counts.".formatted(JICOFO));
        }
        return ConfigFactory.parseMap(values, "system properties");
    }
}
