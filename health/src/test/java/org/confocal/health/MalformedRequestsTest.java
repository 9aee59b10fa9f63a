package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The worst that somebody can send: each gets an answer that says no, and leaves nothing. */
class MalformedRequestsTest {
    private static final String HOST = " HTTP/1.1\r\nHost: x\r\n";
    private static final String GOOD = "GET /about/health" + HOST + "Connection: close\r\n\r\n";
    private static final String POST =
            "POST /conference-request/v1" + HOST + "Content-Type: application/json\r\nConnection: close\r\n";

    /** Time limits that are short enough to wait for. */
    private static final HttpConfig CONFIG = HttpConfig.DEFAULTS.withLimits(new HttpConfig.Limits(
            256,
            12,
            1_000,
            8 << 10,
            64 << 10,
            Duration.ofSeconds(2),
            Duration.ofMillis(400),
            Duration.ofMillis(400),
            Duration.ofSeconds(20)));

    private final FocusViewFake focus = FocusViewFake.busy();

    private static String body(String json) {
        return POST + "Content-Length: " + json.getBytes(StandardCharsets.ISO_8859_1).length + "\r\n\r\n" + json;
    }

    /** By what is wrong with them. As octets: each character is one. */
    private static Map<String, String> requests() {
        Map<String, String> worst = new LinkedHashMap<>();
        worst.put("no request line", "\u0001\u0002\u0003\u0004\r\n\r\n");
        worst.put("a TLS handshake", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003");
        worst.put("a request line without end", "GET /" + "a".repeat(20_000));
        worst.put("a version of the future", "GET /stats HTTP/7.3\r\nHost: x\r\n\r\n");
        worst.put("no host", "GET /stats HTTP/1.1\r\n\r\n");
        worst.put("two hosts", "GET /stats HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        worst.put("huge headers", "GET /stats" + HOST + "X: " + "x".repeat(100_000) + "\r\n\r\n");
        worst.put("ten thousand headers", "GET /stats" + HOST + "A: b\r\n".repeat(10_000) + "\r\n");
        worst.put("a space in a header's name", "GET /stats" + HOST + "Bad Header: y\r\n\r\n");
        worst.put("a NUL in a header", "GET /stats" + HOST + "X: a\u0000b\r\n\r\n");
        worst.put(
                "smuggling: length and chunks",
                POST
                        + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /move-endpoints/x HTTP/1.1\r\n");
        worst.put("smuggling: two lengths", POST + "Content-Length: 5\r\nContent-Length: 6\r\n\r\n{}    ");
        worst.put("an encoding that is none", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n");
        worst.put("a negative length", POST + "Content-Length: -1\r\n\r\n");
        worst.put("a length of 2^80", POST + "Content-Length: 1208925819614629174706176\r\n\r\n");
        worst.put("chunks that are no numbers", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
        worst.put("a chunk of 2^64", POST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}");
        worst.put("no JSON", body("{\"room\": "));
        worst.put("deep JSON", body("[".repeat(60_000)));
        worst.put("JSON with a number of 60,000 digits", body("{\"room\":" + "9".repeat(60_000) + "}"));
        worst.put("no UTF-8", body("{\"room\":\"\u00ff\u00fe\u00c0\u0080@x\"}"));
        worst.put("a NUL in a room", body("{\"room\":\"a\\u0000b@x\"}"));
        worst.put("a NUL in a path", "GET /%00" + HOST + "Connection: close\r\n\r\n");
        worst.put("a path out of the root", "GET /../../etc/passwd" + HOST + "Connection: close\r\n\r\n");
        worst.put(
                "a path that hides it",
                "GET /debug/conference/%2e%2e%2f%2e%2e%2fx" + HOST + "Connection: close\r\n\r\n");
        worst.put("a path in overlong UTF-8", "GET /%c0%ae%c0%ae/x" + HOST + "Connection: close\r\n\r\n");
        worst.put("a method that is none", "ST\u00c4TS /stats" + HOST + "\r\n");
        worst.put("TRACE", "TRACE /stats" + HOST + "Cookie: secret\r\nConnection: close\r\n\r\n");
        worst.put("CONNECT", "CONNECT example.org:443 HTTP/1.1\r\nHost: example.org:443\r\nConnection: close\r\n\r\n");
        worst.put("a body that never comes", POST + "Content-Length: 100\r\n\r\n{");
        worst.put("a header that never ends", "GET /stats" + HOST + "X-Slow: ");
        return worst;
    }

    @Test
    void eachIsRefusedAndLeavesNothing() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, CONFIG)) {
            // The first requests of a JVM are slow whatever they say.
            assertThat(exchange(http, GOOD)).startsWith("HTTP/1.1 200 ");
            assertThat(exchange(http, body("{"))).startsWith("HTTP/1.1 400 ");
            long slowest = 0;
            String which = "";
            for (Map.Entry<String, String> request : requests().entrySet()) {
                long start = System.nanoTime();
                String answer = exchange(http, request.getValue());
                long took = System.nanoTime() - start;
                boolean waited = request.getKey().contains("never");
                if (took > slowest && !waited) {
                    slowest = took;
                    which = request.getKey();
                }
                assertThat(answer).as(request.getKey()).matches("(?s)(HTTP/1\\.1 (4\\d\\d|50[15]) .*)?");
                assertThat(answer)
                        .as(request.getKey())
                        .doesNotContain("org.eclipse")
                        .doesNotContain("\tat ")
                        .doesNotContain("secret");
            }
            assertThat(focus.requests).isEmpty();
            assertThat(focus.asked).isEmpty();
            Awaitility.await().until(() -> http.server.connections() == 0);
            assertThat(exchange(http, GOOD)).startsWith("HTTP/1.1 200 ");
            System.out.printf(
                    "%d malformed requests; the slowest refusal that waits for nothing: %.1f ms (%s)%n",
                    requests().size(), slowest / 1e6, which);
        }
    }

    /** What comes back until the server closes; a connection that is reset has been closed too. */
    private static String exchange(HttpFixture http, String request) throws IOException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), http.server.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            for (int b = socket.getInputStream().read();
                    b >= 0;
                    b = socket.getInputStream().read()) {
                answer.write(b);
            }
        } catch (SocketException closed) {
            assertThat(closed).hasMessageMatching("(?i).*(reset|broken pipe).*");
        }
        return answer.toString(StandardCharsets.UTF_8);
    }
}
