package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Properties;
import org.confocal.journal.redis.RedisSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a restart, and a standby, are prepared for with. */
class JournalKeysTest {
    private static final String PATH = "jicofo.journal.path = /var/lib/confocal/journal\n";
    private static final String REDIS = "jicofo.journal.redis.uri = \"redis://:s3cret@redis.example.org/2\"\n";

    private static LoadedSettings load(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties()).parse(SettingsLoaderTest.CLIENT + hocon);
    }

    private static RedisPlace redis(String hocon) throws SettingsException {
        return load(hocon).settings().journal().orElseThrow().redis().orElseThrow();
    }

    @Test
    void withoutAUriThisMachineIsTheOnlyOne() throws SettingsException {
        assertThat(load("").settings().journal()).isEmpty();
        assertThat(load(PATH).settings().journal().orElseThrow().redis()).isEmpty();
    }

    @Test
    void aSpareIsKeptUnlessSaidOtherwise() throws SettingsException {
        assertThat(load(PATH).settings().journal().orElseThrow().spare()).isTrue();
        assertThat(load(PATH + "jicofo.journal.spare = off\n")
                        .settings()
                        .journal()
                        .orElseThrow()
                        .spare())
                .isFalse();
    }

    @Test
    void theNameIsTheAddressOfTheFocusAndTheMachineIsMadeUp() throws SettingsException {
        RedisPlace place = redis(PATH + REDIS);
        RedisSettings settings = place.on("one");

        assertThat(place.machine()).isEmpty();
        assertThat(settings.machine()).isEqualTo("one");
        assertThat(settings.name()).matches("focus\\.auth\\.[a-z.]+");
        assertThat(settings.lease()).isEqualTo(Duration.ofMillis(1_500));
        assertThat(settings.limit()).isEqualTo(Duration.ofMillis(500));
        assertThat(settings.uri()).hasHost("redis.example.org").hasPath("/2");
    }

    @Test
    void allOfItCanBeSaid() throws SettingsException {
        RedisPlace place = redis(PATH + REDIS
                + "jicofo.journal.redis { name = a, machine = m-1, lease = 5 seconds, timeout = 1 second }");

        assertThat(place.machine()).contains("m-1");
        RedisSettings settings = place.on("m-1");
        assertThat(settings.name()).isEqualTo("a");
        assertThat(settings.lease()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.limit()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void thePasswordIsNotShown() throws SettingsException {
        assertThat(load(PATH + REDIS).effective())
                .contains("(hidden)@redis.example.org/2")
                .doesNotContain("s3cret");
    }

    @Test
    void redisWithoutADirectoryIsRefused() {
        assertThatThrownBy(() -> load(REDIS))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("jicofo.journal.path = (not set)")
                .hasMessageContaining("must be a directory of this machine where jicofo.journal.redis.uri is set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://:s3cret@", "http://:s3cret@host", "redis://:s3cret", "redis://host/x?password=s3cret"})
    void whatIsNoUriIsRefusedWithoutThePassword(String uri) {
        assertThatThrownBy(() -> load(PATH + "jicofo.journal.redis.uri = \"" + uri + "\""))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("jicofo.journal.redis.uri = (hidden)")
                .message()
                .doesNotContain("s3cret");
    }

    @ParameterizedTest
    @CsvSource({"name,a b", "machine,a/b", "lease,100 ms", "lease,2 minutes", "timeout,1 ms", "timeout,11 seconds"})
    void whatIsOutOfRangeIsRefused(String key, String value) {
        assertThatThrownBy(() -> load(PATH + REDIS + "jicofo.journal.redis." + key + " = \"" + value + "\""))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("jicofo.journal.redis." + key + " = \"" + value + "\"");
    }
}
