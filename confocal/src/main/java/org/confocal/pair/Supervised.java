package org.confocal.pair;

import java.util.Map;
import java.util.Optional;

/** A process that a pair's supervisor has started leaves, as at SIGTERM, when the supervisor is gone: nobody would end it. */
public final class Supervised {
    static final String VARIABLE = "CONFOCAL_PAIR";
    private static final int AS_AT_SIGTERM = 143;

    private Supervised() {}

    /** Does nothing in a process that no supervisor has started. */
    public static void leaveWithSupervisor(Map<String, String> environment) {
        String supervisor = environment.getOrDefault(VARIABLE, "");
        if (supervisor.isEmpty()) {
            return;
        }
        Optional<ProcessHandle> parent = ProcessHandle.current().parent();
        if (parent.isPresent() && supervisor.equals(Long.toString(parent.get().pid()))) {
            var unused = parent.get().onExit().thenRun(Supervised::leave);
        } else {
            leave();
        }
    }

    private static void leave() {
        // Hooks run in it, and the thread that has found out is not ours.
        Thread.ofPlatform().name("no-supervisor").start(() -> System.exit(AS_AT_SIGTERM));
    }
}
