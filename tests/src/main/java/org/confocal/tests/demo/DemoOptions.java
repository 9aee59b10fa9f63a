package org.confocal.tests.demo;

import java.util.List;
import java.util.ListIterator;
import java.util.OptionalInt;
import org.confocal.tests.prosody.FocusLogin;

/**
 * The demo's command line.
 *
 * @param httpPort where the focus should listen; another free port where it is taken
 */
public record DemoOptions(
        Scenario scenario,
        Run run,
        Output output,
        FocusLogin mode,
        int rooms,
        int participants,
        long seed,
        int httpPort) {
    static final String USAGE = """
            demo [--once] [--json] [--scenario plain|octo|failures] [--mode component|client] [--rooms N] [--participants N]
                 [--seed N] [--http-port N]
              --once          runs every room once, then stops; otherwise people come and go until it is interrupted
              --json          prints what was measured as JSON, last on stdout; otherwise as text
              --scenario      octo: people from three regions over six linked bridges; failures: bridges and Prosody fail
                              under them; both need --once; default plain
              --mode          how the focus is attached to Prosody; default component
              --rooms         1 to 500; default 20, with octo 10
              --participants  2 to 50 in each room; default 5, with octo 12
            """;

    /** What happens to whom. */
    public enum Scenario {
        /** Rooms with people who come, share, mute and go. */
        PLAIN(20, 5),
        /** Rooms over several linked bridges. */
        OCTO(10, 12),
        /** Rooms whose bridges, and whose Prosody, fail. */
        FAILURES(20, 5);

        private final int rooms;
        private final int participants;

        Scenario(int rooms, int participants) {
            this.rooms = rooms;
            this.participants = participants;
        }

        Layout layout() {
            return switch (this) {
                case PLAIN -> Layout.PLAIN;
                case OCTO -> Layout.THREE_REGIONS;
                case FAILURES -> Layout.ONE_REGION;
            };
        }
    }

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
        Scenario scenario = Scenario.PLAIN;
        OptionalInt rooms = OptionalInt.empty();
        OptionalInt participants = OptionalInt.empty();
        long seed = 1;
        int httpPort = 8888;
        ListIterator<String> left = arguments.listIterator();
        while (left.hasNext()) {
            String option = left.next();
            switch (option) {
                case "--once" -> run = Run.ONCE;
                case "--json" -> output = Output.JSON;
                case "--mode" -> mode = mode(value(option, left));
                case "--rooms" -> rooms = OptionalInt.of(number(option, value(option, left), 1, 500));
                case "--participants" -> participants = OptionalInt.of(number(option, value(option, left), 2, 50));
                case "--scenario" -> scenario = scenario(value(option, left));
                case "--seed" -> seed = number(option, value(option, left), 0, Integer.MAX_VALUE);
                case "--http-port" -> httpPort = number(option, value(option, left), 1, 65_535);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (scenario != Scenario.PLAIN && run != Run.ONCE) {
            throw new IllegalArgumentException("--scenario octo and --scenario failures need --once");
        }
        return new DemoOptions(
                scenario,
                run,
                output,
                mode,
                rooms.orElse(scenario.rooms),
                participants.orElse(scenario.participants),
                seed,
                httpPort);
    }

    private static String value(String option, ListIterator<String> left) {
        if (!left.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return left.next();
    }

    private static Scenario scenario(String text) {
        return switch (text) {
            case "plain" -> Scenario.PLAIN;
            case "octo" -> Scenario.OCTO;
            case "failures" -> Scenario.FAILURES;
            default -> throw new IllegalArgumentException("--scenario is plain, octo or failures, not " + text);
        };
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
