package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.confocal.health.AgentCheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped HAProxy configuration with a real HAProxy, two web servers that say who they are, and two agent ports. */
class ShardsTest {
    private static final int ROOMS = 50;
    private static final int REQUESTS = 1_000;

    private static final Duration PATIENCE = Haproxy.PATIENCE;

    private static final String[] WAYS = {
        "/http-bind?room=%s", "/xmpp-websocket?room=%s", "/conference-request/v1?room=%s%%40conference.example.org"
    };

    @TempDir
    Path folder;

    private final AtomicInteger fresh = new AtomicInteger();
    private final Shard one = new Shard("one");
    private final Shard two = new Shard("two");
    private @Nullable Haproxy haproxy;

    ShardsTest() throws IOException {}

    /** A shard's web server, which answers with its name, and its agent port. */
    private static final class Shard {
        private final String name;
        private final AtomicReference<String> agent = new AtomicReference<>("up ready 80%");
        private final AgentCheck check;
        private HttpServer web;

        Shard(String name) throws IOException {
            this.name = name;
            this.web = web(0);
            this.check = new AgentCheck("127.0.0.1", 0, agent::get);
        }

        private HttpServer web(int at) throws IOException {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), at), 0);
            server.createContext("/", exchange -> {
                byte[] body = name.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return server;
        }

        int port() {
            return web.getAddress().getPort();
        }

        void die() {
            agent.set("down");
            web.stop(0);
        }

        void comeBack() throws IOException {
            web = web(port());
            agent.set("up ready 100%");
        }

        void close() {
            web.stop(0);
            check.close();
        }
    }

    @BeforeEach
    void start() throws IOException {
        haproxy = Haproxy.start(
                folder,
                new Haproxy.Shard(one.port(), one.check.port()),
                new Haproxy.Shard(two.port(), two.check.port()));
        Awaitility.await().atMost(PATIENCE).until(() -> haproxy().answers("/"));
    }

    @AfterEach
    void stop() {
        haproxy().close();
        one.close();
        two.close();
    }

    private Haproxy haproxy() {
        return Objects.requireNonNull(haproxy, "not started");
    }

    /** Which shard answers for a room, asked for in one of three ways. */
    private String shard(String room, int way) throws IOException {
        HttpResponse<String> response = haproxy().get(WAYS[way % WAYS.length].formatted(room));
        return response.statusCode() == 200 ? response.body() : "status " + response.statusCode();
    }

    /** Where ten rooms go that nobody has asked for before. */
    private Set<String> newRooms() throws IOException {
        Set<String> shards = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            shards.add(shard("fresh" + fresh.incrementAndGet(), i));
        }
        return shards;
    }

    @Test
    void aRoomStaysOnItsShardUntilThatIsDownAndNewOnesGoWhereTheyMay() throws Exception {
        Map<String, Set<String>> where = new HashMap<>();
        for (int i = 0; i < REQUESTS; i++) {
            String room = "room" + i % ROOMS;
            String written = i % 2 == 0 ? room : room.replace('r', 'R');
            where.computeIfAbsent(room, first -> new HashSet<>()).add(shard(written, i));
        }
        assertThat(where)
                .hasSize(ROOMS)
                .allSatisfy(
                        (room, shards) -> assertThat(shards).as(room).hasSize(1).isSubsetOf("one", "two"));
        assertThat(where.values()).as("both are used").contains(Set.of("one"), Set.of("two"));

        one.agent.set("up drain");
        long start = System.nanoTime();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> newRooms().equals(Set.of("two")));
        double drained = (System.nanoTime() - start) / 1e9;
        for (Map.Entry<String, Set<String>> room : where.entrySet()) {
            assertThat(Set.of(shard(room.getKey(), 0))).as(room.getKey()).isEqualTo(room.getValue());
        }

        one.die();
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            for (String room : where.keySet()) {
                assertThat(shard(room, 1)).as(room).isEqualTo("two");
            }
        });

        one.comeBack();
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> newRooms().contains("one"));
        for (String room : where.keySet()) {
            assertThat(shard(room, 2)).as("%s stays where it went", room).isEqualTo("two");
        }
        System.out.printf(
                "%d requests for %d rooms, each on one shard; new rooms avoided a draining shard after %.2f s%n",
                REQUESTS, ROOMS, drained);
    }

    @Test
    void theShippedFileIsValidWithoutAnyEnvironmentToo() throws Exception {
        Process check = new ProcessBuilder("haproxy", "-c", "-f", Haproxy.FILE)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("check.log").toFile())
                .start();
        assertThat(check.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(check.exitValue()).isZero();
    }
}
