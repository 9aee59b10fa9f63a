package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CountingRelayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Test
    void whatIsSentIsPassedOnAndCountedEvenAfterTheOtherSideHasEnded() throws IOException {
        try (ServerSocket prosody = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                CountingRelay relay = CountingRelay.to(prosody.getLocalPort());
                Socket focus = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            Socket far = prosody.accept();
            send(focus, "hello");
            assertThat(new String(far.getInputStream().readNBytes(5), StandardCharsets.US_ASCII))
                    .isEqualTo("hello");
            send(far, "bye");
            assertThat(new String(focus.getInputStream().readNBytes(3), StandardCharsets.US_ASCII))
                    .isEqualTo("bye");
            assertThat(relay.sent()).isEqualTo(5);

            far.close();
            assertThat(focus.getInputStream().read()).isEqualTo(-1);
            send(focus, "still here");

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(relay.sent()).isEqualTo(15));
        }
    }
}
