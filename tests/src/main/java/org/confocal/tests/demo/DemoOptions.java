package org.confocal.tests.demo;

import java.util.List;
import java.util.ListIterator;
import org.confocal.tests.prosody.FocusLogin;

/**
 * The demo's command line.
 *
 * @param httpPort where the focus should listen; another free port where it is taken
 */
public record DemoOptions(
        Run run, Output output, FocusLogin mode, int rooms, int participants, long seed, int httpPort) {
    static final String USAGE = """
            demo [--once] [--json] [--mode component|client] [--rooms N] [--participants N] [--seed N] [--http-port N]
              --once          runs every room once, then stops; otherwise people come and go until it is interrupted
              --json          prints what was measured as JSON, last on stdout; otherwise as text
              --mode          how the focus is attached to Prosody; default component
              --rooms         1 to 500; default 20
              --participants  2 to 50 in each room; default 5
            """;

    /** Whether it ends by itself. */
    public enum Run {
        ONCE,
        FOR_EVER
    }

    /** What goes to stdout in the end. */
    public enum Output {
        JSON,
        TEXT
    }

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException where it is not understood, with a sentence
     */
    public static DemoOptions parse(List<String> arguments) {
        Run run = Run.FOR_EVER;
        Output output = Output.TEXT;
        FocusLogin mode = FocusLogin.COMPONENT;
        int rooms = 20;
        int participants = 5;
        long seed = 1;
        int httpPort = 8888;
        ListIterator<String> left = arguments.listIterator();
        while (left.hasNext()) {
            String option = left.next();
            switch (option) {
                case "--once" -> run = Run.ONCE;
                case "--json" -> output = Output.JSON;
                case "--mode" -> mode = mode(value(option, left));
                case "--rooms" -> rooms = number(option, value(option, left), 1, 500);
                case "--participants" -> participants = number(option, value(option, left), 2, 50);
                case "--seed" -> seed = number(option, value(option, left), 0, Integer.MAX_VALUE);
                case "--http-port" -> httpPort = number(option, value(option, left), 1, 65_535);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        return new DemoOptions(run, output, mode, rooms, participants, seed, httpPort);
    }

    private static String value(String option, ListIterator<String> left) {
        if (!left.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.next();
    }

    private static FocusLogin mode(String text) {
        return switch (text) {
            case "component" -> FocusLogin.COMPONENT;
            case "client" -> FocusLogin.CLIENT;
            default -> throw new IllegalArgumentException("--mode is component or client, not " + text);
        };
    }

    private static int number(String option, String text, int least, int most) {
        try {
            int value = Integer.parseInt(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with the range.
        }
        throw new IllegalArgumentException(option + " is a number from " + least + " to " + most + ", not " + text);
    }
}
