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

    /** The configuration as HOCON, sorted, without secrets. */
    static String render(Config config) {
        Config shown = config;
        for (Map.Entry<String, ConfigValue> entry : config.entrySet()) {
            if (isSecret(entry.getKey())) {
                shown = shown.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef("(hidden)"));
            }
        }
        return shown.root()
                .render(ConfigRenderOptions.defaults()
                        .setOriginComments(false)
                        .setComments(false)
                        .setJson(false));
    }
}
