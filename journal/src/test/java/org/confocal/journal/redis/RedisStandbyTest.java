package org.confocal.journal.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.confocal.journal.redis.Machines.key;
import static org.confocal.journal.redis.Machines.value;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confocal.journal.Beginning;
import org.confocal.journal.redis.Machines.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One machine acts, others wait, on a real Redis. */
class RedisStandbyTest {
    private static final Duration SHORT = Duration.ofSeconds(3);
    /** Longer than the tests' patience, together with what is waited for. */
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Machines machines;

    RedisStandbyTest(@TempDir Path folder) {
        machines = new Machines(folder);
    }

    @AfterEach
    void end() {
        machines.close();
    }

    private Machine acting(RedisProcess redis, String name, Duration lease) {
        Machines.knows(redis, name);
        Machine machine = machines.machine(redis, name, lease);
        machine.taken();
        return machine;
    }

    private static MemoryStore keep(Machine machine, Map<String, String> records) throws IOException {
        MemoryStore file = new MemoryStore();
        Map<String, byte[]> bytes = new TreeMap<>();
        records.forEach((key, text) -> bytes.put(key, value(text).orElseThrow()));
        machine.taken().replica().store(file).rewrite(bytes);
        await().atMost(RedisProcess.PATIENCE)
                .until(() -> machine.taken().replica().meters().there());
        return file;
    }

    @Test
    void aRedisThatNobodyHasUsedIsTakenAfterAWhile() {
        try (RedisProcess redis = new RedisProcess()) {
            Taken taken = machines.machine(redis, "one", Duration.ofMillis(300)).taken();

            assertThat(taken.from()).isEqualTo(Taken.From.NOBODY);
            assertThat(taken.records()).isEmpty();
            assertThat(taken.lease().owned()).isTrue();
            assertThat(redis.cli("GET", key("lease")))
                    .isEqualTo(taken.lease().claim().owner());
        }
    }

    @Test
    void whoWaitsGoesOnWithTheRecordsWhenTheHolderIsNotHeardOfAnyMore() throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", SHORT);
            keep(one, Map.of("a", "1", "b", "2"));
            Machine two = machines.machine(redis, "two", SHORT);
            await().atMost(RedisProcess.PATIENCE).until(() -> !two.rehearsed().isEmpty());
            assertThat(two.acts()).isFalse();

            one.end();

            Taken taken = two.taken();
            assertThat(Machines.text(taken.records())).isEqualTo(Map.of("a", "1", "b", "2"));
            assertThat(taken.from()).isEqualTo(Taken.From.ANOTHER_MACHINE);
            assertThat(taken.lease().claim().epoch())
                    .isGreaterThan(one.lease().claim().epoch());
            assertThat(Machines.text(two.rehearsed().getFirst())).isEqualTo(Map.of("a", "1", "b", "2"));
        }
    }

    @Test
    void nobodyTakesALeaseThatIsRenewed() {
        try (RedisProcess redis = new RedisProcess()) {
            Duration lease = SHORT;
            Machine one = acting(redis, "one", lease);
            Machine two = machines.machine(redis, "two", lease);
            long began = System.nanoTime();
            while (System.nanoTime() - began < 2 * lease.toNanos()) {
                assertThat(one.lease().nextAnswer().toCompletableFuture().join())
                        .isTrue();
            }
            assertThat(two.acts()).isFalse();
            assertThat(one.lease().confirmed()).isTrue();
        }
    }

    @Test
    void aLeaseThatIsGivenAwayIsTakenAtOnce() throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", LONG);
            keep(one, Map.of("a", "1"));
            Machine two = machines.machine(redis, "two", LONG);
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("Waits for the lease of one/") > 0);

            one.lease().release().toCompletableFuture().join();

            assertThat(one.lease().owned()).isFalse();
            assertThat(Machines.text(two.taken().records())).isEqualTo(Map.of("a", "1"));
            assertThat(one.losses()).isZero();
        }
    }

    @Test
    void ofTwoThatWaitOneActs() {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", LONG);
            List<Machine> waiting =
                    List.of(machines.machine(redis, "two", LONG), machines.machine(redis, "three", LONG));
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("Waits for the lease of one/") == 2);

            one.lease().release().toCompletableFuture().join();
            await().atMost(RedisProcess.PATIENCE).until(() -> waiting.stream().anyMatch(Machine::acts));

            Machine next = waiting.stream().filter(Machine::acts).findFirst().orElseThrow();
            Machine last =
                    waiting.stream().filter(other -> other != next).findFirst().orElseThrow();
            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> machines.said("Waits for the lease of "
                                    + next.lease().claim().owner())
                            == 1);
            assertThat(last.acts()).isFalse();
            next.lease().release().toCompletableFuture().join();
            assertThat(last.lease().claim().epoch())
                    .isGreaterThan(next.lease().claim().epoch());
        }
    }

    @Test
    void aSuccessorOnTheSameMachineDoesNotWaitAndTheOneBeforeIsFenced() {
        try (RedisProcess redis = new RedisProcess()) {
            Machine before = acting(redis, "one", LONG);
            Machine after = machines.machine(redis, "one", LONG);

            assertThat(after.taken().from()).isEqualTo(Taken.From.THIS_MACHINE);
            before.lease().nextAnswer();
            await().atMost(RedisProcess.PATIENCE).until(() -> before.losses() == 1);
            assertThat(before.lease().owned()).isFalse();
            assertThat(after.lease().owned()).isTrue();
        }
    }

    @Test
    void whoFindsAnotherClaimIsFencedForEver() {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", SHORT);
            redis.cli("HSET", key("meta"), "holder", "two/x", "epoch", "9999999999");

            await().atMost(RedisProcess.PATIENCE).until(() -> one.losses() == 1);
            redis.cli("FLUSHALL");
            assertThat(one.lease().owned()).isFalse();
            assertThat(one.lease().mayConnect(StreamEnd.LOST)).isFalse();
            assertThat(one.lease().nextAnswer().toCompletableFuture().join()).isFalse();
            assertThat(one.losses()).isEqualTo(1);
        }
    }

    @Test
    void aRedisThatComesBackEmptyIsTheHoldersAgain() throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", SHORT);
            keep(one, Map.of("a", "1"));
            Machine two = machines.machine(redis, "two", SHORT);
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("Waits for the lease of one/") > 0);

            redis.kill();
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("does not confirm the lease") > 0);
            assertThat(one.lease().owned()).isTrue();
            assertThat(two.acts()).isFalse();
            redis.startAgain();

            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> Machines.inRedis(redis).equals(Map.of("a", "1")));
            await().atMost(RedisProcess.PATIENCE).until(() -> one.lease().confirmed());
            assertThat(two.acts()).isFalse();
            assertThat(machines.said("had forgotten who acts")).isEqualTo(1);
            assertThat(machines.said("This focus does not act before")).isPositive();
        }
    }

    @Test
    void aRedisThatHangsForLongerThanTheLeaseMakesNobodyTakeOver() {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", SHORT);
            Machine two = machines.machine(redis, "two", SHORT);
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("Waits for the lease of one/") > 0);

            redis.hang();
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("does not confirm the lease") > 0);
            assertThat(one.lease().mayConnect(StreamEnd.LOST)).isTrue();
            assertThat(one.lease().mayConnect(StreamEnd.REPLACED)).isFalse();
            redis.goOn();

            await().atMost(RedisProcess.PATIENCE).until(() -> one.lease().mayConnect(StreamEnd.REPLACED));
            assertThat(two.acts()).isFalse();
            assertThat(one.losses()).isZero();
            assertThat(machines.said("this is still the holder")).isPositive();
        }
    }

    @Test
    void whoStartsWhileRedisIsAwayWaitsForItAndSaysSoOnce() {
        try (RedisProcess redis = new RedisProcess()) {
            redis.kill();
            Machine one = machines.machine(redis, "one", Duration.ofMillis(300));
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("Connection refused") == 1);
            assertThat(one.acts()).isFalse();
            redis.startAgain();
            assertThat(one.taken().from()).isEqualTo(Taken.From.NOBODY);
            assertThat(machines.said("does not answer")).isEqualTo(1);
        }
    }

    @Test
    void theMachineThatActedLastGoesOnWhileRedisIsAway() {
        try (RedisProcess redis = new RedisProcess()) {
            Machine before = acting(redis, "one", SHORT);
            Claim claim = before.lease().claim();
            redis.kill();
            before.end();

            Machine after = machines.machine(redis.uri(), "one", SHORT, Optional.of(claim));
            assertThat(after.taken().from()).isEqualTo(Taken.From.THIS_MACHINE);
            assertThat(after.lease().mayConnect(StreamEnd.LOST)).isTrue();
            assertThat(after.lease().mayConnect(StreamEnd.REPLACED)).isFalse();

            redis.startAgain();
            await().atMost(RedisProcess.PATIENCE).until(() -> after.lease().confirmed());
            assertThat(redis.cli("HGET", key("meta"), "epoch")).isEqualTo(Long.toString(claim.epoch()));
        }
    }

    @Test
    void aWrongPasswordIsSaidInASentenceAndTheRightOneWorks() {
        try (RedisProcess redis = new RedisProcess("a b/c")) {
            String place = "@127.0.0.1:" + redis.port();
            machines.machine("redis://:wrong" + place, "one", SHORT, Optional.empty());
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("WRONGPASS") == 1);
            machines.machine("redis://127.0.0.1:" + redis.port(), "three", SHORT, Optional.empty());
            await().atMost(RedisProcess.PATIENCE).until(() -> machines.said("NOAUTH") == 1);

            Duration lease = Duration.ofMillis(300);
            assertThat(machines.machine("redis://:a%20b%2Fc" + place, "two", lease, Optional.empty())
                            .lease()
                            .owned())
                    .isTrue();
        }
    }

    /** The commands are those that docs/operations.md names. */
    @Test
    void aUserWithFewRightsIsEnough() throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            String rights = "+eval +hset +hgetall +pexpire +unlink +@connection"
                    + " +type +hmget +get +set +pttl +time +hdel +hlen +del +rename +persist";
            String[] user = ("ACL SETUSER focus on >secret ~confocal:* " + rights).split(" ");
            assertThat(redis.cli(user)).isEqualTo("OK");
            String uri = "redis://focus:secret@127.0.0.1:" + redis.port();
            Machine one = machines.machine(uri, "one", Duration.ofMillis(300), Optional.empty());
            keep(one, Map.of("a", "1"));
            one.taken().replica().store(new MemoryStore()).write(Map.of("b", value("3"), "a", Optional.empty()));
            one.lease().release().toCompletableFuture().join();

            Machine two = machines.machine(uri, "two", Duration.ofMillis(300), Optional.empty());
            assertThat(Machines.text(two.taken().records())).isEqualTo(Map.of("b", "3"));
            assertThat(machines.said("NOPERM")).isZero();
        }
    }

    static Stream<List<String>> garbage() {
        return Stream.of(
                List.of("SET", key("meta"), "x"),
                List.of("HSET", key("meta"), "epoch", "7"),
                List.of("HSET", key("meta"), "holder", "one/x", "epoch", "seven", "version", "0"),
                List.of("HSET", key("meta"), "holder", "one/x", "epoch", "nan", "version", "0"),
                List.of("HSET", key("meta"), "holder", "one/x", "epoch", "-1", "version", "1e400"),
                List.of("SET", key("records"), "x"),
                List.of("SET", key("lease"), "two/x"),
                List.of("RPUSH", key("lease"), "x"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void whatCannotBeOursIsSaidAndBegunAnew(List<String> command) throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            redis.cli(command.toArray(String[]::new));
            Machine one = machines.machine(redis, "one", Duration.ofMillis(300));

            assertThat(one.taken().records()).isEmpty();
            keep(one, Map.of("a", "1"));

            assertThat(Machines.inRedis(redis)).isEqualTo(Map.of("a", "1"));
            assertThat(machines.said("is not a focus' journal: confocal:{test}:"))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lease", "meta", "records"})
    void whatIsOverwrittenUnderTheHolderIsWrittenAnew(String which) throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            Machine one = acting(redis, "one", SHORT);
            keep(one, Map.of("a", "1"));
            redis.cli("SET", key(which), "x");

            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> Machines.inRedis(redis).equals(Map.of("a", "1"))
                            && redis.cli("GET", key("lease"))
                                    .equals(one.lease().claim().owner())
                            && redis.cli("HGET", key("meta"), "whole").equals("1"));
            assertThat(one.losses()).isZero();
        }
    }

    @Test
    void whoOnlyWatchesTakesNothing() {
        try (RedisProcess redis = new RedisProcess()) {
            Machines.knows(redis, "one");
            Duration lease = Duration.ofMillis(300);
            try (RedisStandby watching = new RedisStandby(
                    Machines.settings(redis.uri(), "one", lease),
                    machines.remembered("one"),
                    records -> {},
                    () -> {})) {
                watching.watch();
                await().atMost(RedisProcess.PATIENCE).until(watching::answered);
                assertThat(redis.cli("GET", key("lease"))).isEmpty();
                assertThat(watching.turn()).isEmpty();

                assertThat(watching.take(Beginning.AFTER_END, () -> {})
                                .toCompletableFuture()
                                .orTimeout(60, TimeUnit.SECONDS)
                                .join()
                                .from())
                        .isEqualTo(Taken.From.THIS_MACHINE);
                assertThat(machines.remembered("one").claim())
                        .contains(watching.turn().orElseThrow().lease().claim());
            }
        }
    }

    @Test
    void whoHasSeenAnotherMachineActDoesNotGoOnByItselfWhenRedisIsGone() {
        try (RedisProcess redis = new RedisProcess()) {
            acting(redis, "one", SHORT);
            Machine two = machines.machine(
                    redis.uri(), "two", Duration.ofMillis(300), Optional.of(new Claim("two/before", 1)));
            await().atMost(RedisProcess.PATIENCE).until(() -> two.elsewhere() == 1);
            assertThat(machines.remembered("two").claim()).isEmpty();

            redis.kill();

            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> machines.said("This focus does not act before") == 1
                            && machines.said("does not confirm the lease") == 1);
            assertThat(two.acts()).isFalse();
        }
    }

    @Test
    void whoGoesOnWithoutRedisFillsItThoughItHasMoreBatchesThanThisProcess() throws IOException {
        try (RedisProcess redis = new RedisProcess()) {
            Machine before = acting(redis, "one", SHORT);
            MemoryStore file = keep(before, Map.of("a", "1"));
            for (int i = 0; i < 5; i++) {
                before.taken().replica().store(file).write(Map.of("a", value("" + i)));
            }
            redis.hang();
            before.end();
            Machine after = machines.machine(
                    redis.uri(), "one", SHORT, Optional.of(before.lease().claim()));
            after.taken();
            redis.goOn();

            keep(after, Map.of("a", "last"));

            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> Machines.inRedis(redis).equals(Map.of("a", "last")));
            assertThat(machines.said("a batch is missing there")).isZero();
        }
    }
}
