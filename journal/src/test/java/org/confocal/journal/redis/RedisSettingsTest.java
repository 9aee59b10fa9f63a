package org.confocal.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "localhost:6379",
                "http://host:6379",
                "redis:host",
                "redis://",
                "redis://:%secret@host",
                "redis://:s ecret@host",
                "redis://:s/ecret@host",
                "redis://:s#ecret@host",
                "redis://:s@ecret@host:6379",
                "redis://host/ecret",
                "redis://host/1/2",
                "redis://host/-1",
                "redis://host?timeout=1s",
                "redis-sentinel://a,b/0#master"
            })
    void whatIsNoUriOfARedisIsSaidWithoutThePassword(String uri) {
        assertThatThrownBy(() -> RedisSettings.of(uri, "focus", "one"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching(".*(Redis URI|URI of a Redis).*")
                .hasMessageNotContaining("ecret")
                .hasNoCause();
    }

    @Test
    void namesThatWouldNotBeOnePartOfAKeyAreRefused() {
        for (String bad : new String[] {"", "a b", "a}b", "a/b", "a".repeat(101)}) {
            assertThatThrownBy(() -> RedisSettings.of("redis://host", bad, "one"))
                    .hasMessageContaining("name");
            assertThatThrownBy(() -> RedisSettings.of("redis://host", "focus", bad))
                    .hasMessageContaining("machine");
        }
    }

    @Test
    void waitsOutOfRangeAreRefused() {
        URI uri = URI.create("redis://host");
        Duration fine = Duration.ofSeconds(1);
        assertThatThrownBy(() -> new RedisSettings(uri, "focus", "one", Duration.ofMillis(199), fine, fine))
                .hasMessageContaining("lease is PT0.199S, must be PT0.2S to PT1M");
        assertThatThrownBy(() -> new RedisSettings(uri, "focus", "one", fine, Duration.ofSeconds(11), fine))
                .hasMessageContaining("limit");
        assertThatThrownBy(() -> new RedisSettings(uri, "focus", "one", fine, fine, Duration.ZERO))
                .hasMessageContaining("retry");
    }

    @Test
    void thePasswordIsNeverShown() {
        assertThat(RedisSettings.of("rediss://user:secret@host:1234/3", "focus", "one"))
                .asString()
                .contains("host:1234")
                .doesNotContain("secret");
    }

    @Test
    void aClaimIsReadAsItWasWritten() {
        Claim claim = new Claim("one/0b2f-1", 1_800_000_000L);
        assertThat(Claim.of(claim.written())).contains(claim);
        for (String bad : new String[] {"", "one 7", "one/2", "one/2 x", "one/2 7 8", "one/2 99999999999999999999"}) {
            assertThat(Claim.of(bad)).isEmpty();
        }
    }
}
