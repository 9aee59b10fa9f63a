package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.confocal.tests.demo.ConfocalUnderTest;
import org.confocal.tests.demo.Deployment;
import org.confocal.tests.demo.Layout;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** Two whole shards, each a Prosody, a bridge and a focus with its agent port, behind a real HAProxy. */
class DemoShardsTest {
    private static final int ROOMS = 50;
    private static final int REQUESTS = 1_000;

    @TempDir
    Path folder;

    private final AtomicInteger fresh = new AtomicInteger();

    /** A deployment and the port that HAProxy asks how loaded it is. */
    private record Shard(Deployment deployment, int agent) implements AutoCloseable {
        static Shard start(long seed) throws IOException {
            int agent = Haproxy.freePort();
            Layout layout = new Layout(List.of("here"), """
                    jicofo.agent-check { host = "127.0.0.1", port = %d }
                    jicofo.conference.initial-timeout = 10 minutes
                    """.formatted(agent));
            return new Shard(Deployment.start(layout, FocusLogin.COMPONENT, new ConfocalUnderTest(), 0, seed), agent);
        }

        Haproxy.Shard place() {
            return new Haproxy.Shard(deployment.focus().httpPort(), agent);
        }

        /** The rooms that it has conferences for. */
        Set<String> rooms() throws IOException {
            Set<String> rooms = new HashSet<>();
            JsonMapper.shared()
                    .readTree(deployment.get("/debug/conferences").body())
                    .values()
                    .forEach(room -> rooms.add(room.asString()));
            return rooms;
        }

        void drain() throws IOException, InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(URI.create(deployment.url("/drain")))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString("{\"shard\":true}"))
                    .build();
            try (HttpClient client = HttpClient.newHttpClient()) {
                assertThat(client.send(request, HttpResponse.BodyHandlers.ofString())
                                .statusCode())
                        .isEqualTo(200);
            }
        }

        /** The focus stops; HAProxy finds its port closed. */
        void goDown() {
            deployment.focus().close();
        }

        @Override
        public void close() {
            deployment.close();
        }
    }

    private static void ask(Haproxy haproxy, String room) throws IOException {
        HttpResponse<String> response =
                haproxy.post("/conference-request/v1?room=" + room, "{\"room\":\"%s@muc.meet.test\"}".formatted(room));
        assertThat(response.statusCode()).as(room + ": " + response.body()).isEqualTo(200);
    }

    private static String room(int number) {
        return "room" + number % ROOMS;
    }

    @Test
    void aRoomStaysOnItsShardUntilThatIsDownAndNewOnesGoElsewhereWhileItDrains() throws Exception {
        try (Shard one = Shard.start(1);
                Shard two = Shard.start(2);
                Haproxy haproxy = Haproxy.start(folder, one.place(), two.place())) {
            Awaitility.await().atMost(Haproxy.PATIENCE).until(() -> haproxy.answers("/about/health"));
            for (int i = 0; i < REQUESTS; i++) {
                ask(haproxy, room(i));
            }
            Set<String> first = one.rooms();
            Set<String> second = two.rooms();
            assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
            assertThat(second).isNotEmpty();
            assertThat(first.size() + second.size()).isEqualTo(ROOMS);

            one.drain();
            long start = System.nanoTime();
            Awaitility.await()
                    .atMost(Haproxy.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> newRoomsAvoid(one, haproxy));
            double drained = (System.nanoTime() - start) / 1e9;
            for (int i = 0; i < ROOMS; i++) {
                ask(haproxy, room(i));
            }
            assertThat(two.rooms()).as("rooms that were there stay").doesNotContainAnyElementsOf(first);

            one.goDown();
            Awaitility.await().atMost(Haproxy.PATIENCE).ignoreExceptions().untilAsserted(() -> {
                for (int i = 0; i < ROOMS; i++) {
                    ask(haproxy, room(i));
                }
                assertThat(two.rooms()).containsAll(first);
            });
            System.out.printf(
                    "%d requests for %d rooms on two whole shards, %d and %d, each on one; new rooms avoided the draining one"
                            + " after %.2f s%n",
                    REQUESTS, ROOMS, first.size(), second.size(), drained);
        }
    }

    private boolean newRoomsAvoid(Shard shard, Haproxy haproxy) throws IOException {
        Set<String> before = shard.rooms();
        for (int i = 0; i < 10; i++) {
            ask(haproxy, "fresh" + fresh.incrementAndGet());
        }
        return shard.rooms().equals(before);
    }
}
