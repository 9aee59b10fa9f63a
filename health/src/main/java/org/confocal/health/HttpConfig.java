package org.confocal.health;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Where the HTTP server listens and what it serves (spec/06, section 5).
 *
 * @param host the local address, as in {@code 127.0.0.1}
 * @param port 0 to 65535; 0 takes any free one
 * @param groups what is served beside {@code /about}, {@code /health} and {@code /stats}, which are always there
 * @param access who may change something
 * @param targetStress that a bridge is to have by {@code /autoscale}; above 0, at most 1
 */
public record HttpConfig(String host, int port, Set<Group> groups, Limits limits, Access access, double targetStress) {

    public static final HttpConfig DEFAULTS =
            new HttpConfig("127.0.0.1", 8888, EnumSet.allOf(Group.class), Limits.DEFAULTS, Access.SHARED, 0.6);

    public HttpConfig {
        if (host.isBlank()) {
            throw new IllegalArgumentException("host must not be blank");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port is " + port + ", must be 0 to 65535");
        }
        if (!(targetStress > 0 && targetStress <= 1)) {
            throw new IllegalArgumentException("target stress is " + targetStress + ", must be above 0, at most 1");
        }
        groups = Set.copyOf(groups);
        String control = access.control().map(Access.Address::host).orElse(host);
        if (!Access.isLoopback(control) && !access.asksForCredential()) {
            throw new IllegalArgumentException("control calls beyond loopback need a token or client certificates");
        }
    }

    public HttpConfig withPort(int other) {
        return new HttpConfig(host, other, groups, limits, access, targetStress);
    }

    public HttpConfig withGroups(Set<Group> others) {
        return new HttpConfig(host, port, others, limits, access, targetStress);
    }

    public HttpConfig withLimits(Limits others) {
        return new HttpConfig(host, port, groups, others, access, targetStress);
    }

    public HttpConfig withAccess(Access other) {
        return new HttpConfig(host, port, groups, limits, other, targetStress);
    }

    /** What can be switched off, as in Jicofo; a group that is off answers 404. */
    public enum Group {
        /** {@code /metrics}. */
        METRICS,
        /** {@code /conference-request/v1}. */
        CONFERENCE_REQUEST,
        /** {@code /debug} and below. */
        DEBUG,
        /** {@code /move-endpoints} and below. */
        MOVE_ENDPOINTS,
        /** {@code /pin} and below. */
        PIN,
        /** {@code /explain} and below, and {@code /what-if}. */
        EXPLAIN,
        /** {@code /drain} and below. */
        DRAIN,
        /** {@code /} with what belongs to it, and {@code /events}. */
        DASHBOARD
    }

    /**
     * What one peer, or all of them, may use.
     *
     * @param connections open at once; more wait in the listen queue
     * @param threads of the server, all purposes together; at least 4
     * @param requestsPerSecond of one address, two seconds' worth at once; more is answered 429
     * @param headerBytes of a request line and its headers; more is answered 431
     * @param bodyBytes of a request; more is answered 413
     * @param idle silence after which a connection is closed
     * @param headers time for a whole header, half as much again at most; a connection that takes longer is closed
     * @param body time for a whole body; longer is answered 408
     * @param answer time for the focus to answer a conference request; longer is answered {@code ready=false}
     */
    public record Limits(
            int connections,
            int threads,
            double requestsPerSecond,
            int headerBytes,
            int bodyBytes,
            Duration idle,
            Duration headers,
            Duration body,
            Duration answer) {

        public static final Limits DEFAULTS = new Limits(
                256,
                12,
                1_000,
                8 << 10,
                64 << 10,
                Duration.ofSeconds(30),
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(20));

        public Limits withRequestsPerSecond(double other) {
            return new Limits(connections, threads, other, headerBytes, bodyBytes, idle, headers, body, answer);
        }

        public Limits {
            if (connections < 1 || threads < 4 || !(requestsPerSecond > 0) || headerBytes < 256 || bodyBytes < 1) {
                throw new IllegalArgumentException("limits are too small to answer a request");
            }
            if (!idle.isPositive() || !headers.isPositive() || !body.isPositive() || !answer.isPositive()) {
                throw new IllegalArgumentException("time limits must be positive");
            }
        }
    }
}
