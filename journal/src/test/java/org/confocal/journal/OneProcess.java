package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A process of its own with a journal: counts up, and says each number once it is kept, until it is killed or lets go. */
final class OneProcess {
    private OneProcess() {}

    public static void main(String[] arguments) throws Exception {
        SuccessionSettings settings = new SuccessionSettings(
                Path.of(arguments[0]),
                Durability.PROCESS,
                new JournalTuning(Duration.ofMillis(1), Duration.ofSeconds(30), Duration.ofMillis(100)),
                Duration.ofMillis(Long.parseLong(arguments[1])),
                Duration.ofSeconds(30));
        CompletableFuture<String> end = new CompletableFuture<>();
        WarmUp warmUp = arguments.length > 2 ? present -> Runtime.getRuntime().halt(9) : WarmUp.NONE;
        Succession succession = Succession.open(settings, warmUp, () -> end.complete("LOST"));
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
