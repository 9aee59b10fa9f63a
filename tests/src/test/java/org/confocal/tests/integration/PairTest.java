package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.FocusConfiguration;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyProcess;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes over one journal: one is killed, one is replaced, and nobody in the conference notices. */
class PairTest {
    private static final int HOLD_SECONDS = 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(FocusLogin.class)
    void whoeverEndsTheConferenceGoesOn(FocusLogin login) throws IOException {
        int port = ProsodyProcess.freePorts(1).getFirst();
        try (Site site = Site.prepared(login, Domains.forTests(), HOLD_SECONDS)) {
            site.prosody().restart();
            try (PairProcess pair = PairProcess.start(
                    folder,
                    folder.resolve("journal"),
                    FocusConfiguration.of(site.prosody().config(), port))) {
                List<Long> acted = new ArrayList<>(List.of(pair.awaitAnother(List.of())));
                site.startBridge("jvb1");
                awaitHealthy(port);
                List<ClientEmulator> people = new ArrayList<>(site.joinAll("meeting"));
                site.awaitConference(people);

                ProcessHandle.of(acted.getLast()).orElseThrow().destroyForcibly();
                acted.add(pair.awaitAnother(acted));
                awaitHealthy(port);
                people.add(site.join("meeting", ClientKind.JSON));
                site.awaitConference(people);

                assertThat(pair.reload()).as(pair.log("--reload")).isZero();
                acted.add(pair.awaitAnother(acted));
                awaitHealthy(port);
                people.add(site.join("meeting", ClientKind.JSON));
                site.awaitConference(people);

                assertThat(Set.copyOf(acted)).hasSize(3);
                assertThat(pair.log("--reload")).startsWith("Reloaded: ");
                assertThat(people).allSatisfy(PairTest::hasNoticedNothing);
                Site.assertNoErrors(people);
                assertThat(pair.terminate()).isEqualTo(143);
                assertThat(ProcessHandle.of(acted.getLast()).filter(ProcessHandle::isAlive))
                        .isEmpty();
            }
        }
    }

    @Test
    void anotherPairTakesOverAsInARollingUpdate() throws IOException {
        int port = ProsodyProcess.freePorts(1).getFirst();
        Path journal = folder.resolve("journal");
        try (Site site = Site.prepared(FocusLogin.CLIENT, Domains.forTests(), HOLD_SECONDS)) {
            site.prosody().restart();
            String configuration = FocusConfiguration.of(site.prosody().config(), port);
            try (PairProcess old =
                    PairProcess.start(Files.createDirectory(folder.resolve("old")), journal, configuration)) {
                long first = old.awaitAnother(List.of());
                site.startBridge("jvb1");
                awaitHealthy(port);
                List<ClientEmulator> people = new ArrayList<>(site.joinAll("meeting"));
                site.awaitConference(people);

                try (PairProcess fresh =
                        PairProcess.start(Files.createDirectory(folder.resolve("new")), journal, configuration)) {
                    long second = fresh.awaitAnother(List.of(first));
                    assertThat(old.terminate()).isEqualTo(143);
                    awaitHealthy(port);
                    people.add(site.join("meeting", ClientKind.JSON));
                    site.awaitConference(people);

                    assertThat(fresh.acting()).isEqualTo(second);
                    assertThat(people).allSatisfy(PairTest::hasNoticedNothing);
                    Site.assertNoErrors(people);
                }
            }
        }
    }

    private static void hasNoticedNothing(ClientEmulator person) {
        assertThat(person.books().focusLeft()).isZero();
        assertThat(person.books().offers()).hasSize(1);
    }

    private static void awaitHealthy(int port) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            patiently()
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(
                                    Site.get(http, URI.create("http://127.0.0.1:" + port + "/about/health"))
                                            .statusCode())
                            .isEqualTo(200));
        }
    }
}
