package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Which values must not be shown. */
final class Secrets {
    private static final Set<String> WORDS = Set.of("password", "secret", "token", "http-headers");

    private Secrets() {}

    static boolean isSecret(String key) {
        String lower = key.toLowerCase(Locale.ROOT);
        // A file's name is not what is in it.
        return !lower.endsWith("-file") && WORDS.stream().anyMatch(lower::contains);
    }

    /** Whether a part of its value may be a password. */
    static boolean mayHoldPassword(String key) {
        return key.equals("jicofo.journal.redis.uri");
    }

    /** The same text; of a URI with a password what may be shown. */
    private static String withoutPassword(String key, String value) {
        return mayHoldPassword(key) && value.contains("@")
                ? "(hidden)" + value.substring(value.lastIndexOf('@'))
                : value;
    }

    /** The configuration as HOCON, sorted, without secrets. */
    static String render(Config config) {
        Config shown = config;
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            if (isSecret(entry.getKey())) {
                shown = shown.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef("(hidden)"));
            } else if (entry.getValue().unwrapped() instanceof String text) {
                String part = withoutPassword(entry.getKey(), text);
                if (!part.equals(text)) {
                    shown = shown.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef(part));
                }
            }
        }
        return shown.root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }
}
