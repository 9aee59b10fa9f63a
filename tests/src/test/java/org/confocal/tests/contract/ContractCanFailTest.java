package org.confocal.tests.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.confocal.config.SettingsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What breaks the contract is found. */
class ContractCanFailTest {
    private final Findings findings = new Findings();
    private HttpServer server;
    private HttpFace http;
    private String body = "{}";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        server.createContext("/", exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        http = new HttpFace("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        http.close();
        server.stop(0);
    }

    @Test
    void aFieldThatIsNotThereOrOfAnotherType() throws IOException {
        body = "{\"a\":1.5,\"b\":{\"x\":{\"c\":true},\"y\":{\"c\":1}},\"list\":[]}";
        FieldContract.check(
                List.of("at /x", "a int", "b.*.c bool", "b.*.d string", "e? int", "list.[] string", "a float"),
                http,
                findings);
        ContractReport report = findings.report();
        assertThat(report.checked()).isEqualTo(6);
        assertThat(report.wrongType())
                .containsExactly("/x a: NUMBER in place of int", "/x b.*.c: NUMBER in place of bool");
        assertThat(report.missing()).containsExactly("/x b.*.d: no d", "/x list.[]: nothing there");
    }

    @Test
    void aStatusOrContentTypeThatIsNotAsItShould() throws IOException {
        PathContract.check(List.of("GET /a 404 -", "GET /b 200 text/plain", "GET /c 200 -"), http, findings);
        assertThat(findings.report().missing()).containsExactly("GET /a: 200 in place of 404");
        assertThat(findings.report().wrongType()).containsExactly("GET /b: application/json in place of text/plain");
    }

    @Test
    void aMetricOfAnotherNameTypeOrLabel() throws IOException {
        body = "# TYPE jitsi_jicofo_a counter\njitsi_jicofo_a_total 1\n# TYPE jitsi_jicofo_b gauge\njitsi_jicofo_b 1\n";
        HttpServer text = server;
        text.removeContext("/");
        text.createContext("/", exchange -> {
            boolean json = exchange.getRequestHeaders().getFirst("Accept").contains("json");
            byte[] bytes = (json ? "{\"a_total\":1}" : body).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        MetricContract.check(
                List.of("a counter", "a gauge", "b gauge", "b gauge jvb", "c gauge", "d? gauge"), http, findings);
        assertThat(findings.report().missing())
                .containsExactly("metric a in the flat JSON", "metric b in the flat JSON", "metric c");
        assertThat(findings.report().wrongType())
                .anyMatch(each -> each.startsWith("metric a: counter in place of gauge"))
                .anyMatch(each -> each.startsWith("metric b: no sample jitsi_jicofo_b{jvb="));
    }

    @Test
    void aKeyThatIsNotKnownOrHasAnotherDefault() throws SettingsException {
        KeyContract.check(
                List.of(
                        "jicofo.bridge.stress-threshold 0.7",
                        "jicofo.bridge.no-such-key 1",
                        "jicofo.bridge.no-such-either -",
                        "jicofo.rest.port 8888"),
                findings);
        assertThat(findings.report().wrongType())
                .containsExactly("key jicofo.bridge.stress-threshold: 0.8 in place of 0.7");
        assertThat(findings.report().missing())
                .hasSize(3)
                .anyMatch(each -> each.equals("key jicofo.bridge.no-such-key"))
                .anyMatch(each -> each.startsWith("Unknown key jicofo.bridge.no-such-either "));
    }
}
