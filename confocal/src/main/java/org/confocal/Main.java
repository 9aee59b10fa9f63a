package org.confocal;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.confocal.config.FocusSettings;
import org.confocal.config.LoadedSettings;
import org.confocal.config.SettingsException;
import org.confocal.config.SettingsLoader;
import org.confocal.journal.Superseded;
import org.confocal.pair.PairTasks;
import org.confocal.pair.Supervised;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/**
 * {@code confocal [--check | --spare | --pair | --reload] [FILE]}. {@code --spare} waits until the focus that runs with this
 * configuration has ended; {@code --pair} keeps two processes of which one acts; {@code --reload} asks such a pair to go over to a new one.
 *
 * <p>Exit codes: 0 after {@code --check} of a good configuration or an orderly end; 1 where the HTTP address cannot be
 * listened on, or another machine goes on in the place of this one; 2 for a wrong command line or configuration; 128 + n when ended by signal n, 143 for SIGTERM, as Jicofo.
 */
public final class Main {
    private static final int CANNOT_START = 1;
    private static final int WRONG = 2;
    private static final String USAGE = "usage: confocal [--check | --spare | --pair | --reload] [FILE]";
    private static final String JICOFO_FILE = "/etc/jitsi/jicofo/jicofo.conf";

    private Main() {}

    /** What the command line asks for. */
    private record Order(Task task, Path file) {}

    private enum Task {
        RUN,
        CHECK,
        SPARE,
        PAIR,
        RELOAD;

        static Optional<Task> of(String word) {
            return switch (word) {
                case "--check" -> Optional.of(CHECK);
                case "--spare" -> Optional.of(SPARE);
                case "--pair" -> Optional.of(PAIR);
                case "--reload" -> Optional.of(RELOAD);
                default -> Optional.empty();
            };
        }
    }

    public static void main(String[] args) {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Optional<Order> order = order(args, System.getProperties(), System.getenv());
        if (order.isEmpty()) {
            System.err.println(USAGE);
            System.exit(WRONG);
            return;
        }
        Path file = order.get().file();
        switch (order.get().task()) {
            case RUN -> run(file, Confocal::start);
            case SPARE -> run(file, Confocal::startAsSpare);
            case CHECK -> System.exit(check(file, System.getProperties(), System.out, System.err));
            case PAIR -> pair(file);
            case RELOAD -> System.exit(reload(file, System.getProperties(), System.out, System.err));
        }
    }

    /** The file on the command line, else Jicofo's {@code -Dconfig.file}, else CONFOCAL_CONFIG, else Jicofo's place. */
    private static Optional<Order> order(String[] args, Properties properties, Map<String, String> environment) {
        Optional<Task> task = args.length > 0 ? Task.of(args[0]) : Optional.empty();
        int files = args.length - (task.isPresent() ? 1 : 0);
        if (files > 1 || (files == 1 && args[args.length - 1].startsWith("-"))) {
            return Optional.empty();
        }
        String file = files == 1
                ? args[args.length - 1]
                : properties.getProperty("config.file", environment.getOrDefault("CONFOCAL_CONFIG", JICOFO_FILE));
        return Optional.of(new Order(task.orElse(Task.RUN), Path.of(file)));
    }

    static int check(Path file, Properties properties, PrintStream out, PrintStream err) {
        try {
            LoadedSettings loaded = new SettingsLoader(properties).load(file);
            loaded.warnings().forEach(warning -> err.println("warning: " + warning));
            out.print(loaded.effective());
            return 0;
        } catch (SettingsException wrong) {
            err.println(wrong.getMessage());
            return WRONG;
        }
    }

    private static void pair(Path file) {
        Logger log = LoggerFactory.getLogger(Main.class);
        try {
            LoadedSettings loaded = new SettingsLoader(System.getProperties()).load(file);
            String script = System.getProperty(PairTasks.COMMAND, "");
            System.exit(PairTasks.keep(script, file, loaded.settings().journal(), System.err));
        } catch (SettingsException wrong) {
            wrong.getMessage().lines().forEach(log::error);
            System.exit(WRONG);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    static int reload(Path file, Properties properties, PrintStream out, PrintStream err) {
        try {
            LoadedSettings loaded = new SettingsLoader(properties).load(file);
            return PairTasks.reload(loaded.settings().journal(), out, err);
        } catch (SettingsException wrong) {
            err.println(wrong.getMessage());
            return WRONG;
        }
    }

    /** How a focus is started. */
    @FunctionalInterface
    private interface Start {
        Confocal with(FocusSettings settings) throws IOException;
    }

    private static void run(Path file, Start start) {
        Logger log = LoggerFactory.getLogger(Main.class);
        Supervised.leaveWithSupervisor(System.getenv());
        try {
            LoadedSettings loaded = new SettingsLoader(System.getProperties()).load(file);
            loaded.warnings().forEach(log::warn);
            Confocal confocal = start.with(loaded.settings());
            Runtime.getRuntime().addShutdownHook(new Thread(confocal::leave, "shutdown"));
            confocal.awaitStop();
            if (confocal.isLostToAnotherMachine()) {
                log.warn("Another machine acts. Started again, this one waits as a standby.");
                System.exit(CANNOT_START);
            }
        } catch (Superseded next) {
            log.info(next.getMessage());
        } catch (SettingsException wrong) {
            wrong.getMessage().lines().forEach(log::error);
            System.exit(WRONG);
        } catch (IllegalArgumentException wrong) {
            log.error(wrong.getMessage());
            System.exit(WRONG);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (IOException cannotListen) {
            log.error(cannotListen.getMessage());
            System.exit(CANNOT_START);
        }
    }
}
