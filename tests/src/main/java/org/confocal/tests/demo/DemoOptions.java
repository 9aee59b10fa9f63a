package org.confocal.tests.demo;

import java.util.List;
import java.util.ListIterator;
import java.util.OptionalInt;
import org.confocal.tests.prosody.FocusLogin;

/**
 * The demo's command line.
 *
 * @param httpPort where the focus should listen; another free port where it is taken; handover takes a free one
 * @param handover for that scenario only
 */
public record DemoOptions(
        Scenario scenario,
        Run run,
        Output output,
        FocusLogin mode,
        int rooms,
        int participants,
        long seed,
        int httpPort,
        HandoverOptions handover) {
    static final String USAGE = """
            demo [--once] [--json] [--scenario plain|octo|failures|handover|standby] [--mode component|client]
                 [--rooms N] [--participants N] [--seed N] [--http-port N]
                 [--planned N] [--crashes N] [--no-spare] [--bridge-dies] [--stopped]
              --once          runs every room once, then stops; otherwise people come and go until it is interrupted
              --json          prints what was measured as JSON, last on stdout; otherwise as text
              --scenario      octo: people from three regions over six linked bridges; failures: bridges and Prosody fail
                              under them; handover: the focus is restarted and killed while people come, go and share;
                              standby: the focus' machine is lost to another one, by a Redis that both share; these need --once; default plain
              --mode          how the focus is attached to Prosody; default component
              --rooms         1 to 500; default 20, with octo 10, with handover 100
              --participants  2 to 50 in each room; default 5, with octo 12
              --planned       with handover: 0 to 100 times another process takes over from one that runs; default 10
              --crashes       with handover: 0 to 100 times it is killed and started again 0.2 to 5 s later; default 10
              --no-spare      with handover: no process waits beside the focus; after a crash there is none until it is started
              --bridge-dies   with handover: in the gap of each crash a bridge dies, and comes back later
              --stopped       with handover: instead, it is stopped for 10 s, another takes over, and it is woken up
            """;

    /** What happens to whom. */
    public enum Scenario {
        /** Rooms with people who come, share, mute and go. */
        PLAIN(20, 5),
        /** Rooms over several linked bridges. */
        OCTO(10, 12),
        /** Rooms whose bridges, and whose Prosody, fail. */
        FAILURES(20, 5),
        /** Rooms whose focus is restarted. */
        HANDOVER(100, 5),
        /** Rooms whose focus has another machine that can go on. */
        STANDBY(20, 5);

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
                case HANDOVER, STANDBY -> Layout.THREE_ALIKE;
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
        HandoverOptions handover = HandoverOptions.DEFAULT;
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
                case "--planned" -> handover = handover.withPlanned(number(option, value(option, left), 0, 100));
                case "--crashes" -> handover = handover.withCrashes(number(option, value(option, left), 0, 100));
                case "--no-spare" -> handover = handover.withoutSpare();
                case "--bridge-dies" -> handover = handover.losingBridges();
                case "--stopped" -> handover = handover.stopped(1);
                default -> throw new IllegalArgumentException("unknown option " + option);
            }
        }
        if (scenario != Scenario.PLAIN && run != Run.ONCE) {
            throw new IllegalArgumentException("--scenario octo, failures, handover and standby need --once");
        }
        return new DemoOptions(
                scenario,
                run,
                output,
                mode,
                rooms.orElse(scenario.rooms),
                participants.orElse(scenario.participants),
                seed,
                httpPort,
                handover);
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
            case "handover" -> Scenario.HANDOVER;
            case "standby" -> Scenario.STANDBY;
            default ->
                throw new IllegalArgumentException(
                        "--scenario is plain, octo, failures, handover or standby, not " + text);
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
