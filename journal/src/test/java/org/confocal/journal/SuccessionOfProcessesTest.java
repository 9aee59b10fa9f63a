package org.confocal.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are really killed and stopped. */
@Timeout(300)
class SuccessionOfProcessesTest {
    private static final Set<String> LAST_WORDS = Set.of("LOST", "DONE");

    @TempDir
    private Path directory;

    private final List<Child> children = new ArrayList<>();

    private final class Child {
        private final Process process;
        private final CompletableFuture<String> beginning = new CompletableFuture<>();
        private final Thread reader;
        private volatile int lastKept;
        private volatile String lastLine = "";
        private volatile String lastWord = "";
        private final AtomicInteger waited = new AtomicInteger();

        Child(Duration answerWithin, String... more) throws IOException {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1",
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    OneProcess.class.getName(),
                    directory.toString(),
                    Long.toString(answerWithin.toMillis())));
            command.addAll(List.of(more));
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
            children.add(this);
            reader = Thread.ofVirtual().start(() -> {
                try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
                    out.lines().forEach(this::hear);
                } catch (IOException e) {
                    lastLine = "" + e;
                }
                beginning.completeExceptionally(new AssertionError("It has ended with: " + lastLine));
            });
        }

        private void hear(String line) {
            lastLine = line;
            if (line.startsWith("KEPT ")) {
                lastKept = Integer.parseInt(line.substring(5));
            } else if (line.startsWith("BEGIN ")) {
                beginning.complete(line);
            } else if (line.equals("WAITS")) {
                waited.incrementAndGet();
            } else if (LAST_WORDS.contains(line)) {
                // What it logs may stand behind it.
                lastWord = line;
            }
        }

        int lastKept() {
            return lastKept;
        }

        String beginning() throws Exception {
            return beginning.get(60, TimeUnit.SECONDS);
        }

        void awaitKept(int atLeast) {
            await().atMost(Duration.ofSeconds(60)).until(() -> lastKept() >= atLeast);
        }

        void awaitWaiting(int times) {
            await().atMost(Duration.ofSeconds(60)).until(() -> waited.get() == times);
        }

        /** Its last number is the last that it said. */
        void kill9() throws Exception {
            process.destroyForcibly().waitFor();
            reader.join();
        }

        void signal(String name) throws Exception {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        void awaitEnd(String lastWord) throws Exception {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            await().atMost(Duration.ofSeconds(60)).until(() -> this.lastWord.equals(lastWord));
        }
    }

    @AfterEach
    void kill() {
        children.forEach(child -> child.process.destroyForcibly());
    }

    private static int inherited(Child child) throws Exception {
        return Integer.parseInt(child.beginning().split(" ", -1)[2]);
    }

    private static void assertBegins(Child child, Beginning how, int atLeast) throws Exception {
        String[] words = child.beginning().split(" ", -1);
        assertThat(words[1]).isEqualTo(how.name());
        assertThat(Integer.parseInt(words[2])).isGreaterThanOrEqualTo(atLeast);
        assertThat(words[3]).as("the other value of the same change").isEqualTo(words[2]);
    }

    @Test
    void killedAgainAndAgainNothingThatWasKeptIsLost() throws Exception {
        int kept = 0;
        for (int round = 0; round < 3; round++) {
            Child child = new Child(Duration.ofSeconds(3));
            assertBegins(child, round == 0 ? Beginning.FRESH : Beginning.AFTER_END, kept);
            child.awaitKept(kept + 50 + 7 * round);
            assertThat(Succession.acting(directory)).contains(new Acting(round + 1, child.process.pid()));
            child.kill9();
            kept = child.lastKept();
        }
    }

    @Test
    void theStoppedOneIsFencedAndEndsWithoutAWordWhenItWakes() throws Exception {
        Child first = new Child(Duration.ofSeconds(3));
        first.awaitKept(50);
        first.signal("STOP");
        int kept = first.lastKept();
        Child second = new Child(Duration.ofMillis(500));
        assertBegins(second, Beginning.FENCED, kept);
        second.awaitKept(kept + 50);
        first.signal("CONT");
        first.awaitEnd("LOST");
        assertThat(first.lastKept()).as("all that it ever said").isLessThanOrEqualTo(inherited(second));
        second.awaitKept(second.lastKept() + 50);
    }

    @Test
    void askedItLetsGoAndOneThatDiesInTheMiddleChangesNothing() throws Exception {
        Child first = new Child(Duration.ofSeconds(30));
        first.awaitKept(50);
        Child dying = new Child(Duration.ofSeconds(30), OneProcess.DIES);
        assertThat(dying.process.waitFor()).isEqualTo(9);
        first.awaitKept(first.lastKept() + 50);
        Child second = new Child(Duration.ofSeconds(30));
        assertBegins(second, Beginning.HANDED_OVER, 100);
        first.awaitEnd("DONE");
        assertThat(first.lastKept()).isLessThanOrEqualTo(inherited(second));
        second.awaitKept(inherited(second) + 50);
    }

    @Test
    void aSpareGoesOnWithAllThatTheKilledOneKept() throws Exception {
        Child acting = new Child(Duration.ofSeconds(3));
        acting.awaitKept(50);
        Child spare = new Child(Duration.ofSeconds(3), OneProcess.SPARE);
        spare.awaitWaiting(1);
        acting.awaitKept(acting.lastKept() + 50);
        assertThat(spare.beginning).isNotDone();
        acting.kill9();
        assertBegins(spare, Beginning.AFTER_END, acting.lastKept());
        spare.awaitKept(inherited(spare) + 50);
    }

    @Test
    void ofManySparesOneGoesOnAtATime() throws Exception {
        Child acting = new Child(Duration.ofSeconds(3), OneProcess.SPARE);
        acting.awaitKept(50);
        assertBegins(acting, Beginning.FRESH, 0);
        List<Child> waiting = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            waiting.add(new Child(Duration.ofSeconds(3), OneProcess.SPARE));
        }
        int turn = 1;
        while (!waiting.isEmpty()) {
            int times = turn++;
            waiting.forEach(spare -> spare.awaitWaiting(times));
            acting.kill9();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> waiting.stream().anyMatch(spare -> spare.beginning.isDone()));
            Child next = waiting.stream()
                    .filter(spare -> spare.beginning.isDone())
                    .findFirst()
                    .orElseThrow();
            assertBegins(next, Beginning.AFTER_END, acting.lastKept());
            waiting.remove(next);
            next.awaitKept(inherited(next) + 50);
            assertThat(waiting).noneMatch(spare -> spare.beginning.isDone());
            acting = next;
        }
    }

    @Test
    void aSpareWaitsBesideWhoeverAsked() throws Exception {
        Child first = new Child(Duration.ofSeconds(30));
        first.awaitKept(50);
        Child spare = new Child(Duration.ofSeconds(30), OneProcess.SPARE);
        spare.awaitWaiting(1);
        Child second = new Child(Duration.ofSeconds(30));
        assertBegins(second, Beginning.HANDED_OVER, 50);
        first.awaitEnd("DONE");
        spare.awaitWaiting(2);
        second.awaitKept(inherited(second) + 50);
        assertThat(spare.beginning).isNotDone();
        second.kill9();
        assertBegins(spare, Beginning.AFTER_END, second.lastKept());
    }
}
