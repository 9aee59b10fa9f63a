package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a peer cannot do to the server. */
class LimitsTest {
    private static final String PATH = "/conference-request/v1";
    private static final String POST =
            "POST " + PATH + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nConnection: close\r\n";

    private final FocusViewFake focus = FocusViewFake.healthy();
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(focus);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    private static HttpConfig limits(int connections, Duration idle, Duration headers) {
        return HttpConfig.DEFAULTS.withLimits(new HttpConfig.Limits(
                connections,
                12,
                1_000,
                8 << 10,
                64 << 10,
                idle,
                headers,
                Duration.ofMillis(200),
                Duration.ofSeconds(20)));
    }

    private static HttpConfig impatient() {
        return limits(4, Duration.ofMillis(500), Duration.ofSeconds(10));
    }

    @Test
    void aBodyOfSixtyFourKibibytesIsReadAndOneByteMoreIsNot() throws Exception {
        String head = "{\"room\":\"a@muc\",\"pad\":\"";
        String fits = head + "x".repeat((64 << 10) - head.length() - 2) + "\"}";
        assertThat(http.post(PATH, fits, "Content-Type", "application/json").statusCode())
                .isEqualTo(200);
        assertThat(http.post(PATH, fits + " ", "Content-Type", "application/json")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void aBodyWithoutALengthIsCutOffToo() throws Exception {
        String chunk = "8000\r\n" + "x".repeat(0x8000) + "\r\n";
        String answer = http.raw(POST + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(3) + "0\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 413 ");
        assertThat(focus.requests).isEmpty();
    }

    @RepeatedTest(20)
    void theRefusalOfALargeBodyReachesAClientThatIsStillSending() throws Exception {
        for (int kibibytes : new int[] {65, 300, 1_000}) {
            HttpResponse<String> response =
                    http.post(PATH, "x".repeat(kibibytes << 10), "Content-Type", "application/json");
            assertThat(response.statusCode()).isEqualTo(413);
        }
        assertThat(http.post(PATH, "x".repeat(60_000), "Content-Type", "text/plain")
                        .statusCode())
                .isEqualTo(415);
        assertThat(focus.requests).isEmpty();
    }

    @Test
    void aDeclaredGigabyteIsRefusedBeforeItIsSent() throws Exception {
        assertThat(http.raw(POST + "Content-Length: 1000000000\r\n\r\n")).startsWith("HTTP/1.1 413 ");
    }

    @Test
    void aBodyThatDoesNotArriveIsGivenUp() throws Exception {
        try (HttpFixture quick = new HttpFixture(focus, impatient())) {
            assertThat(quick.raw(POST + "Content-Length: 100\r\n\r\n{")).startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void headersOfTenKibibytesAreRefused() throws Exception {
        String answer = http.raw("GET /stats HTTP/1.1\r\nHost: x\r\nX-Pad: " + "x".repeat(10_000) + "\r\n\r\n");
        assertThat(answer).startsWith("HTTP/1.1 431 ");
    }

    @Test
    void aSilentConnectionIsClosed() throws Exception {
        try (HttpFixture quick = new HttpFixture(focus, impatient())) {
            assertThat(quick.raw("GET /stats HTT")).doesNotContain("200");
        }
    }

    @Test
    void moreConnectionsThanAllowedWaitAndAreServedWhenOthersEnd() throws Exception {
        try (HttpFixture quick = new HttpFixture(focus, limits(4, Duration.ofSeconds(30), Duration.ofSeconds(10)))) {
            List<Socket> idle = new ArrayList<>();
            try (Socket late = new Socket()) {
                for (int i = 0; i < 4; i++) {
                    idle.add(new Socket(InetAddress.getLoopbackAddress(), quick.server.port()));
                }
                Awaitility.await().until(() -> quick.server.connections() == 4);
                late.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), quick.server.port()));
                late.getOutputStream()
                        .write("GET /about/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                                .getBytes(StandardCharsets.ISO_8859_1));
                late.setSoTimeout(300);
                assertThatThrownBy(() -> late.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
                assertThat(quick.server.connections()).isEqualTo(4);

                for (Socket socket : idle) {
                    socket.close();
                }
                late.setSoTimeout(30_000);
                assertThat(new String(late.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200 ");
            } finally {
                for (Socket socket : idle) {
                    socket.close();
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "GET /about/health HTTP/1.1\r\nHost: x\r\n\r\n"})
    void aHeaderThatTricklesInEndsTheConnection(String before) throws Exception {
        HttpConfig config = limits(256, Duration.ofSeconds(60), Duration.ofMillis(300));
        try (HttpFixture quick = new HttpFixture(focus, config);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), quick.server.port());
                ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor()) {
            OutputStream out = socket.getOutputStream();
            out.write((before + "GET /stats HTTP/1.1\r\nX-Drip: ").getBytes(StandardCharsets.ISO_8859_1));
            ScheduledFuture<?> dripping = drip.scheduleAtFixedRate(
                    () -> {
                        try {
                            out.write('x');
                        } catch (IOException closed) {
                            throw new UncheckedIOException(closed);
                        }
                    },
                    20,
                    20,
                    TimeUnit.MILLISECONDS);
            socket.setSoTimeout(20_000);
            String answer = readUntilClosed(socket);
            dripping.cancel(false);
            assertThat(answer).doesNotContain("conferences").matches(before.isEmpty() ? "" : "(?s)HTTP/1.1 200 .*OK");
        }
    }

    /** A connection that is reset has been closed too. */
    private static String readUntilClosed(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.append((char) b);
            }
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
        return answer.toString();
    }

    @Test
    void aConnectionThatIsKeptAliveIsNotTakenForOneThatTrickles() throws Exception {
        HttpConfig config = limits(256, Duration.ofSeconds(60), Duration.ofMillis(40));
        try (HttpFixture quick = new HttpFixture(focus, config);
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), quick.server.port())) {
            byte[] request = "GET /about/health HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
            for (int i = 0; i < 5; i++) {
                socket.getOutputStream().write(request);
                // Silence for some looks of the watch, waited for by reading what never comes.
                socket.setSoTimeout(100);
                assertThat(readUntilSilence(socket)).startsWith("HTTP/1.1 200 ").endsWith("OK");
            }
        }
    }

    private static String readUntilSilence(Socket socket) throws IOException {
        StringBuilder answer = new StringBuilder();
        try {
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.append((char) b);
            }
        } catch (SocketTimeoutException silence) {
            return answer.toString();
        }
        throw new IOException("the server closed the connection after: " + answer);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /debug/conference/%2e%2e%2f HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
                "GET /stats HTTP/9.9\r\nHost: x\r\n\r\n",
                "GET /stats HTTP/1.1\r\nHost: x\r\nBad Header: y\r\nConnection: close\r\n\r\n",
                "GET /stats HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
                "POST /conference-request/v1 HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
            })
    void aMalformedRequestIsRefusedWithoutAStackTrace(String request) throws Exception {
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.shutdownOutput();
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
        assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|505) .*");
        assertThat(answer).doesNotContain("org.eclipse").doesNotContain("\tat ").doesNotContain("Jetty");
        assertThat(http.get("/about/health").statusCode()).isEqualTo(200);
    }

    @Test
    void aPageThatFailsIsAnInternalErrorWithoutAStackTrace() throws Exception {
        try (HttpFixture other = new HttpFixture(focus)) {
            focus.failure = Optional.of(new IllegalStateException("broken"));
            var response = other.get("/about/health");
            assertThat(response.statusCode()).isEqualTo(500);
            assertThat(response.body()).isEqualTo("{\"reason\":\"The focus could not be looked at\"}");
        }
    }
}
