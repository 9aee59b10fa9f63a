package org.confocal.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.confocal.journal.redis.RedisSettings;

/**
 * The Redis that machines share; {@link RedisSettings} says what the parts mean.
 *
 * @param machine empty where that name is to be made up
 * @param timeout for one batch
 */
public record RedisPlace(URI uri, String name, Optional<String> machine, Duration lease, Duration timeout) {
    private static final Duration RETRY = Duration.ofMillis(500);

    /**
     * For the machine of this name.
     *
     * @throws IllegalArgumentException where a part is out of its range
     */
    public RedisSettings on(String ofThis) {
        return new RedisSettings(uri, name, ofThis, lease, timeout, RETRY);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisPlace[" + uri.getHost() + ", name=" + name + ", machine=" + machine + ", lease=" + lease
                + ", timeout=" + timeout + "]";
    }
}
