package org.confocal.tests.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The demo's entry point. Its exit code is 0 where every expectation was met, 1 where one was not or it could not run, 2
 * for a command line that it does not understand.
 */
public final class Demo {
    private static final int CLEAN_UP_SECONDS = 30;

    private Demo() {}

    public static void main(String[] arguments) {
        // Whatever logs to stdout goes to stderr: stdout carries the result and nothing else.
        PrintStream result = System.out;
        System.setOut(System.err);
        Thread main = Thread.currentThread();
        CountDownLatch cleanedUp = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(main, cleanedUp), "stop"));
        int exitCode;
        try {
            exitCode = run(List.of(arguments), result);
        } catch (InterruptedException e) {
            exitCode = 1;
        } finally {
            cleanedUp.countDown();
        }
        System.exit(exitCode);
    }

    /** Ctrl-C and SIGTERM: Prosody and its folder must not stay behind. */
    private static void stop(Thread main, CountDownLatch cleanedUp) {
        main.interrupt();
        try {
            if (!cleanedUp.await(CLEAN_UP_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("The demo did not stop in time; a prosody may be left.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static int run(List<String> arguments, PrintStream result) throws InterruptedException {
        DemoOptions options;
        try {
            options = DemoOptions.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.println(DemoOptions.USAGE);
            return 2;
        }
        if (options.scenario() == DemoOptions.Scenario.HANDOVER || options.scenario() == DemoOptions.Scenario.STANDBY) {
            return inOtherProcesses(options, result);
        }
        try (Deployment deployment = Deployment.start(
                options.scenario().layout(),
                options.mode(),
                new ConfocalUnderTest(),
                options.httpPort(),
                options.seed())) {
            System.err.println("The focus is ready: " + deployment.url("/stats"));
            return switch (options.run()) {
                case ONCE -> once(deployment, options, result);
                case FOR_EVER -> forEver(deployment, options);
            };
        } catch (IOException e) {
            System.err.println("The demo cannot run: " + e.getMessage());
            return 1;
        }
    }

    private static int inOtherProcesses(DemoOptions options, PrintStream result) throws InterruptedException {
        try {
            FocusCommand command = FocusCommand.shipped();
            Report report = options.scenario() == DemoOptions.Scenario.STANDBY
                    ? StandbyRun.once(options, command)
                    : HandoverRun.once(options, command);
            return print(report, options, result);
        } catch (IOException e) {
            System.err.println("The demo cannot run: " + e.getMessage());
            return 1;
        }
    }

    private static int once(Deployment deployment, DemoOptions options, PrintStream result)
            throws InterruptedException {
        Report report = switch (options.scenario()) {
            case PLAIN -> new DemoRun(deployment, options).once();
            case OCTO -> new OctoRun(deployment, options).once();
            case FAILURES -> new FailuresRun(deployment, options).once();
            case HANDOVER, STANDBY -> throw new IllegalArgumentException("that needs a focus in a process of its own");
        };
        return print(report, options, result);
    }

    private static int print(Report report, DemoOptions options, PrintStream result) {
        result.println(
                switch (options.output()) {
                    case JSON -> report.toJson();
                    case TEXT -> report.toText();
                });
        result.flush();
        return report.errors().isEmpty() ? 0 : 1;
    }

    private static int forEver(Deployment deployment, DemoOptions options) {
        new DemoRun(deployment, options).forEver();
        return 0;
    }
}
