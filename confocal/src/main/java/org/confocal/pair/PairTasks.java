package org.confocal.pair;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.confocal.config.JournalSettings;

/** What the command line asks for: {@code --pair} and {@code --reload}. Each ends with an exit code. */
public final class PairTasks {
    /** The start script, as whoever called it named it. */
    public static final String COMMAND = "confocal.command";

    private static final int FAILED = 1;
    private static final int WRONG = 2;
    private static final Duration LEEWAY = Duration.ofSeconds(10);

    private PairTasks() {}

    /**
     * Keeps a pair; only one process where there is no journal, or no spare is wanted.
     *
     * @param script as {@link #COMMAND}, empty where this process was started in another way
     */
    public static int keep(String script, Path file, Optional<JournalSettings> journal, PrintStream err)
            throws InterruptedException {
        if (script.isEmpty()) {
            err.println("--pair needs the start script bin/confocal, which says how the processes are started.");
            return WRONG;
        }
        Command command = new Command(Path.of(script), file);
        Optional<JournalSettings> shared = journal.filter(JournalSettings::spare);
        if (shared.isEmpty()) {
            return alone(command, Waits.USUAL.allEnd(), err);
        }
        Pair pair = new Pair(command, shared.get().directory(), Waits.USUAL);
        Runtime.getRuntime().addShutdownHook(new Thread(pair::close, "shutdown"));
        return pair.keep();
    }

    private static int alone(Command command, Duration ends, PrintStream err) throws InterruptedException {
        Process process;
        try {
            process = command.start(List.of());
        } catch (IOException e) {
            err.println(e.getMessage());
            return FAILED;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, ends), "shutdown"));
        return process.waitFor();
    }

    private static void end(Process process, Duration within) {
        process.destroy();
        try {
            if (!process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks the pair that runs with this journal to go over to a new process, and waits until that is over. */
    public static int reload(Optional<JournalSettings> journal, PrintStream out, PrintStream err) {
        if (journal.isEmpty()) {
            err.println("Without jicofo.journal.path there is no pair: restart the focus.");
            return FAILED;
        }
        Path directory = journal.get().directory();
        try {
            Optional<String> answer =
                    PairSocket.ask(directory, Waits.USUAL.reload().plus(LEEWAY));
            if (answer.isPresent() && answer.get().startsWith("OK ")) {
                out.println("Reloaded: " + answer.get().substring(3));
                return 0;
            }
            err.println("Not reloaded: "
                    + answer.map(words -> words.replaceFirst("^NO ", "")).orElse("the pair does not answer"));
        } catch (IOException e) {
            err.println("Not reloaded: no pair (confocal --pair) listens beside the journal in " + directory + ": "
                    + e.getMessage());
        }
        return FAILED;
    }
}
