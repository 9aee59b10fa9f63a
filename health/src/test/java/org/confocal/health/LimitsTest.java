package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
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

    private static HttpConfig impatient() {
        return HttpConfig.DEFAULTS.withLimits(new HttpConfig.Limits(
                4, 12, 8 << 10, 64 << 10, Duration.ofMillis(500), Duration.ofMillis(200), Duration.ofSeconds(20)));
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
        try (HttpFixture quick = new HttpFixture(focus, impatient())) {
            List<Socket> idle = new ArrayList<>();
            try {
                for (int i = 0; i < 12; i++) {
                    idle.add(new Socket(InetAddress.getLoopbackAddress(), quick.server.port()));
                }
                assertThat(quick.raw("GET /about/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                        .startsWith("HTTP/1.1 200 ");
            } finally {
                for (Socket socket : idle) {
                    socket.close();
                }
            }
        }
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
