package org.confocal.tests.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.confocal.tests.integration.Site.patiently;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.demo.FocusConfiguration;
import org.confocal.tests.prosody.Domains;
import org.confocal.tests.prosody.FocusLogin;
import org.confocal.tests.prosody.ProsodyConfig;
import org.confocal.tests.prosody.ProsodyProcess;
import org.junit.jupiter.api.Test;

/** The program, as an operator starts and stops it. */
class ProcessTest {
    private static final String DOCKER_FILE = "confocal/src/test/resources/org/confocal/config/docker-jitsi-meet.conf";

    @Test
    void theConfigurationOfDockerJitsiMeetStartsAFocusThatEndsItsConferencesOnSigterm() throws IOException {
        int port = ProsodyProcess.freePorts(1).getFirst();
        try (Site site = Site.prepared(FocusLogin.CLIENT, Domains.forTests())) {
            site.prosody().restart();
            try (FocusProcess focus =
                    FocusProcess.start(dockerJitsiMeet(site.prosody().config(), port), "FILE")) {
                site.startBridge("jvb1");
                patiently()
                        .failFast("the focus has ended", focus::hasEnded)
                        .untilAsserted(() ->
                                assertThat(focus.status(port, "/about/health")).isEqualTo(200));
                List<ClientEmulator> people = site.joinAll("meeting");
                site.awaitConference(people);

                focus.terminate();

                assertThat(focus.exitCode()).isEqualTo(143);
                assertThat(site.bridges().getFirst().books().conferences()).isEmpty();
                assertThat(focus.out() + focus.err()).contains("some-key-of-next-year");
                Site.assertNoErrors(people);
            }
        }
    }

    /** The recorded file with the addresses of this machine; the last of equal keys wins. */
    private static String dockerJitsiMeet(ProsodyConfig prosody, int port) throws IOException {
        Domains domains = prosody.domains();
        return Files.readString(dockerFile())
                + """

                jicofo {
                  bridge.brewery-jid = "%s"
                  rest.port = %d
                  xmpp.client {
                    hostname = "127.0.0.1"
                    port = "%d"
                    domain = "%s"
                    xmpp-domain = "%s"
                    username = "%s"
                    password = "%s"
                    conference-muc-jid = "%s"
                    client-proxy = "%s"
                  }
                }
                """.formatted(
                                domains.brewery(),
                                port,
                                prosody.clientPort(),
                                domains.auth(),
                                domains.main(),
                                ProsodyConfig.FOCUS_USER,
                                ProsodyConfig.SECRET,
                                domains.muc(),
                                domains.focus());
    }

    private static Path dockerFile() {
        return Stream.iterate(Path.of("").toAbsolutePath(), at -> at != null, Path::getParent)
                .map(at -> at.resolve(DOCKER_FILE))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void checkPrintsAGoodConfigurationAndExitsWith0() throws IOException {
        try (FocusProcess focus = FocusProcess.start(someConfiguration(8888), "--check", "FILE")) {
            assertThat(focus.exitCode()).isZero();
            assertThat(focus.out()).contains("brewery-jid").doesNotContain(ProsodyConfig.SECRET);
        }
    }

    @Test
    void checkNamesWhatIsWrongAndExitsWith2() throws IOException {
        String wrong = someConfiguration(8888) + "\njicofo.conference.initial-timeout = purple";
        try (FocusProcess focus = FocusProcess.start(wrong, "--check", "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(2);
            assertThat(focus.err()).contains("jicofo.conference.initial-timeout");
            assertThat(focus.out()).isEmpty();
        }
    }

    @Test
    void aWrongConfigurationIsNotStartedAndExitsWith2() throws IOException {
        try (FocusProcess focus = FocusProcess.start("jicofo.xmpp.component { enabled = true, port = 0 }", "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(2);
            assertThat(focus.out()).contains("jicofo.xmpp.component.port");
        }
    }

    @Test
    void aWrongCommandLineExitsWith2() throws IOException {
        try (FocusProcess focus = FocusProcess.start("", "--chekc")) {
            assertThat(focus.exitCode()).isEqualTo(2);
            assertThat(focus.err()).contains("usage");
        }
    }

    @Test
    void aPairWithoutTheStartScriptExitsWith2() throws IOException {
        try (FocusProcess focus = FocusProcess.start(someConfiguration(8888), "--pair", "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(2);
            assertThat(focus.err()).contains("bin/confocal");
        }
    }

    @Test
    void aReloadWhereNoPairRunsExitsWith1() throws IOException {
        String journal = "\njicofo.journal.path = /nowhere";
        try (FocusProcess focus = FocusProcess.start(someConfiguration(8888) + journal, "--reload", "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(1);
            assertThat(focus.err()).startsWith("Not reloaded: no pair").contains("/nowhere");
        }
    }

    @Test
    void aReloadWithAWrongConfigurationExitsWith2() throws IOException {
        String wrong = someConfiguration(8888) + "\njicofo.journal { path = /nowhere, spare = perhaps }";
        try (FocusProcess focus = FocusProcess.start(wrong, "--reload", "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(2);
            assertThat(focus.err()).contains("jicofo.journal.spare").contains("true or false");
        }
    }

    @Test
    void aTakenHttpPortExitsWith1() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                FocusProcess focus = FocusProcess.start(someConfiguration(taken.getLocalPort()), "FILE")) {
            assertThat(focus.exitCode()).isEqualTo(1);
            assertThat(focus.out()).contains(Integer.toString(taken.getLocalPort()));
        }
    }

    /** For a Prosody that does not exist. */
    private static String someConfiguration(int httpPort) {
        return FocusConfiguration.of(
                new ProsodyConfig(FocusLogin.COMPONENT, Domains.forTests(), 5222, 1, Path.of(""), 15), httpPort);
    }
}
