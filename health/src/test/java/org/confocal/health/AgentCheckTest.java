package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.confocal.focus.view.DrainControl.Request;
import org.confocal.focus.view.DrainControl.Target;
import org.junit.jupiter.api.Test;

/** What HAProxy is told. */
class AgentCheckTest {
    private final FocusViewFake focus = FocusViewFake.healthy();

    private String answer() {
        return AgentAnswer.of(focus.snapshot(), focus.drains());
    }

    @Test
    void theWeightIsTheFreePartOfTheCapacity() {
        // One bridge with 5 people and room for 40 more.
        assertThat(answer()).isEqualTo("up ready 89%");
        focus.bridges = List.of(BridgesFake.in("eu", "jvb1").people(40).free(0).at(FocusViewFake.NOW));
        assertThat(answer()).as("0 would end the rooms that are there").isEqualTo("up ready 1%");
    }

    @Test
    void bridgesThatDoNotSayHowLoadedTheyAreAreNeitherIdleNorFull() {
        focus.bridges = List.of(BridgesFake.in("eu", "jvb1").unknown().at(FocusViewFake.NOW));
        assertThat(answer()).isEqualTo("up ready 50%");
    }

    @Test
    void aShardThatDrainsGetsNoNewRoomsAndOneThatIsNotReadyNone() {
        focus.drains.drain(new Request(new Target.Shard(), Optional.empty(), OptionalInt.empty()));
        assertThat(answer()).isEqualTo("up drain");
        focus.connected = false;
        assertThat(answer()).isEqualTo("down");
    }

    @Test
    void eachConnectionIsAnsweredWithOneLineWhateverItSends() throws Exception {
        try (AgentCheck agent = new AgentCheck("127.0.0.1", 0, this::answer)) {
            for (int i = 0; i < 100; i++) {
                assertThat(asked(agent, "")).isEqualTo("up ready 89%\n");
            }
            try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
                assertThat(asked(agent, "x\n")).isEqualTo("up ready 89%\n");
                assertThat(silent.isConnected()).isTrue();
            }
        }
    }

    @Test
    void anAnswerThatFailsEndsTheConnectionAndNotTheAgent() throws Exception {
        try (AgentCheck agent = new AgentCheck("127.0.0.1", 0, this::answer)) {
            focus.failure = Optional.of(new IllegalStateException("broken"));
            assertThat(asked(agent, "")).isEmpty();
            focus.failure = Optional.empty();
            assertThat(asked(agent, "")).isEqualTo("up ready 89%\n");
        }
    }

    @Test
    void aPortThatIsTakenIsNamed() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new AgentCheck("127.0.0.1", taken.getLocalPort(), this::answer))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("jicofo.agent-check.port");
        }
    }

    private static String asked(AgentCheck agent, String sent) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), agent.port())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
