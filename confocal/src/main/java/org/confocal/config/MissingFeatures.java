package org.confocal.config;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.List;

/** What a Jicofo can be told to do and Confocal cannot do yet: one sentence a feature that is asked for. */
final class MissingFeatures {
    private final Config config;
    private final SettingsReader reader;
    private final List<String> sentences = new ArrayList<>();

    private MissingFeatures(Config config, SettingsReader reader) {
        this.config = config;
        this.reader = reader;
    }

    static List<String> warnings(Config config, SettingsReader reader) {
        MissingFeatures missing = new MissingFeatures(config, reader);
        missing.whenOn("jicofo.visitors.enabled", "visitors", "everybody joins the main room");
        missing.whenOn("tracing.enabled", "tracing", "no spans are sent");
        missing.whenSet("jicofo.jibri.brewery-jid", "recording and streaming with Jibri");
        missing.whenSet("jicofo.jibri-sip.brewery-jid", "SIP calls through Jibri");
        missing.whenSet("jicofo.jigasi.brewery-jid", "telephony and transcription through Jigasi");
        missing.whenSet("jicofo.transcription.url-template", "transcription by the bridge");
        missing.whenSet("jicofo.translation.url-template", "translation by the bridge");
        if (!reader.flag("jicofo.xmpp.use-jitsi-jid-validation")) {
            missing.sentences.add(
                    "jicofo.xmpp.use-jitsi-jid-validation: strict validation is not there; JIDs are checked"
                            + " as leniently as Jitsi's other parts do.");
        }
        return missing.sentences;
    }

    private void whenOn(String key, String feature, String instead) {
        if (reader.flag(key)) {
            sentences.add("%s: %s: not there yet; %s.".formatted(key, feature, instead));
        }
    }

    private void whenSet(String key, String feature) {
        if (config.hasPath(key) && reader.text(key).isPresent()) {
            sentences.add("%s: %s: not there yet; the key has no effect.".formatted(key, feature));
        }
    }
}
