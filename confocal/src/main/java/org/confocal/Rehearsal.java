package org.confocal;

import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.SortedMap;
import java.util.function.Supplier;
import org.confocal.config.FocusSettings;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.port.AnswerGateway;
import org.confocal.focus.port.BridgeGateway;
import org.confocal.focus.port.FocusPorts;
import org.confocal.focus.port.ParticipantGateway;
import org.confocal.focus.port.RoomGateway;
import org.confocal.focus.runtime.ConferenceMachineModel;
import org.confocal.focus.runtime.Focus;
import org.confocal.focus.runtime.FocusEnvironment;
import org.confocal.focus.runtime.FocusThreads;

/**
 * Reads what another process' journal says now, in a focus that nobody hears, and throws it away: the classes are loaded and
 * the code is warm when it is done in earnest. What cannot be read now could not be gone on with either.
 */
final class Rehearsal {
    /** Code is warm when it is no longer faster by a quarter than the time before. */
    private static final double STILL_FASTER = 0.75;

    private static final int LEAST = 3;
    private static final int MOST = 8;

    private Rehearsal() {}

    /**
     * Until it goes as fast as it will, as the conferences wait while it is done in earnest.
     *
     * @throws IllegalArgumentException where a conference cannot be read: it is better off where it is
     */
    static void untilWarm(FocusSettings settings, SortedMap<String, byte[]> present) {
        long last = Long.MAX_VALUE;
        for (int i = 0; i < MOST; i++) {
            long begun = System.nanoTime();
            of(settings, present);
            long took = System.nanoTime() - begun;
            if (i >= LEAST && took > last * STILL_FASTER) {
                return;
            }
            last = took;
        }
    }

    /** @throws IllegalArgumentException where a conference cannot be read: it is better off where it is */
    static void of(FocusSettings settings, SortedMap<String, byte[]> present) {
        try (FocusThreads threads = new FocusThreads("rehearsal", 1)) {
            Focus focus = new Focus(
                    Wiring.focusConfig(settings, settings.selection().create()),
                    new ConferenceMachineModel(settings.conference(), settings.cascades()),
                    new FocusPorts(
                            silent(RoomGateway.class),
                            silent(ParticipantGateway.class),
                            silent(BridgeGateway.class),
                            silent(AnswerGateway.class)),
                    new FocusEnvironment(
                            InstantSource.system(),
                            threads.workers(),
                            threads.scheduler(),
                            new SecureRandom(),
                            new Present(present)));
            Focus.Restored restored = focus.restore();
            if (restored.lost() > 0) {
                throw new IllegalArgumentException("%d of %d conferences of the running process cannot be read"
                        .formatted(restored.lost(), restored.lost() + restored.conferences()));
            }
        }
    }

    private static <T> T silent(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> null));
    }

    /** Inherits what is there, and keeps nothing. */
    private record Present(SortedMap<String, byte[]> inherited) implements Journal {
        @Override
        public void change(Runnable change) {
            change.run();
        }

        @Override
        public void put(String key, Supplier<byte[]> value) {
            var unused = value.get();
        }

        @Override
        public void remove(String key) {}

        @Override
        public void whenKept(Runnable then) {}

        @Override
        public boolean owned() {
            return true;
        }
    }
}
