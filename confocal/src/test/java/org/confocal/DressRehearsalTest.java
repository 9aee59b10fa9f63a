package org.confocal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.confocal.config.FocusSettings;
import org.confocal.config.SettingsLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class DressRehearsalTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private Path folder;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    @BeforeEach
    void listen() {
        said.start();
        root().addAppender(said);
    }

    @AfterEach
    void stopListening() {
        root().detachAppender(said);
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private FocusSettings settings(String more) throws Exception {
        Path file = folder.resolve("focus.conf");
        Files.writeString(
                file,
                "jicofo.xmpp.component { enabled = true, domain = \"focus.meet.test\", secret = \"x\" }\n" + more);
        return new SettingsLoader(new Properties()).load(file).settings();
    }

    @Test
    void everyRoomIsPlayedToItsEndAndNothingIsLoggedOfIt() throws Exception {
        int played = DressRehearsal.play(settings(""), 10, Duration.ZERO, PATIENCE);

        assertThat(played).isEqualTo(10);
        assertThat(said.list)
                .map(ILoggingEvent::getFormattedMessage)
                .singleElement()
                .asString()
                .startsWith("Rehearsed 10 of 10 rooms");
    }

    @Test
    void aSitesOwnRulesDoNotKeepItFromRehearsing() throws Exception {
        List<String> sites = List.of(
                "jicofo.authentication { enabled = true, type = XMPP, login-url = \"meet.test\" }",
                "jicofo { octo.enabled = true, bridge.selection-strategy = RegionBasedBridgeSelectionStrategy, local-region = eu }",
                "jicofo.bridge.selection-strategy = EgressAwareBridgeSelectionStrategy",
                "jicofo.conference.enable-auto-owner = false");
        for (String site : sites) {
            assertThat(DressRehearsal.play(settings(site), 2, Duration.ZERO, PATIENCE))
                    .as(site)
                    .isEqualTo(2);
        }
    }

    @Test
    void itEndsInTime() throws Exception {
        assertThat(DressRehearsal.play(settings(""), 1_000, Duration.ofDays(1), Duration.ofMillis(1)))
                .isLessThan(1_000);
    }

    @Test
    void whoIsInterruptedStops() throws Exception {
        FocusSettings settings = settings("");
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> DressRehearsal.play(settings, 1_000, Duration.ofDays(1), PATIENCE))
                .isInstanceOf(InterruptedException.class);
    }
}
