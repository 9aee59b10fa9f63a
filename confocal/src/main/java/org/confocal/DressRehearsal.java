package org.confocal;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.confocal.config.FocusSettings;
import org.confocal.focus.model.Jid;
import org.confocal.health.HealthServer;
import org.confocal.health.HttpConfig;
import org.confocal.journal.BatchingJournal;
import org.confocal.journal.Fence;
import org.confocal.journal.JournalStore;
import org.confocal.journal.JournalTuning;
import org.confocal.rehearsal.Stage;
import org.confocal.xmpp.FocusIdentity;
import org.confocal.xmpp.component.ComponentConfig;
import org.confocal.xmpp.component.ComponentConnection;
import org.jspecify.annotations.Nullable;
import org.jxmpp.jid.impl.JidCreate;
import org.slf4j.ILoggerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * The whole focus in front of nobody: from bytes to bytes, over a {@link Stage}. What a process does later in earnest is
 * compiled by then; a young JVM is slower by an order of magnitude just when everybody waits for it. Nothing of it is kept, logged
 * or counted.
 */
final class DressRehearsal {
    private static final Logger log = LoggerFactory.getLogger(Confocal.class);
    private static final String NAME = "rehearsal";
    private static final Duration END = Duration.ofSeconds(1);

    private DressRehearsal() {}

    /**
     * Plays so many rooms, or as many as the time allows, with a pause before each that leaves the processor to others.
     *
     * @return how many
     */
    static int play(FocusSettings settings, int rooms, Duration pause, Duration atMost) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("before the rehearsal");
        }
        long begun = System.nanoTime();
        Silence silence = Silence.begin();
        try (Stage stage = Stage.open(rooms, pause)) {
            play(onStage(settings, stage), stage, atMost);
            log.info(
                    "Rehearsed {} of {} rooms in {} ms",
                    stage.played(),
                    rooms,
                    Duration.ofNanos(System.nanoTime() - begun).toMillis());
            return stage.played();
        } catch (IOException | IllegalArgumentException e) {
            log.warn("Without a rehearsal the first seconds will be slow: {}", e.toString());
            return 0;
        } finally {
            silence.end();
        }
    }

    private static void play(FocusSettings settings, Stage stage, Duration atMost)
            throws IOException, InterruptedException {
        BatchingJournal journal = new BatchingJournal(
                new Nowhere(), Collections.emptySortedMap(), JournalTuning.USUAL, Fence.ALONE, () -> {});
        FocusSettings.Main.Component main =
                (FocusSettings.Main.Component) settings.xmpp().main();
        ComponentConnection connection = new ComponentConnection(
                main.config(), FocusIdentity.of(Version.current()), new SecureRandom(), journal);
        FocusParts parts = new FocusParts(
                settings, new Connections(connection, Optional.empty(), List.of(connection)), journal, NAME);
        try (HealthServer http = pages(settings, parts)) {
            parts.connect();
            http.start();
            stage.await(atMost);
            read(http, "/about/health");
            read(http, "/metrics");
        } finally {
            parts.stop(END);
            parts.close();
            journal.close();
        }
    }

    private static HealthServer pages(FocusSettings settings, FocusParts parts) {
        return new HealthServer(
                HttpConfig.DEFAULTS.withPort(0),
                parts.focus(),
                parts.focus(),
                new org.confocal.health.FocusIdentity(
                        Version.current(),
                        new Jid(parts.address()),
                        parts.strategy().name(),
                        NAME),
                InstantSource.system(),
                Wiring.siteFacts(settings, parts.strategy()),
                Map::of);
    }

    /** Whatever it says: 503 where the time was too short for a bridge. */
    private static void read(HealthServer http, String path) throws IOException {
        URL address = URI.create("http://127.0.0.1:" + http.port() + path).toURL();
        HttpURLConnection page = (HttpURLConnection) address.openConnection();
        page.setReadTimeout(Math.toIntExact(END.toMillis()));
        if (page.getResponseCode() == HttpURLConnection.HTTP_OK) {
            try (InputStream in = page.getInputStream()) {
                in.readAllBytes();
            }
        }
        page.disconnect();
    }

    /** The same focus, as a component there, for everybody. */
    private static FocusSettings onStage(FocusSettings settings, Stage stage) throws IOException {
        ComponentConfig component = ComponentConfig.of(
                stage.host(),
                stage.port(),
                JidCreate.domainBareFrom(Stage.DOMAIN),
                NAME,
                JidCreate.domainBareFrom(Stage.DOMAIN));
        return new FocusSettings(
                new FocusSettings.Xmpp(
                        new FocusSettings.Main.Component(component, Optional.empty()),
                        Optional.empty(),
                        Optional.empty()),
                Optional.of(JidCreate.entityBareFrom(Stage.BREWERY)),
                settings.selection(),
                settings.conference(),
                Optional.empty(),
                settings.fleet(),
                settings.bridgeCare(),
                settings.http(),
                settings.decisions(),
                Optional.empty());
    }

    /** Keeps the rehearsal's conferences out of the log, where they would be taken for real ones. */
    private static final class Silence extends TurboFilter {
        private static Silence begin() {
            Silence silence = new Silence();
            ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
            if (loggers instanceof LoggerContext logback) {
                silence.setContext(logback);
                silence.start();
                logback.addTurboFilter(silence);
            }
            return silence;
        }

        void end() {
            if (getContext() instanceof LoggerContext logback) {
                logback.getTurboFilterList().remove(this);
            }
        }

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                ch.qos.logback.classic.Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] parameters,
                @Nullable Throwable thrown) {
            return Thread.currentThread().getName().contains(NAME) ? FilterReply.DENY : FilterReply.NEUTRAL;
        }
    }

    /** A disk that forgets. */
    private static final class Nowhere implements JournalStore {
        @Override
        public void write(Map<String, Optional<byte[]>> batch) {}

        @Override
        public void rewrite(Map<String, byte[]> all) {}

        @Override
        public boolean grown() {
            return false;
        }

        @Override
        public void invalidate() {}

        @Override
        public long bytesWritten() {
            return 0;
        }

        @Override
        public void close() {}
    }
}
