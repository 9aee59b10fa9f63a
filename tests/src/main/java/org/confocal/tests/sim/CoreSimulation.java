package org.confocal.tests.sim;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.ConferenceState;
import org.confocal.focus.conference.Machine;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.runtime.LooseEnd;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code ./dev sim core}: runs the core under faults, a world a seed, and says which seed broke what.
 *
 * <p>Options: {@code --seed N} one seed, with its history; {@code --seeds N} so many (default 100); {@code --first-seed N}
 * (default 1); {@code --json} one JSON object last on stdout. Exit code 0 without violations, 1 with, 2 for a wrong option.
 */
public final class CoreSimulation {
    private static final int MAX_REPORTED = 10;
    /** Of a single seed the whole story is told. */
    private static final int REMEMBERED_OF_ONE = 100_000;

    private static final int REMEMBERED_OF_MANY = 60;

    private final Sabotage sabotage;
    private final PrintStream out;

    /** Of the focus as it is in production. */
    public CoreSimulation(PrintStream out) {
        this(Sabotage.NONE, out);
    }

    CoreSimulation(Sabotage sabotage, PrintStream out) {
        this.sabotage = sabotage;
        this.out = out;
    }

    /**
     * What is broken on purpose.
     *
     * @param machine makes of the real machine the one that is put to the test
     * @param setting makes of a seed's setting the one that is used
     * @param journal makes of each process' journal the one that it uses
     * @param takenUp what of that which was under way another process takes up
     */
    record Sabotage(
            UnaryOperator<Machine<ConferenceState, ConferenceInput>> machine,
            UnaryOperator<SimSetting> setting,
            UnaryOperator<Journal> journal,
            Predicate<LooseEnd> takenUp) {
        static final Sabotage NONE = new Sabotage(UnaryOperator.identity(), UnaryOperator.identity());

        Sabotage(UnaryOperator<Machine<ConferenceState, ConferenceInput>> machine, UnaryOperator<SimSetting> setting) {
            this(machine, setting, UnaryOperator.identity(), end -> true);
        }

        static Sabotage keeping(UnaryOperator<Journal> journal) {
            return new Sabotage(UnaryOperator.identity(), UnaryOperator.identity(), journal, end -> true);
        }

        static Sabotage takingUp(Predicate<LooseEnd> takenUp) {
            return new Sabotage(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity(), takenUp);
        }
    }

    /**
     * What many runs gave.
     *
     * @param relays that bridges had, and were right to have, when the storms were over
     * @param violations a sentence for each seed that broke something
     */
    public record Result(
            long firstSeed,
            int seeds,
            long steps,
            int conferences,
            int participants,
            int relays,
            Map<Fault, Long> faults,
            Map<Long, String> violations) {}

    /** Runs so many seeds, as many at a time as there are processors. */
    public Result run(long firstSeed, int seeds) {
        return Silence.during(() -> runAll(firstSeed, seeds));
    }

    private Result runAll(long firstSeed, int seeds) {
        // Each seed is a world of its own; what is reported is in the order of the seeds all the same.
        List<Run> runs = LongStream.range(firstSeed, firstSeed + seeds)
                .parallel()
                .mapToObj(seed -> world(seed, seeds == 1 ? REMEMBERED_OF_ONE : REMEMBERED_OF_MANY))
                .toList();
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        Map<Long, String> violations = new LinkedHashMap<>();
        for (Run run : runs) {
            run.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
            run.broken().ifPresent(broken -> {
                // Whatever the core throws is a violation too: a production actor would end the conference for it.
                violations.put(run.seed(), broken.violation().toString());
                if (violations.size() <= MAX_REPORTED) {
                    report(run, broken);
                }
            });
        }
        return new Result(
                firstSeed,
                seeds,
                runs.stream().mapToLong(Run::steps).sum(),
                runs.stream().mapToInt(Run::conferences).sum(),
                runs.stream().mapToInt(Run::participants).sum(),
                runs.stream().mapToInt(Run::relays).sum(),
                faults,
                violations);
    }

    /** What one seed gave. */
    private record Run(
            long seed,
            long steps,
            int conferences,
            int participants,
            int relays,
            Map<Fault, Long> faults,
            Optional<Broken> broken) {}

    /** What went wrong, and the last lines before it. */
    private record Broken(RuntimeException violation, List<String> history) {}

    private Run world(long seed, int remembered) {
        SimSetting setting = sabotage.setting().apply(SimSetting.of(seed));
        CoreWorld world =
                new CoreWorld(seed, setting, sabotage.machine().apply(setting.machine()), sabotage, remembered);
        Optional<Broken> broken = Optional.empty();
        try {
            world.run();
        } catch (RuntimeException violation) {
            broken = Optional.of(new Broken(violation, world.history()));
        }
        return new Run(
                seed, world.steps(), world.conferences(), world.participants(), world.relays(), world.faults(), broken);
    }

    private void report(Run run, Broken broken) {
        RuntimeException violation = broken.violation();
        out.println("seed " + run.seed() + " after " + run.steps() + " steps: " + violation.getMessage());
        broken.history().forEach(line -> out.println("    " + line));
        if (!(violation instanceof Violation)) {
            out.println("    " + violation);
            List<StackTraceElement> frames = List.of(violation.getStackTrace());
            frames.subList(0, Math.min(8, frames.size())).forEach(frame -> out.println("      at " + frame));
        }
        out.println("    replay: ./dev sim core --seed " + run.seed());
    }

    public static void main(String[] args) {
        System.exit(main(args, System.out, System.err));
    }

    static int main(String[] args, PrintStream out, PrintStream err) {
        long firstSeed = 1;
        int seeds = 100;
        boolean json = false;
        try {
            for (int i = 0; i < args.length; i++) {
                switch (args[i]) {
                    case "--seed" -> {
                        firstSeed = Long.parseLong(args[++i]);
                        seeds = 1;
                    }
                    case "--seeds" -> seeds = Integer.parseInt(args[++i]);
                    case "--first-seed" -> firstSeed = Long.parseLong(args[++i]);
                    case "--json" -> json = true;
                    default -> throw new IllegalArgumentException("unknown option " + args[i]);
                }
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException wrong) {
            err.println("sim: " + wrong.getMessage());
            err.println("usage: ./dev sim core [--seed N | --seeds N] [--first-seed N] [--json]");
            return 2;
        }
        long start = System.nanoTime();
        Result result = new CoreSimulation(err).run(firstSeed, seeds);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        out.println(json ? json(result, took) : text(result, took));
        return result.violations().isEmpty() ? 0 : 1;
    }

    private static String json(Result result, Duration took) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("firstSeed", result.firstSeed());
        fields.put("seeds", result.seeds());
        fields.put("conferences", result.conferences());
        fields.put("participants", result.participants());
        fields.put("relays", result.relays());
        fields.put("steps", result.steps());
        fields.put("faults", result.faults());
        fields.put("violations", result.violations().size());
        fields.put("violatingSeeds", new ArrayList<>(result.violations().keySet()));
        fields.put("seconds", took.toMillis() / 1000.0);
        return JsonMapper.builder().build().writeValueAsString(fields);
    }

    private static String text(Result result, Duration took) {
        return "%d seeds from %d: %d conferences, %d participants, %d relays, %d steps, %d faults, %d violations, %.1f s"
                .formatted(
                        result.seeds(),
                        result.firstSeed(),
                        result.conferences(),
                        result.participants(),
                        result.relays(),
                        result.steps(),
                        result.faults().values().stream()
                                .mapToLong(Long::longValue)
                                .sum(),
                        result.violations().size(),
                        took.toMillis() / 1000.0);
    }
}
