package org.confocal.focus.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.confocal.focus.runtime.Inputs.fact;
import static org.confocal.focus.runtime.Inputs.jingle;
import static org.confocal.focus.runtime.Inputs.request;
import static org.confocal.focus.runtime.Inputs.room;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.confocal.focus.conference.ConferenceInput;
import org.confocal.focus.conference.Effect;
import org.confocal.focus.conference.EndReason;
import org.confocal.focus.conference.TimerKey;
import org.confocal.focus.config.BridgeCareConfig;
import org.confocal.focus.config.ConferenceConfig;
import org.confocal.focus.port.FocusInbox.ConnectionState;
import org.confocal.focus.view.FocusSnapshot;
import org.confocal.strategy.FleetConfig;
import org.confocal.strategy.PlacementPolicy;
import org.confocal.strategy.RoomId;
import org.confocal.strategy.SelectionConfig;
import org.confocal.strategy.choice.SingleBridgeSelectionStrategy;
import org.junit.jupiter.api.Test;

/** A focus on real threads. */
class FocusThreadsTest {
    private static final int PRODUCERS = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void afterAHaltNothingBeginsAndWhoHandsSomethingInIsNotRefused() throws Exception {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (FocusThreads threads = new FocusThreads("test", 1)) {
            threads.workers().execute(() -> {
                busy.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            busy.await();
            threads.workers().execute(begun::incrementAndGet);

            threads.halt();
            threads.workers().execute(begun::incrementAndGet);
            Future<?> timer = threads.scheduler().schedule(begun::incrementAndGet, 0, TimeUnit.NANOSECONDS);

            release.countDown();
            assertThat(threads.workers().awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(timer.isDone()).isFalse();
        }
        assertThat(begun).hasValue(0);
    }

    @Test
    void hundredThousandInputsFromEightThreadsKeepTheirOrderInEachConference() throws Exception {
        int rooms = 5;
        int each = 100_000 / PRODUCERS;
        Map<RoomId, List<ConferenceInput.OfferAnswered>> seen = new ConcurrentHashMap<>();
        Map<RoomId, AtomicInteger> inside = new ConcurrentHashMap<>();
        AtomicInteger overlaps = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(PRODUCERS * each);
        ModelFake model = new ModelFake((state, input) -> {
            AtomicInteger here = inside.computeIfAbsent(state.room(), r -> new AtomicInteger());
            if (here.incrementAndGet() != 1) {
                overlaps.incrementAndGet();
            }
            if (input instanceof ConferenceInput.OfferAnswered fact) {
                // A plain list on purpose: only right if the conference is serial.
                seen.computeIfAbsent(state.room(), r -> new ArrayList<>()).add(fact);
                done.countDown();
            }
            here.decrementAndGet();
            return ModelFake.plain(state, input);
        });
        try (FocusThreads threads = new FocusThreads("test", 4);
                ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS)) {
            Focus focus = focus(model, new PortsFake(), threads, 200_000);
            for (int r = 0; r < rooms; r++) {
                focus.requested(request("room" + r, "r"));
            }
            CyclicBarrier together = new CyclicBarrier(PRODUCERS);
            List<Future<?>> told = new ArrayList<>();
            for (int p = 0; p < PRODUCERS; p++) {
                String nick = "p" + p;
                told.add(producers.submit(() -> {
                    together.await(10, TimeUnit.SECONDS);
                    for (int n = 0; n < each; n++) {
                        focus.happened(room("room" + n % rooms), fact(nick, n));
                    }
                    return null;
                }));
            }
            for (Future<?> future : told) {
                future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            assertThat(done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
            assertThat(focus.stop(PATIENCE)).isZero();
            assertThat(focus.snapshot().inputsDropped()).isZero();
        }
        assertThat(overlaps).hasValue(0);
        assertThat(seen.values().stream().mapToInt(List::size).sum()).isEqualTo(PRODUCERS * each);
        seen.values().forEach(inputs -> {
            for (int p = 0; p < PRODUCERS; p++) {
                String nick = "p" + p;
                assertThat(inputs.stream()
                                .filter(input -> input.id().value().equals(nick))
                                .map(Inputs::number))
                        .isSorted()
                        .doesNotHaveDuplicates();
            }
        });
    }

    @Test
    void everyIqIsAnsweredExactlyOnceWhileConferencesEndUnderIt() throws Exception {
        int each = 5_000;
        PortsFake ports = new PortsFake();
        // The first IQ after 40 inputs ends the conference, or breaks it.
        ModelFake model = new ModelFake((state, input) -> {
            if (!(input instanceof ConferenceInput.JingleReceived jingle) || state.inputs() < 40) {
                return ModelFake.plain(state, input);
            }
            if (state.seed() % 2 == 0) {
                throw new IllegalStateException("a broken invariant");
            }
            return List.of(
                    new Effect.Acknowledge(jingle.stanza()),
                    new Effect.StartTimer(new TimerKey.Start(), Duration.ofHours(1)),
                    new Effect.End(EndReason.EVERYBODY_LEFT));
        });
        AtomicInteger asked = new AtomicInteger();
        try (FocusThreads threads = new FocusThreads("test", 4);
                ExecutorService producers = Executors.newFixedThreadPool(PRODUCERS)) {
            Focus focus = focus(model, ports, threads, 50);
            Instant deadline = Instant.now().plus(PATIENCE);
            // How many conferences there are depends on how fast the workers get along: until one ended, and one broke.
            for (int round = 0;
                    round == 0 || !(endedAndBroke(ports) || Instant.now().isAfter(deadline));
                    round++) {
                List<Future<?>> told = new ArrayList<>();
                for (int p = 0; p < PRODUCERS; p++) {
                    String prefix = "r%dp%d-".formatted(round, p);
                    told.add(producers.submit(() -> {
                        for (int n = 0; n < each; n++) {
                            if (n % 10 == 0) {
                                focus.requested(request("standup", prefix + n));
                                asked.incrementAndGet();
                            } else if (focus.happened(room("standup"), jingle(prefix + n))) {
                                asked.incrementAndGet();
                            }
                        }
                    }));
                }
                for (Future<?> future : told) {
                    future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                }
            }
            assertThat(focus.stop(PATIENCE)).isZero();
            FocusSnapshot after = focus.snapshot();
            assertThat(after.timers()).isZero();
            assertThat(after.conferences()).isEmpty();
        }
        List<String> answered = ports.calls.stream()
                .filter(call ->
                        call.startsWith("acknowledge") || call.startsWith("refuse") || call.startsWith("answer"))
                .map(call -> call.split(" ", 3)[1])
                .toList();
        assertThat(answered).doesNotHaveDuplicates().hasSize(asked.get());
        assertThat(endedAndBroke(ports)).isTrue();
    }

    private static boolean endedAndBroke(PortsFake ports) {
        return !ports.calls("acknowledge").isEmpty()
                && ports.calls("refuse").stream().anyMatch(call -> call.endsWith("internal-server-error"));
    }

    @Test
    void twoFocusesOfDifferentConfigurationLiveInOneProcess() throws Exception {
        PortsFake firstPorts = new PortsFake();
        PortsFake secondPorts = new PortsFake();
        try (FocusThreads firstThreads = new FocusThreads("first", 2);
                FocusThreads secondThreads = new FocusThreads("second", 2)) {
            Focus first = focus(new ModelFake(), firstPorts, firstThreads, 100);
            CountDownLatch stepped = new CountDownLatch(1);
            ModelFake silent = new ModelFake((state, input) -> {
                stepped.countDown();
                return input instanceof ConferenceInput.Stop ? ModelFake.plain(state, input) : List.of();
            });
            Focus second = focus(silent, secondPorts, secondThreads, 200);
            first.requested(request("standup", "1"));
            second.requested(request("standup", "2"));
            assertThat(stepped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();

            assertThat(first.stop(PATIENCE)).isZero();
            assertThat(firstPorts.calls).containsExactly("join standup", "answer 1 ready=true", "leave standup");
            assertThat(second.snapshot().conferences())
                    .as("the other one lives on")
                    .hasSize(1);
            assertThat(second.snapshot().conferencesCreated()).isOne();
            assertThat(second.stop(PATIENCE)).isZero();
            assertThat(secondPorts.calls).containsExactly("leave standup", "answer 2 ready=false");
        }
    }

    @Test
    void brokenConferenceLeavesTheOthersAlone() throws Exception {
        PortsFake ports = new PortsFake();
        ModelFake model = new ModelFake((state, input) -> {
            if (state.room().local().equals("bad") && input instanceof ConferenceInput.JingleReceived) {
                throw new IllegalStateException("a broken invariant");
            }
            return ModelFake.plain(state, input);
        });
        try (FocusThreads threads = new FocusThreads("test", 2)) {
            Focus focus = focus(model, ports, threads, 100);
            focus.requested(request("bad", "1"));
            focus.requested(request("good", "2"));
            for (int n = 0; n < 20; n++) {
                focus.happened(room("bad"), jingle("bad-" + n));
                focus.happened(room("good"), jingle("good-" + n));
            }
            assertThat(focus.stop(PATIENCE)).isZero();
        }
        assertThat(ports.calls("acknowledge good-")).hasSize(20);
        assertThat(ports.calls("acknowledge bad-")).isEmpty();
        assertThat(ports.calls("refuse bad-0")).containsExactly("refuse bad-0 internal-server-error");
    }

    @Test
    void threadsEndWithTheirFocus() {
        FocusThreads threads = new FocusThreads("short-lived", 2);
        threads.workers().execute(() -> {});
        Future<?> never = threads.scheduler().schedule(() -> {}, 1, TimeUnit.HOURS);
        threads.close();
        assertThat(never.isDone()).isFalse();
        assertThat(threads.workers().isTerminated()).isTrue();
        assertThat(threads.scheduler().isTerminated()).isTrue();
        // An executor counts as terminated a moment before its last thread is gone.
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("short-lived")));
    }

    private static Focus focus(ModelFake model, PortsFake ports, FocusThreads threads, int mailbox) {
        FocusConfig config = new FocusConfig(
                ConferenceConfig.DEFAULTS,
                Optional.empty(),
                FleetConfig.DEFAULTS,
                SelectionConfig.DEFAULTS,
                new SingleBridgeSelectionStrategy(),
                PlacementPolicy.ALLOW_ALL,
                BridgeCareConfig.DEFAULTS,
                new FocusLimits(100, mailbox, 10, Duration.ofSeconds(15), 100, 10));
        Focus focus = new Focus(
                config,
                model,
                ports.ports(),
                new FocusEnvironment(
                        InstantSource.system(), threads.workers(), threads.scheduler(), new SplittableRandom(42)));
        focus.connection(ConnectionState.CONNECTED);
        return focus;
    }
}
