package org.confocal.pair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.confocal.config.JournalSettings;
import org.confocal.journal.Durability;
import org.confocal.journal.JournalTuning;
import org.confocal.journal.Line;
import org.confocal.pair.FakeFocus.Start;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the supervisor does with its two processes, which are scripts here. */
@Timeout(300)
class PairTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(10);
    private static final Waits WAITS = new Waits(SHORT, SHORT, SHORT, SHORT, LONG, LONG, LONG, LONG);

    @TempDir
    private Path folder;

    private FakeFocus focus;
    private Pair pair;
    private CompletableFuture<Integer> end;

    @BeforeEach
    void prepare() throws IOException {
        focus = new FakeFocus(folder);
        begin(WAITS);
    }

    private void begin(Waits waits) {
        pair = new Pair(new Command(focus.script(), Path.of("some.conf")), focus.journal(), waits);
        Pair begun = pair;
        CompletableFuture<Integer> result = new CompletableFuture<>();
        end = result;
        Thread.ofVirtual().start(() -> {
            try {
                result.complete(begun.keep());
            } catch (InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
    }

    @AfterEach
    void killAll() {
        pair.close();
        focus.starts().forEach(start -> ProcessHandle.of(start.pid()).ifPresent(ProcessHandle::destroyForcibly));
    }

    /** The first process acts, the second one waits. */
    private Start bothThere() throws IOException {
        Start first = focus.start(1);
        focus.acts(first);
        focus.start(2);
        return first;
    }

    private static String answer(CompletableFuture<String> reload) throws Exception {
        return reload.get(LONG.toSeconds(), TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aFirstProcessThatCannotStartIsTheEndOfThePair(int code) throws Exception {
        focus.tell(focus.start(1), "exit " + code);

        assertThat(end.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(code);
        assertThat(focus.starts()).hasSize(1);
    }

    @Test
    void theFirstTakesOverTheSecondWaits() throws Exception {
        assertThat(focus.start(1).words()).isEqualTo("some.conf");

        focus.acts(focus.start(1));

        assertThat(focus.start(2).words()).isEqualTo("--spare some.conf");
        assertThat(focus.start(1).isAlive()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit 0", "exit 1", "exit 2", "exit 70", "kill -9 $$"})
    void whoeverEndsIsFollowedByASpare(String how) throws Exception {
        Start first = bothThere();

        focus.tell(first, how);
        assertThat(focus.start(3).words()).isEqualTo("--spare some.conf");
        focus.tell(focus.start(2), how);
        assertThat(focus.start(4).words()).isEqualTo("--spare some.conf");
        assertThat(focus.start(3).isAlive()).isTrue();
        assertThat(end).isNotDone();
    }

    @Test
    void aFirstProcessThatIsKilledBeforeItActsIsFollowed() throws Exception {
        focus.tell(focus.start(1), "kill -9 $$");

        assertThat(focus.start(2).words()).isEqualTo("--spare some.conf");
        focus.acts(focus.start(2));
        assertThat(focus.start(3).words()).isEqualTo("--spare some.conf");
    }

    @Test
    void theOneThatWaitsEndsFirst() throws Exception {
        Start first = bothThere();
        Start spare = focus.start(2);

        pair.close();

        assertThat(focus.terms()).containsExactly(spare.pid(), first.pid());
        assertThat(first.isAlive() || spare.isAlive()).isFalse();
    }

    @Test
    void theOrderFollowsWhoActs() throws Exception {
        Start first = bothThere();
        Start second = focus.start(2);
        focus.acts(second);

        pair.close();

        assertThat(focus.terms()).containsExactly(first.pid(), second.pid());
    }

    @Test
    void whoDoesNotEndIsKilled() throws Exception {
        pair.close();
        begin(new Waits(SHORT, SHORT, SHORT, SHORT, LONG, SHORT, Duration.ofSeconds(2), LONG));
        await().atMost(LONG).until(() -> focus.starts().stream().anyMatch(Start::isAlive));
        Start first = focus.starts().getLast();
        focus.tell(first, "trap '' TERM; touch deaf");
        await().atMost(LONG).until(() -> folder.resolve("deaf").toFile().exists());

        pair.close();

        await().atMost(LONG).until(() -> !first.isAlive());
    }

    @Test
    void nothingFollowsWhenThePairEnds() throws Exception {
        bothThere();

        pair.close();

        assertThat(answer(pair.reload())).isEqualTo("NO no process of this pair acts");
        assertThat(focus.starts()).hasSize(2);
    }

    @Test
    void aReloadStartsANewProcessInThePlaceOfTheSpare() throws Exception {
        bothThere();
        Start spare = focus.start(2);

        CompletableFuture<String> reload = pair.reload();
        Start fresh = focus.start(3);

        assertThat(fresh.words()).isEqualTo("some.conf");
        assertThat(focus.terms()).containsExactly(spare.pid());
        assertThat(reload).isNotDone();
        focus.acts(fresh);
        assertThat(answer(reload)).startsWith("OK ").endsWith(" " + fresh.pid());
    }

    @Test
    void whoHasHandedOverIsFollowedByASpareAndCanBeReloadedAgain() throws Exception {
        Start first = bothThere();
        CompletableFuture<String> reload = pair.reload();
        focus.acts(focus.start(3));
        focus.tell(first, "exit 0");
        assertThat(answer(reload)).startsWith("OK ");
        Start spare = focus.start(4);
        assertThat(spare.words()).isEqualTo("--spare some.conf");

        CompletableFuture<String> again = pair.reload();

        Start fresh = focus.start(5);
        assertThat(focus.terms())
                .contains(spare.pid())
                .doesNotContain(focus.start(3).pid());
        focus.acts(fresh);
        assertThat(answer(again)).startsWith("OK ");
    }

    @Test
    void aReloadWhoseProcessEndsLeavesEverythingAsItWas() throws Exception {
        Start first = bothThere();

        CompletableFuture<String> reload = pair.reload();
        focus.tell(focus.start(3), "exit 2");

        assertThat(answer(reload)).isEqualTo("NO the new process has ended with exit code 2; its log says why");
        assertThat(focus.start(4).words()).isEqualTo("--spare some.conf");
        assertThat(first.isAlive()).isTrue();
    }

    @Test
    void aReloadThatTakesTooLongIsOver() throws Exception {
        pair.close();
        begin(new Waits(SHORT, SHORT, SHORT, SHORT, LONG, LONG, LONG, Duration.ofSeconds(1)));
        await().atMost(LONG).until(() -> focus.starts().stream().anyMatch(Start::isAlive));
        focus.acts(focus.starts().getLast());
        await().atMost(LONG).until(() -> focus.starts().getLast().words().startsWith("--spare"));

        assertThat(answer(pair.reload())).isEqualTo("NO the new process did not act within 1 s");
        await().atMost(LONG).until(() -> focus.starts().getLast().words().startsWith("--spare"));
    }

    @Test
    void oneReloadAtATime() throws Exception {
        bothThere();
        CompletableFuture<String> reload = pair.reload();

        assertThat(answer(pair.reload())).isEqualTo("NO another reload is under way");
        focus.acts(focus.start(3));
        assertThat(answer(reload)).startsWith("OK ");
    }

    @Test
    void nobodyIsReplacedWhileNobodyActs() throws Exception {
        focus.start(1);

        assertThat(answer(pair.reload())).isEqualTo("NO no process of this pair acts");
    }

    @Test
    void anEpochThatWasThereBeforeIsAnotherContainersWithTheSamePid() throws Exception {
        Start first = bothThere();
        focus.tell(first, "kill -9 $$");
        Start third = focus.start(3);

        focus.sign(third);
        assertThat(answer(pair.reload())).isEqualTo("NO no process of this pair acts");

        focus.acts(third);
        CompletableFuture<String> reload = pair.reload();
        focus.acts(focus.start(4));
        assertThat(answer(reload)).startsWith("OK ");
    }

    @Test
    void itIsAskedOverASocketBesideTheJournal() throws Exception {
        bothThere();
        await().atMost(LONG)
                .ignoreException(IOException.class)
                .untilAsserted(
                        () -> assertThat(said("HELLO")).contains("NO this pair understands RELOAD 1, not: HELLO"));
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        CompletableFuture<Integer> code = new CompletableFuture<>();
        // Not on the common pool: ends of processes are reported there, by one thread on a small machine.
        Thread.ofVirtual().start(() -> code.complete(PairTasks.reload(settings(), out, out)));
        Start fresh = focus.start(3);
        assertThat(PairSocket.ask(focus.journal(), LONG)).contains("NO another reload is under way");
        focus.acts(fresh);

        assertThat(code.get(LONG.toSeconds(), TimeUnit.SECONDS)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8))
                .isEqualTo("Reloaded: a new process acts, " + fresh.pid() + "\n");
    }

    private Optional<String> said(String words) throws IOException {
        try (Line line = Line.to(focus.journal().resolve("pair.sock"))) {
            line.say(words);
            return line.hear(LONG);
        }
    }

    @Test
    void whereNoPairListensThatIsSaid() {
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);

        assertThat(PairTasks.reload(settings(), out, out)).isEqualTo(1);
        assertThat(PairTasks.reload(Optional.empty(), out, out)).isEqualTo(1);

        assertThat(said.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        line -> assertThat(line).startsWith("Not reloaded: no pair (confocal --pair) listens beside"),
                        line -> assertThat(line).startsWith("Without jicofo.journal.path there is no pair"));
    }

    @Test
    void whereNoSpareIsWantedThereIsOneProcessAndItsExitCode() throws Exception {
        FakeFocus other = new FakeFocus(Files.createDirectory(folder.resolve("other")));
        CompletableFuture<Integer> code = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                code.complete(
                        PairTasks.keep(other.script().toString(), Path.of("some.conf"), Optional.empty(), System.err));
            } catch (InterruptedException e) {
                code.completeExceptionally(e);
            }
        });

        other.acts(other.start(1));
        other.tell(other.start(1), "exit 7");

        assertThat(code.get(LONG.toSeconds(), TimeUnit.SECONDS)).isEqualTo(7);
        assertThat(other.starts()).singleElement().extracting(Start::words).isEqualTo("some.conf");
    }

    private Optional<JournalSettings> settings() {
        return Optional.of(new JournalSettings(
                focus.journal(), Durability.PROCESS, JournalTuning.USUAL, LONG, true, Optional.empty()));
    }
}
