package org.confocal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The image's health check against a server that answers 200 below {@code /good} and 500 elsewhere. */
class HealthcheckTest {
    private HttpServer server = unused();

    private static HttpServer unused() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new IllegalStateException(noPort);
        }
    }

    @BeforeEach
    void start() {
        server.createContext("/", exchange -> {
            byte[] body = exchange.getRequestURI().toString().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(
                    exchange.getRequestURI().getPath().startsWith("/good") ? 200 : 500, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void isHealthyWhereTheFocusSaysSo() throws Exception {
        assertThat(check("/good")).isEqualTo("0 /good");
        assertThat(check("/about/health")).isEqualTo("1 /about/health");
        assertThat(check()).isEqualTo("1 /health/live");
    }

    @Test
    void isUnhealthyWhereNothingListens() throws Exception {
        server.stop(0);

        assertThat(check("/good")).startsWith("1 ");
    }

    private String check(String... path) throws Exception {
        List<String> command =
                new ArrayList<>(List.of(Entry.SCRIPTS.resolve("healthcheck").toString()));
        command.addAll(List.of(path));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("CONFOCAL_HEALTH_PORT", String.valueOf(server.getAddress().getPort()));
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + out;
    }
}
