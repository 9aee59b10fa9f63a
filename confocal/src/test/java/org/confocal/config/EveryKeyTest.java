package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No key can be forgotten: each either changes what is configured, or is refused, or warns, or stands in a list here. */
class EveryKeyTest {
    /**
     * Keys of features that are not there yet, whose switch warns instead, keys whose subject is gone, and one that counts
     * only where bridges are chosen by cost ({@link PlannedMoveKeysTest}).
     */
    private static final Set<String> WITHOUT_EFFECT_BEHIND = Set.of(
            "jicofo.bridge.egress.second-look.enabled",
            "jicofo.bridge.xmpp-connection-name",
            "jicofo.conference.enable-moderator-checks",
            "jicofo.conference.enable-multi-stream-backward-compat",
            "jicofo.conference.reinvite-method",
            "jicofo.health.",
            "jicofo.jibri",
            "jicofo.jigasi",
            "jicofo.metrics.",
            "jicofo.transcription.",
            "jicofo.translation.",
            "jicofo.visitors.",
            "jicofo.xmpp.client.conference-muc-jid",
            "jicofo.xmpp.client.enabled",
            "jicofo.xmpp.visitors",
            "tracing.");

    private static final String EVERYWHERE = SettingsLoaderTest.CLIENT + """
            jicofo.xmpp.service { enabled = true, domain = service.example.org }
            jicofo.agent-check.port = 8890
            """;
    private static final String ACCOUNTS =
            "jicofo.authentication { enabled = true, type = XMPP, login-url = example.org }\n";
    private static final String REDIS =
            "jicofo.journal { path = /var/lib/journal, redis.uri = \"redis://redis.example.org\" }\n";
    private static final String JOURNAL = "jicofo.journal.path = /var/lib/journal\n";
    private static final String COMPONENT = """
            jicofo.xmpp.component { enabled = true, domain = focus.example.org, secret = s }
            jicofo.bridge.brewery-jid = "jvbbrewery@internal.auth.example.org"
            """;

    static Stream<String> keys() {
        return new KnownKeys(defaults().root()).names().stream();
    }

    private static Config defaults() {
        return ConfigFactory.parseResources(EveryKeyTest.class.getClassLoader(), "org/confocal/config/defaults.conf");
    }

    @Test
    void theSameConfigurationIsReadAsTheSameSettings() throws SettingsException {
        assertThat(load(EVERYWHERE)).isEqualTo(load(EVERYWHERE));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyCounts(String key) throws SettingsException {
        boolean ofComponent = key.startsWith("jicofo.xmpp.component.");
        String base =
                ofComponent && !key.endsWith(".enabled") ? COMPONENT : EVERYWHERE + (ofComponent ? COMPONENT_OFF : "");
        if (key.startsWith("jicofo.authentication.")) {
            base += ACCOUNTS;
        }
        if (key.startsWith("jicofo.journal.redis.")) {
            base += REDIS;
        }
        if (key.equals("jicofo.journal.spare")) {
            base += JOURNAL;
        }
        LoadedSettings before = load(base);

        for (String other : otherValues(key)) {
            try {
                LoadedSettings after = load(base + key + " = " + other + "\n");
                if (!after.settings().equals(before.settings())
                        || !after.warnings().equals(before.warnings())) {
                    return;
                }
            } catch (SettingsException refused) {
                assertThat(refused).hasMessageContaining(key);
                return;
            }
        }
        if (WITHOUT_EFFECT_BEHIND.stream().noneMatch(key::startsWith)) {
            fail(key + " changes nothing");
        }
    }

    private static final String COMPONENT_OFF =
            "jicofo.xmpp.component { enabled = false, domain = focus.example.org, secret = s }\n";

    private static LoadedSettings load(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties()).parse(hocon);
    }

    private static List<String> otherValues(String key) {
        ConfigValue value = defaults().resolve().root();
        for (String part : ConfigUtil.splitPath(key)) {
            value = Objects.requireNonNull(((ConfigObject) value).get(part), key);
        }
        if (value.valueType() == ConfigValueType.NULL) {
            return List.of("other.example.org", "\"other@other.example.org\"", "7 seconds");
        }
        if (value.valueType() == ConfigValueType.OBJECT) {
            return List.of("{ 7: 1000 }");
        }
        if (value.valueType() == ConfigValueType.LIST) {
            return List.of("[ other.example.org ]", "[ { name = other, region = other } ]");
        }
        String text = String.valueOf(value.unwrapped());
        if (text.equals("true") || text.equals("false")) {
            return List.of("true", "false");
        }
        return List.of("7", "0.7", "7 seconds", "other", "packet-rate", "ReplaceTransport", "VisitorTopologyStrategy");
    }
}
