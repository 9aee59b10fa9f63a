package org.confocal.tests.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.confocal.tests.bridge.BridgeEmulator;
import org.confocal.tests.bridge.EndpointBook;
import org.confocal.tests.client.ClientBooks;
import org.confocal.tests.client.ClientBooks.BridgeState;
import org.confocal.tests.client.ClientBooks.FocusState;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.prosody.FocusLogin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What emulators can do that the demo does not make them do, against the real focus. */
class EmulatorsWithFocusTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Deployment deployment;
    private final List<ClientEmulator> clients = new ArrayList<>();

    EmulatorsWithFocusTest() throws IOException {
        deployment = Deployment.start(FocusLogin.COMPONENT, new ConfocalUnderTest(), 0, 11);
    }

    @BeforeEach
    void threeKindsOfClientsMeet() throws IOException {
        SplittableRandom random = new SplittableRandom(5);
        for (ClientKind kind : ClientKind.values()) {
            ClientConfig config = ClientConfig.of(deployment.prosody().config(), "meeting", kind)
                    .in("eu-west")
                    .withInitialLastN(7)
                    .with(PATIENCE, Duration.ofMillis(200));
            clients.add(ClientEmulator.join(config, random.split()));
        }
        clients.forEach(client -> reaches(client, 1));
    }

    @AfterEach
    void nobodyHadToComplain() {
        List<String> errors = clients.stream()
                .flatMap(client -> client.books().errors().stream())
                .toList();
        clients.forEach(ClientEmulator::close);
        deployment.close();
        assertThat(errors).isEmpty();
    }

    /** Waits for its n-th session to be accepted. */
    private static void reaches(ClientEmulator client, int accepted) {
        assertThat(client.await(
                        books -> books.accepted() == accepted && books.session().isPresent(), PATIENCE))
                .as("%s", client.books())
                .isTrue();
    }

    private ClientEmulator of(ClientKind kind) {
        return clients.stream()
                .filter(client -> client.config().kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private BridgeEmulator bridgeOf(ClientEmulator client) {
        return deployment.bridges().stream()
                .filter(bridge -> bridge.books().endpoint(client.endpoint()).isPresent())
                .findFirst()
                .orElseThrow();
    }

    private static EndpointBook onBridge(BridgeEmulator bridge, ClientEmulator client) {
        return bridge.books().endpoint(client.endpoint()).orElseThrow();
    }

    @Test
    void iceIsRestartedInPlaceAndSessionsAsAWhole() {
        ClientEmulator json = of(ClientKind.JSON);
        BridgeEmulator bridge = bridgeOf(json);
        assertThat(bridge.config().region()).hasValue("eu-west");
        assertThat(onBridge(bridge, json).lastN()).hasValue(7);

        assertThat(json.restartIce()).succeedsWithin(PATIENCE);
        assertThat(json.await(books -> books.iceGeneration() == 1, PATIENCE)).isTrue();
        assertThat(onBridge(bridge, json).iceGeneration()).isEqualTo(1);
        assertThat(json.books().offers()).hasSize(1);

        assertThat(json.restartSession()).succeedsWithin(PATIENCE);
        reaches(json, 2);
        ClientEmulator xml = of(ClientKind.XML);
        long owned = json.books().localSources().getFirst().ssrcs().getFirst();
        assertThat(xml.await(books -> books.knownSsrcs().contains(owned), PATIENCE))
                .isTrue();
    }

    @Test
    void theBridgeDiesAndEverybodyIsInvitedToAnother() throws IOException {
        BridgeEmulator dead = bridgeOf(clients.getFirst());

        dead.kill();

        clients.forEach(client -> reaches(client, 2));
        clients.forEach(client -> assertThat(bridgeOf(client)).isNotSameAs(dead));
        assertThat(clients.getFirst().books().bridges()).isEqualTo(BridgeState.AVAILABLE);

        deployment.bridges().forEach(BridgeEmulator::kill);
        await().atMost(Duration.ofSeconds(15))
                .untilAsserted(() ->
                        assertThat(deployment.get("/about/health").statusCode()).isEqualTo(500));
        assertThat(clients.getFirst().await(books -> books.bridges() == BridgeState.NOT_AVAILABLE, PATIENCE))
                .isTrue();
    }

    @Test
    void theFocusIsStoppedAndEverybodySeesItLeave() {
        deployment.focus().close();

        for (ClientEmulator client : clients) {
            assertThat(client.await(books -> books.focus() == FocusState.LEFT, PATIENCE))
                    .isTrue();
            assertThat(client.books().session()).isEmpty();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(deployment.bridges())
                        .allMatch(bridge -> bridge.books().conferences().isEmpty()));
        assertThat(clients.stream().map(ClientEmulator::books).map(ClientBooks::members))
                .allMatch(members -> members.size() == 2);
    }
}
