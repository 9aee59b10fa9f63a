package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A process of its own with a journal: counts up, and says each number once it is kept, until it is killed or lets go. */
final class OneProcess {
    /** Waits until the one that acts has ended. */
    static final String SPARE = "spare";

    /** Dies while it warms up, with exit code 9. */
    static final String DIES = "dies";

    private OneProcess() {}

    public static void main(String[] arguments) throws Exception {
        SuccessionSettings settings = new SuccessionSettings(
                Path.of(arguments[0]),
                Durability.PROCESS,
                new JournalTuning(
                        Duration.ofMillis(1), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofMillis(100)),
                Duration.ofMillis(Long.parseLong(arguments[1])),
                Duration.ofSeconds(30));
        CompletableFuture<String> end = new CompletableFuture<>();
        List<String> more = List.of(arguments).subList(2, arguments.length);
        Candidate candidate = new Candidate(
                more.contains(SPARE) ? Candidate.Manner.WAITS : Candidate.Manner.ASKS,
                more.contains(DIES) ? present -> Runtime.getRuntime().halt(9) : WarmUp.NONE,
                () -> say("WAITS"),
                () -> end.complete("LOST"));
        Succession succession = Succession.open(settings, candidate);
        BatchingJournal journal = succession.journal();
        byte[] inherited = journal.inherited().getOrDefault("count", "0".getBytes(UTF_8));
        byte[] twin = journal.inherited().getOrDefault("twin", "0".getBytes(UTF_8));
        say("BEGIN " + succession.beginning() + " " + new String(inherited, UTF_8) + " " + new String(twin, UTF_8));
        succession.serve(new Incumbent() {
            @Override
            public CompletionStage<Void> letGo() {
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void takeBack() {
                say("BACK");
            }

            @Override
            public void done() {
                end.complete("DONE");
            }
        });
        int count = Integer.parseInt(new String(inherited, UTF_8));
        while (!end.isDone()) {
            count++;
            byte[] value = Integer.toString(count).getBytes(UTF_8);
            CompletableFuture<Void> kept = new CompletableFuture<>();
            journal.change(() -> {
                journal.put("count", () -> value);
                journal.put("twin", () -> value);
                journal.whenKept(() -> kept.complete(null));
            });
            CompletableFuture.anyOf(kept, end).get(60, TimeUnit.SECONDS);
            if (kept.isDone() && journal.owned()) {
                say("KEPT " + count);
            }
        }
        say(end.get());
    }

    private static synchronized void say(String words) {
        System.out.println(words);
    }
}
