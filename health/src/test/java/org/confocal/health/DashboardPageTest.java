package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.confocal.focus.view.FocusSnapshot;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DashboardPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern REFERENCE = Pattern.compile("(?:src|href)=\"(dashboard/[^\"]+)\"|from '\\./([^']+)'");

    private final FocusViewFake focus = FocusViewFake.busy();
    private HttpFixture http;

    @BeforeEach
    void start() throws IOException {
        http = new HttpFixture(focus);
    }

    @AfterEach
    void stop() {
        http.close();
    }

    @Test
    void everyFileThatThePageOrAModuleNamesIsThere() throws Exception {
        HttpResponse<String> page = http.get("/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        List<String> seen = new ArrayList<>(references(page.body()));
        for (int i = 0; i < seen.size(); i++) {
            HttpResponse<String> file = http.get("/" + seen.get(i));
            assertThat(file.statusCode()).as(seen.get(i)).isEqualTo(200);
            references(file.body()).stream()
                    .filter(name -> !seen.contains(name))
                    .forEach(seen::add);
        }
        assertThat(seen).hasSizeGreaterThan(15).contains("dashboard/cytoscape.js", "dashboard/chart.js");
    }

    @Test
    void nothingIsLoadedFromElsewhereAndNothingRunsThatIsNotAFile() throws Exception {
        assertThat(http.get("/").headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(http.get("/").body()).doesNotContain("<style", "style=", "onclick", "http:", "https:");
    }

    @Test
    void aFileThatHasNotChangedIsNotSentAgain() throws Exception {
        String tag = http.get("/dashboard/main.js").headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = http.get("/dashboard/main.js", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dashboard/",
                "/dashboard/index.html",
                "/dashboard/../style.css",
                "/dashboard/%2e%2e/HealthServer.class",
                "/META-INF/MANIFEST.MF",
                "/index.html"
            })
    void whatIsNotOfThePageIsNotServed(String path) throws Exception {
        assertThat(http.get(path).statusCode()).isIn(400, 404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/events", "/dashboard/main.js", "/dashboard/conferences"})
    void thePageIsOnlyRead(String path) throws Exception {
        assertThat(http.post(path, "{}", "Content-Type", "application/json").statusCode())
                .isEqualTo(405);
    }

    @Test
    void theGroupCanBeSwitchedOff() throws Exception {
        try (HttpFixture bare = new HttpFixture(focus, HttpConfig.DEFAULTS.withGroups(Set.of()))) {
            for (String path : List.of("/", "/events", "/dashboard/main.js", "/dashboard/conferences")) {
                assertThat(bare.get(path).statusCode()).as(path).isEqualTo(404);
            }
        }
    }

    @Test
    void conferencesComePieceByPieceTheLargestFirst() throws Exception {
        focus.conferences = IntStream.range(0, 120)
                .mapToObj(n -> FocusViewFake.conference("room%03d".formatted(n), n % 10, n % 10, 0))
                .toList();
        JsonNode first = HttpFixture.json(http.get("/dashboard/conferences"));
        assertThat(first.path("total").asInt()).isEqualTo(120);
        assertThat(first.path("conferences").size()).isEqualTo(50);
        assertThat(first.at("/conferences/0/room").asString()).isEqualTo("room009@muc.example.org");
        JsonNode last = HttpFixture.json(http.get("/dashboard/conferences?offset=100"));
        assertThat(last.path("conferences").size()).isEqualTo(20);
        JsonNode found = HttpFixture.json(http.get("/dashboard/conferences?search=ROOM11"));
        assertThat(found.path("matching").asInt()).isEqualTo(10);
        assertThat(http.get("/dashboard/conferences?offset=x").statusCode()).isEqualTo(400);
    }

    @Test
    void eventsBeginWithTheWholeAndGoOnWithChanges() throws Exception {
        try (Socket socket = listen(http.server.port())) {
            BufferedReader lines = lines(socket);
            assertThat(event(lines).path("kind").asString()).isEqualTo("whole");
            focus.bridges = List.of();
            JsonNode change = event(lines);
            while (change.path("gone").isEmpty()) {
                change = event(lines);
            }
            assertThat(change.path("kind").asString()).isEqualTo("change");
            assertThat(change.path("gone").size()).isEqualTo(2);
        }
        await().atMost(PATIENCE).until(() -> http.server.connections() == 0);
    }

    @Test
    void onlySoManyListenAtOnce() throws Exception {
        List<Socket> all = new ArrayList<>();
        try {
            for (int i = 0; i < EventStream.MAX_LISTENERS; i++) {
                Socket socket = listen(http.server.port());
                all.add(socket);
                assertThat(lines(socket).readLine()).contains("200");
            }
            assertThat(http.get("/events").statusCode()).isEqualTo(503);
        } finally {
            for (Socket socket : all) {
                socket.close();
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> {
            try (Socket socket = listen(http.server.port())) {
                assertThat(lines(socket).readLine()).contains("200");
            }
        });
    }

    @Test
    void whoTakesNoEventsIsCutOff() throws Exception {
        focus.bridges = IntStream.range(0, 5_000)
                .<FocusSnapshot.Bridge>mapToObj(n -> FocusViewFake.bridge("jvb" + n, FocusViewFake.REPORT))
                .toList();
        DashboardFeed.Frame whole = new DashboardFeed(focus, HttpFixture.IDENTITY, HttpFixture.SITE).next();
        DashboardFeed.Frame large = new DashboardFeed.Frame(whole.whole(), whole.whole());
        EventStream events = new EventStream(() -> large, Duration.ofMillis(20));
        Server server = new Server();
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                events.open(request, response, callback);
                return true;
            }
        });
        server.start();
        try (Socket silent = listen(connector.getLocalPort())) {
            await().atMost(PATIENCE).until(() -> events.listening() == 1);
            await().atMost(PATIENCE).until(() -> events.listening() == 0);
            assertThat(silent.isConnected()).isTrue();
        } finally {
            server.stop();
        }
    }

    private static List<String> references(String text) {
        List<String> names = new ArrayList<>();
        Matcher matcher = REFERENCE.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group(1) == null ? "dashboard/" + matcher.group(2) : matcher.group(1));
        }
        return names;
    }

    private static Socket listen(int port) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.getOutputStream()
                .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader lines(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    /** The next event; chunk sizes and empty lines are passed over. */
    private static JsonNode event(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && !line.startsWith("data: ")) {
            line = lines.readLine();
        }
        assertThat(line).as("the stream goes on").isNotNull();
        return JsonMapper.shared().readTree(line.substring("data: ".length()));
    }
}
