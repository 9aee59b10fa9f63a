package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.confocal.focus.authentication.AuthenticationConfig;
import org.confocal.focus.authentication.AuthenticationConfig.AfterConference;
import org.confocal.focus.config.OwnerRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code jicofo.authentication}, and what it was called before (spec/02, section 4; spec/01, section 10). */
class AuthenticationSettingsTest {
    private static final AuthenticationConfig DEFAULTS =
            AuthenticationConfig.xmpp("meet.jitsi", Duration.ofHours(24), AfterConference.KEEP);

    /** As the template of docker-jitsi-meet writes it with ENABLE_AUTH. */
    private static final String DOCKER = """
            jicofo.authentication {
              enabled = true
              // The type of authentication. Supported values are XMPP or JWT.
              type = %s
              login-url = "meet.jitsi"
              enable-auto-login = %s
              authentication-lifetime = %s
            }
            """;

    @Test
    void whatDockerJitsiMeetWritesIsUnderstood() throws SettingsException {
        FocusSettings settings = settings(DOCKER.formatted("XMPP", "true", "24 hours"));
        assertThat(settings.authentication()).contains(DEFAULTS);
        assertThat(settings.conference().owners()).isEqualTo(new OwnerRule.Authenticated("meet.jitsi"));
        assertThat(settings(DOCKER.formatted("XMPP", "false", "1 hour")).authentication())
                .contains(AuthenticationConfig.xmpp("meet.jitsi", Duration.ofHours(1), AfterConference.FORGET));
        assertThat(settings(DOCKER.formatted("JWT", "true", "24 hours")).authentication())
                .as("the lifetime of a token's session is fixed")
                .contains(AuthenticationConfig.jwt("meet.jitsi"));
    }

    @Test
    void nobodyLogsInWhereItIsOff() throws SettingsException {
        assertThat(settings("").authentication()).isEmpty();
        assertThat(settings(DOCKER.formatted("XMPP", "true", "24 hours") + "jicofo.authentication.enabled = false")
                        .authentication())
                .isEmpty();
    }

    @Test
    void theTypeNoneLetsEverybodyInAndSaysSo() throws SettingsException {
        LoadedSettings loaded = load(DOCKER.formatted("NONE", "true", "24 hours"), new Properties());
        assertThat(loaded.settings().authentication()).isEmpty();
        assertThat(loaded.settings().conference().owners()).isEqualTo(OwnerRule.FIRST_COMER);
        assertThat(loaded.warnings()).singleElement().asString().contains("everybody may open rooms");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "login-url = null",
                "login-url = \"anna@meet.jitsi\"",
                "login-url = \"https://meet.jitsi/login\"",
                "type = SHIBBOLETH",
                "authentication-lifetime = 9 seconds",
                "enable-auto-login = perhaps",
            })
    void whatCannotBeMeantIsRefused(String line) {
        String key = line.substring(0, line.indexOf(' '));
        assertThatThrownBy(
                        () -> settings(DOCKER.formatted("XMPP", "true", "24 hours") + "jicofo.authentication." + line))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jicofo.authentication." + key);
    }

    @Test
    void oldPropertiesCount() throws SettingsException {
        assertThat(old("auth.URL", "XMPP:meet.jitsi").settings().authentication())
                .contains(DEFAULTS);
        assertThat(old("auth.URL", "EXT_JWT:meet.jitsi").settings().authentication())
                .contains(AuthenticationConfig.jwt("meet.jitsi"));
        assertThat(old("auth.URL", "XMPP:meet.jitsi", "auth.DISABLE_AUTOLOGIN", "true", "auth.AUTH_LIFETIME", "60000")
                        .settings()
                        .authentication())
                .contains(AuthenticationConfig.xmpp("meet.jitsi", Duration.ofMinutes(1), AfterConference.FORGET));
        assertThat(old("auth.URL", "XMPP:meet.jitsi").warnings())
                .singleElement()
                .asString()
                .contains("auth.URL", "jicofo.authentication");
    }

    @ParameterizedTest
    @ValueSource(strings = {"meet.jitsi", "SHIBBOLETH:default", "XMPP:", ""})
    void anOldAddressThatSaysNoTypeOrDomainIsRefused(String url) {
        assertThatThrownBy(() -> old("auth.URL", url))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jicofo.authentication.");
    }

    private static LoadedSettings old(String... namesAndValues) throws SettingsException {
        Properties properties = new Properties();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            properties.setProperty("org.jitsi.jicofo." + namesAndValues[i], namesAndValues[i + 1]);
        }
        return load("", properties);
    }

    private static FocusSettings settings(String hocon) throws SettingsException {
        return load(hocon, new Properties()).settings();
    }

    private static LoadedSettings load(String hocon, Properties properties) throws SettingsException {
        return new SettingsLoader(properties).parse(SettingsLoaderTest.CLIENT + hocon);
    }
}
