package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AddressRatesTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final AddressRates rates = new AddressRates(10, 20);

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private int taken(String from, Instant at, int tries) throws UnknownHostException {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += rates.take(address(from), at) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void anAddressHasItsBurstAndThenItsRate() throws Exception {
        assertThat(taken("192.0.2.1", NOW, 100)).isEqualTo(20);
        assertThat(taken("192.0.2.1", NOW.plusMillis(500), 100)).isEqualTo(5);
        assertThat(taken("192.0.2.1", NOW.plus(Duration.ofHours(1)), 100)).isEqualTo(20);
    }

    @Test
    void anotherAddressHasItsOwnAndAnIpv6NetworkIsOne() throws Exception {
        assertThat(taken("2001:db8::1", NOW, 100)).isEqualTo(20);
        assertThat(taken("2001:db8::2", NOW, 100)).isZero();
        assertThat(taken("2001:db8:0:1::2", NOW, 100)).isEqualTo(20);
        assertThat(taken("192.0.2.1", NOW, 100)).isEqualTo(20);
        assertThat(taken("192.0.2.2", NOW, 100)).isEqualTo(20);
    }

    @Test
    void aClockThatIsSetBackLocksNobodyOut() throws Exception {
        assertThat(taken("192.0.2.1", NOW, 100)).isEqualTo(20);
        assertThat(taken("192.0.2.1", NOW.minusSeconds(3_600), 100)).isEqualTo(20);
    }

    @Test
    void askingTakesNothing() throws Exception {
        assertThat(taken("192.0.2.1", NOW, 19)).isEqualTo(19);
        assertThat(rates.mayTake(address("192.0.2.1"), NOW)).isTrue();
        assertThat(rates.mayTake(address("192.0.2.1"), NOW)).isTrue();
        assertThat(taken("192.0.2.1", NOW, 5)).isEqualTo(1);
        assertThat(rates.mayTake(address("192.0.2.1"), NOW)).isFalse();
    }

    @Test
    void onlySoManyAddressesAreRemembered() throws Exception {
        for (int i = 0; i < AddressRates.MOST + 1_000; i++) {
            rates.take(InetAddress.getByAddress(new byte[] {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i}), NOW);
        }
        assertThat(rates.remembered()).isEqualTo(AddressRates.MOST);
    }
}
