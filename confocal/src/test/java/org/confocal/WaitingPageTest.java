package org.confocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.confocal.health.HealthServer;
import org.confocal.health.HttpConfig;
import org.junit.jupiter.api.Test;

class WaitingPageTest {
    private static final int NOBODY = 0;

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    private static WaitingPage page(int port, Duration patience) {
        return new WaitingPage(
                () -> HealthServer.standby(HttpConfig.DEFAULTS.withPort(port), InstantSource.system(), List.of()),
                patience);
    }

    /** The status of readiness, or {@link #NOBODY}. */
    private static int ready(int port) {
        try {
            HttpURLConnection page = (HttpURLConnection) URI.create("http://127.0.0.1:" + port + "/health/ready")
                    .toURL()
                    .openConnection();
            page.setReadTimeout(5_000);
            return page.getResponseCode();
        } catch (IOException e) {
            return NOBODY;
        }
    }

    @Test
    void itAnswersOnceTheAddressIsFreeAndFreesItInTheEnd() throws Exception {
        int port = freePort();
        WaitingPage page = page(port, Duration.ZERO);
        try (ServerSocket acting = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThat(acting.isBound()).isTrue();
            page.waits();
            assertThat(page.isWaiting()).isTrue();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == 503);

        page.close();

        assertThat(page.isWaiting()).isFalse();
        await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == NOBODY);
    }

    @Test
    void whoeverBeginsToActFindsTheAddressFree() throws Exception {
        int port = freePort();
        try (WaitingPage page = page(port, Duration.ofMillis(1))) {
            page.waits();
            await().atMost(Duration.ofSeconds(20)).until(() -> ready(port) == 503);
        }
        WaitingPage patient = page(port, Duration.ofDays(1));
        try (patient) {
            patient.waits();
            await().during(Duration.ofMillis(300))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> ready(port) == NOBODY);
        }
        // A second end, and nothing to end.
        patient.close();
        page(port, Duration.ZERO).close();
    }
}
