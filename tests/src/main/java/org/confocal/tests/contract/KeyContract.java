package org.confocal.tests.contract;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.List;
import java.util.Properties;
import org.confocal.config.LoadedSettings;
import org.confocal.config.SettingsException;
import org.confocal.config.SettingsLoader;

/** That each of Jicofo's configuration keys is known, and has its default. */
final class KeyContract {
    private static final String NO_DEFAULT = "-";
    /** A file that says nothing about what is looked at. */
    private static final String MINIMAL = """
            jicofo.xmpp.client { domain = "auth.example.org", password = "p", xmpp-domain = "example.org" }
            """;

    private KeyContract() {}

    /** @param lines of {@code keys.txt}: the key, and its default in HOCON */
    static void check(List<String> lines, Findings findings) throws SettingsException {
        Config effective = ConfigFactory.parseString(loaded(MINIMAL).effective());
        Config all = ConfigFactory.empty();
        for (String line : lines) {
            String[] words = line.split(" ", 2);
            String key = words[0];
            String value = words[1];
            findings.check();
            if (value.equals(NO_DEFAULT)) {
                all = all.withValue(key, ConfigValueFactory.fromAnyRef("x"));
                continue;
            }
            Config wanted = ConfigFactory.parseString(key + " = " + value);
            all = all.withFallback(wanted);
            if (!effective.hasPathOrNull(key)) {
                findings.missing("key " + key);
            } else if (!same(wanted, effective, key)) {
                findings.wrong("key " + key + ": " + shown(effective, key) + " in place of " + value);
            }
        }
        unknown(all, findings);
    }

    /** A key that is not known is named in a warning; that is looked for, one key at a time. */
    private static void unknown(Config all, Findings findings) {
        for (var entry : all.entrySet()) {
            String key = String.join(".", ConfigUtil.splitPath(entry.getKey()));
            Config one = ConfigFactory.parseString(MINIMAL).withFallback(all.withOnlyPath(entry.getKey()));
            try {
                loaded(one.root().render()).warnings().stream()
                        .filter(warning -> warning.startsWith("Unknown key " + key + " "))
                        .forEach(findings::missing);
            } catch (SettingsException refused) {
                // It is known well enough to be read: the value that stands here for something else is refused.
                if (!String.valueOf(refused.getMessage()).contains(key)) {
                    findings.missing("key " + key + ": " + refused.getMessage());
                }
            }
        }
    }

    private static String shown(Config config, String key) {
        return config.getIsNull(key) ? "nothing" : config.getValue(key).render();
    }

    private static LoadedSettings loaded(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties()).parse(hocon);
    }

    private static boolean same(Config wanted, Config effective, String key) {
        if (effective.getIsNull(key)) {
            return false;
        }
        // A section that Jicofo leaves empty may name its keys here.
        if (wanted.getValue(key) instanceof ConfigObject section && section.isEmpty()) {
            return effective.getValue(key) instanceof ConfigObject;
        }
        if (wanted.getValue(key).unwrapped().equals(effective.getValue(key).unwrapped())) {
            return true;
        }
        try {
            return wanted.getDuration(key).equals(effective.getDuration(key));
        } catch (ConfigException notADuration) {
            return String.valueOf(wanted.getAnyRef(key)).equals(String.valueOf(effective.getAnyRef(key)));
        }
    }
}
