package org.confocal.health;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often an address may do something: so many a second, two seconds' worth at once. An IPv6 address counts as its /64,
 * which one machine has for itself. At most {@value #MOST} addresses are remembered; then the one that was silent for
 * longest is forgotten. Called from any thread.
 */
final class AddressRates {
    static final int MOST = 10_000;

    private final double perSecond;
    private final double burst;
    // Guards the map; nothing is waited for under it.
    private final Object lock = new Object();
    private final Map<String, Left> addresses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Left> eldest) {
            return size() > MOST;
        }
    };

    /** So many are left, as of then. */
    private record Left(double turns, Instant at) {}

    /** @param perSecond above 0 */
    AddressRates(double perSecond, double burst) {
        this.perSecond = perSecond;
        this.burst = Math.max(1, burst);
    }

    /** Takes a turn; false where none is left. */
    boolean take(InetAddress address, Instant now) {
        String key = key(address);
        synchronized (lock) {
            double turns = left(key, now);
            if (turns < 1) {
                return false;
            }
            addresses.put(key, new Left(turns - 1, now));
            return true;
        }
    }

    /** Whether a turn is left, without taking it. */
    boolean mayTake(InetAddress address, Instant now) {
        synchronized (lock) {
            return left(key(address), now) >= 1;
        }
    }

    int remembered() {
        synchronized (lock) {
            return addresses.size();
        }
    }

    private double left(String key, Instant now) {
        Left seen = addresses.get(key);
        if (seen == null || now.isBefore(seen.at())) {
            return burst;
        }
        double earned = Duration.between(seen.at(), now).toNanos() / 1e9 * perSecond;
        return Math.min(burst, seen.turns() + earned);
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return HexFormat.of().formatHex(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
