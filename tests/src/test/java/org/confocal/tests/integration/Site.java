package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.awaitility.core.ConditionFactory;
import org.confocal.tests.bridge.BridgeConfig;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.EndpointBook;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.client.LocalSource;
import org.confocal.tests.demo.ConfocalUnderTest;
import org.confocal.tests.demo.FocusConfiguration;
import org.confocal.tests.demo.FocusUnderTest.Holdings;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Prosody, a focus, as many bridges and clients as a test wants, and the questions that tests ask of all of them. Used by
 * one thread; every wait ends after {@link #PATIENCE}.
 */
final class Site implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ProsodyProcess prosody;
    private final HttpClient http = HttpClient.newHttpClient();
    private final SplittableRandom random = new SplittableRandom(2);
    private final ConfocalUnderTest focus = new ConfocalUnderTest();
    private final List<BridgeEmulator> bridges = new ArrayList<>();
    private final List<ClientEmulator> clients = new ArrayList<>();

    private Site(ProsodyProcess prosody) {
        this.prosody = prosody;
    }

    /** Prosody, a focus and these bridges, ready for people. */
    static Site start(FocusLogin login, String... bridges) throws IOException {
        return start(login, "", List.of(bridges));
    }

    /** @param more HOCON that wins over what the focus needs at least */
    static Site start(FocusLogin login, String more, List<String> bridges) throws IOException {
        return start(prepared(login, Domains.forTests()), more, bridges);
    }

    /** The same for a site that has been prepared. */
    static Site start(Site site, String more, List<String> bridges) throws IOException {
        try {
            site.prosody.restart();
            site.startFocus(more);
            for (String bridge : bridges) {
                site.startBridge(bridge);
            }
            site.awaitUsable(bridges.size());
            return site;
        } catch (IOException | RuntimeException | AssertionError e) {
            site.close();
            throw e;
        }
    }

    /** Nothing of it runs yet. */
    static Site prepared(FocusLogin login, Domains domains) throws IOException {
        return prepared(login, domains, 15);
    }

    /** @param hibernationSeconds how long Prosody keeps a lost session for resumption */
    static Site prepared(FocusLogin login, Domains domains, int hibernationSeconds) throws IOException {
        List<Integer> ports = ProsodyProcess.freePorts(2);
        return new Site(ProsodyProcess.prepared(new ProsodyConfig(
                login, domains, ports.get(0), ports.get(1), ProsodyProcess.pluginFolder(), hibernationSeconds)));
    }

    void startFocus(String more) throws IOException {
        int port = ProsodyProcess.freePorts(1).getFirst();
        focus.start(FocusConfiguration.of(prosody.config(), port) + "\n" + more);
    }

    BridgeEmulator startBridge(String name) throws IOException {
        return startBridge(name, "here");
    }

    BridgeEmulator startBridge(String name, String region) throws IOException {
        BridgeConfig config = BridgeConfig.of(prosody.config(), name, region).withStatsInterval(Duration.ofSeconds(1));
        BridgeEmulator bridge = BridgeEmulator.start(config, random.split());
        bridges.add(bridge);
        return bridge;
    }

    ClientConfig client(String room, ClientKind kind) {
        return ClientConfig.of(prosody.config(), room, kind).with(PATIENCE, Duration.ofMillis(200));
    }

    ClientEmulator join(String room, ClientKind kind) throws IOException {
        return join(client(room, kind));
    }

    ClientEmulator join(ClientConfig config) throws IOException {
        ClientEmulator client = ClientEmulator.join(config, random.split());
        clients.add(client);
        return client;
    }

    /** One client of each kind: SSRC rewriting, JSON, XML. */
    List<ClientEmulator> joinAll(String room) throws IOException {
        List<ClientEmulator> joined = new ArrayList<>();
        for (ClientKind kind : ClientKind.values()) {
            joined.add(join(room, kind));
        }
        return joined;
    }

    ProsodyProcess prosody() {
        return prosody;
    }

    ConfocalUnderTest focus() {
        return focus;
    }

    Holdings holdings() {
        return focus.holdings();
    }

    HttpResponse<String> get(String path) {
        URI address = URI.create("http://127.0.0.1:" + focus.httpPort() + path);
        return get(http, address);
    }

    static HttpResponse<String> get(HttpClient http, URI address) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int health() {
        return get("/about/health").statusCode();
    }

    /** A number below {@code /stats}, by a JSON pointer. */
    int stat(String pointer) {
        JsonNode found = JsonMapper.shared().readTree(get("/stats").body()).at(pointer);
        assertThat(found.isIntegralNumber()).as("%s is a whole number", pointer).isTrue();
        return found.asInt();
    }

    /** A counter of {@code /metrics}, without labels. */
    double metric(String name) {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50));
    }

    /** Waits until the focus is healthy with exactly so many bridges. */
    void awaitUsable(int count) {
        patiently().untilAsserted(() -> {
            assertThat(stat("/bridge_selector/operational_bridge_count")).isEqualTo(count);
            assertThat(health()).isEqualTo(200);
        });
    }

    /** Waits until they are one conference: all have a session, know whom they should, and one bridge has all of it. */
    void awaitConference(List<ClientEmulator> people) {
        patiently().untilAsserted(() -> {
            for (ClientEmulator client : people) {
                ClientBooks books = client.books();
                assertThat(books.session()).as("session of %s", books).isPresent();
                assertThat(books.accepted())
                        .as("accepted by %s", books)
                        .isEqualTo(books.offers().size());
            }
        });
        patiently()
                .untilAsserted(() ->
                        people.forEach(client -> assertThat(client.books().knownSsrcs())
                                .as(
                                        "what %s, a client with %s, knows",
                                        client.endpoint(), client.config().kind())
                                .isEqualTo(expectedBy(client, people))));
        BridgeEmulator bridge = bridgeOf(people.getFirst());
        patiently()
                .untilAsserted(() -> people.forEach(client -> assertThat(
                                bridge.books().endpoint(client.endpoint()).map(EndpointBook::ssrcs))
                        .as(
                                "sources of %s on %s",
                                client.endpoint(), bridge.config().name())
                        .hasValueSatisfying(
                                ssrcs -> assertThat(new HashSet<>(ssrcs)).isEqualTo(sentBy(client)))));
    }

    private static Set<Long> sentBy(ClientEmulator client) {
        Set<Long> ssrcs = new HashSet<>();
        client.books().localSources().forEach(source -> ssrcs.addAll(source.ssrcs()));
        return ssrcs;
    }

    private static Set<Long> expectedBy(ClientEmulator client, List<ClientEmulator> people) {
        Set<Long> expected = new HashSet<>();
        if (client.config().kind() != ClientKind.REWRITING) {
            people.stream()
                    .filter(other -> other != client)
                    .flatMap(other -> other.books().localSources().stream())
                    .map(LocalSource::strippedSsrcs)
                    .forEach(expected::addAll);
        }
        return expected;
    }

    /** The one bridge that a client is on. */
    BridgeEmulator bridgeOf(ClientEmulator client) {
        List<BridgeEmulator> holders = bridges.stream()
                .filter(bridge -> bridge.books().endpoint(client.endpoint()).isPresent())
                .toList();
        assertThat(holders).as("bridges of %s", client.endpoint()).hasSize(1);
        return holders.getFirst();
    }

    List<BridgeEmulator> bridges() {
        return List.copyOf(bridges);
    }

    /** Ends a bridge and leaves it out of all questions from now on. */
    void forget(BridgeEmulator bridge) {
        bridge.close();
        bridges.remove(bridge);
    }

    /** The bridges but one. */
    List<BridgeEmulator> bridgesOtherThan(BridgeEmulator one) {
        return bridges.stream().filter(bridge -> bridge != one).toList();
    }

    /** Waits until nobody holds anything of anybody: the focus, and the bridges that run. */
    void awaitNothingLeft(List<BridgeEmulator> running) {
        patiently().untilAsserted(() -> {
            assertThat(holdings()).isEqualTo(new Holdings(0, 0, 0, 0));
            running.forEach(bridge -> assertThat(bridge.books().conferences())
                    .as("conferences on %s", bridge.config().name())
                    .isEmpty());
        });
    }

    void awaitNothingLeft() {
        awaitNothingLeft(bridges);
    }

    static void assertNoErrors(List<ClientEmulator> people) {
        people.forEach(client -> assertThat(client.books().errors())
                .as("what %s stumbled over", client.config().kind())
                .isEmpty());
    }

    static void leave(List<ClientEmulator> people) {
        people.forEach(ClientEmulator::leave);
    }

    @Override
    public void close() {
        clients.forEach(ClientEmulator::close);
        focus.close();
        bridges.forEach(BridgeEmulator::close);
        prosody.close();
        http.close();
    }
}
