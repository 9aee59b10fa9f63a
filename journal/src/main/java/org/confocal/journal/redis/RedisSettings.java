package org.confocal.journal.redis;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where the Redis is that machines share, and how long they wait for it and for each other.
 *
 * @param uri {@code redis://[[USER:]PASSWORD@]HOST[:PORT][/DATABASE]}, with TLS {@code rediss://...}
 * @param name of the focus; all processes that stand in for each other have the same. 1 to 64 letters, digits, dots, hyphens
 *     and underscores
 * @param machine of this machine, and of no other with that name, the same after a restart: its process may take the lease at
 *     once from one that it has succeeded. 1 to 100 characters like the name's
 * @param lease how long after the holder was last heard of another machine takes over, 200 ms to 1 min
 * @param limit how long one batch may take before Redis counts as gone, 20 ms to 10 s. Every stanza waits so long then, once
 * @param retry how long after that it is tried again, doubled after each failure up to 16 times, 50 ms to 1 min
 */
public record RedisSettings(URI uri, String name, String machine, Duration lease, Duration limit, Duration retry) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern MACHINE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    /** @throws IllegalArgumentException says in a sentence what is wrong, never the password */
    public RedisSettings {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        if (!(scheme.equals("redis") || scheme.equals("rediss")) || uri.getHost() == null) {
            throw notAnUri();
        }
        if (!String.valueOf(uri.getPath()).matches("(null|/?|/[0-9]{1,5})")) {
            throw new IllegalArgumentException(
                    "The path of a Redis URI is the number of a database, as in redis://host/0");
        }
        if (uri.getQuery() != null || uri.getFragment() != null) {
            throw new IllegalArgumentException(
                    "A Redis URI has no part after ? or #; what can be set has a key of its own");
        }
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name in Redis is 1 to 64 letters, digits, '.', '-' and '_': " + name);
        }
        if (!MACHINE.matcher(machine).matches()) {
            throw new IllegalArgumentException("A machine is 1 to 100 letters, digits, '.', '-' and '_': " + machine);
        }
        within("lease", lease, Duration.ofMillis(200), Duration.ofMinutes(1));
        within("limit", limit, Duration.ofMillis(20), Duration.ofSeconds(10));
        within("retry", retry, Duration.ofMillis(50), Duration.ofMinutes(1));
    }

    /**
     * With the waits that usually do: a lease of 1.5 s, 500 ms for a batch, 500 ms until the first retry.
     *
     * @throws IllegalArgumentException says in a sentence what is wrong, never the password
     */
    public static RedisSettings of(String uri, String name, String machine) {
        try {
            return new RedisSettings(
                    new URI(uri),
                    name,
                    machine,
                    Duration.ofMillis(1_500),
                    Duration.ofMillis(500),
                    Duration.ofMillis(500));
        } catch (URISyntaxException e) {
            // Its message and its cause have the password in them.
            throw notAnUri();
        }
    }

    private static IllegalArgumentException notAnUri() {
        return new IllegalArgumentException(
                "Not the URI of a Redis; it looks like redis://:password@host:6379/0, with TLS rediss://, and what is special in a password is percent-encoded");
    }

    private static void within(String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(what + " is " + value + ", must be " + least + " to " + most);
        }
    }

    /** Without the password. */
    String place() {
        return uri.getHost() + ":" + (uri.getPort() < 0 ? 6379 : uri.getPort());
    }

    Duration leaseThird() {
        return lease.dividedBy(3);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "RedisSettings[" + place() + ", name=" + name + ", machine=" + machine + ", lease=" + lease + ", limit="
                + limit + ", retry=" + retry + "]";
    }
}
