package org.confocal.journal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.confocal.journal.redis.Machines.key;
import static org.confocal.journal.redis.Machines.value;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.confocal.journal.BatchingJournal;
import org.confocal.journal.Fence;
import org.confocal.journal.JournalStore;
import org.confocal.journal.JournalTuning;
import org.confocal.journal.redis.Machines.Machine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the holder writes, on a real Redis. */
class RedisReplicaTest {
    private static final Duration LEASE = Duration.ofSeconds(3);

    private static final JournalTuning PATIENT = new JournalTuning(
            Duration.ofMillis(2), Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofSeconds(5));

    private final Machines machines;

    RedisReplicaTest(@TempDir Path folder) {
        machines = new Machines(folder);
    }

    private final RedisProcess redis = new RedisProcess();
    private final MemoryStore file = new MemoryStore();
    private Machine one;
    private RedisReplica replica;
    private JournalStore store;

    @BeforeEach
    void begin() throws IOException {
        Machines.knows(redis, "one");
        one = machines.machine(redis, "one", LEASE);
        replica = one.taken().replica();
        store = replica.store(file);
        store.rewrite(Map.of());
        awaitThere();
    }

    @AfterEach
    void end() {
        machines.close();
        redis.close();
    }

    private void awaitThere() {
        await().atMost(RedisProcess.PATIENCE).until(() -> replica.meters().there());
    }

    private void put(String key, String text) throws IOException {
        store.write(Map.of(key, value(text)));
    }

    @Test
    void whatIsKeptIsInRedisAtThatMoment() throws IOException {
        Random random = new Random(7);
        for (int batch = 0; batch < 30; batch++) {
            Map<String, Optional<byte[]>> changes = new HashMap<>();
            for (int i = 0; i < 20; i++) {
                String key = "conference/" + random.nextInt(60) + "/ü";
                changes.put(key, random.nextInt(3) == 0 ? Optional.empty() : value("v" + random.nextInt()));
            }
            store.write(changes);
            if (replica.meters().there()) {
                assertThat(Machines.inRedis(redis)).isEqualTo(file.now());
            }
        }
        awaitThere();
        assertThat(Machines.inRedis(redis)).isEqualTo(file.now());
        assertThat(replica.meters().batches()).isPositive();
    }

    @Test
    void whatIsRewrittenReachesRedisAsWhatHasChanged() throws IOException {
        put("a", "1");
        put("b", "2");
        long fillings = replica.meters().fillings();
        store.rewrite(new TreeMap<>(Map.of("b", "3".getBytes(UTF_8))));

        awaitThere();
        assertThat(Machines.inRedis(redis)).isEqualTo(Map.of("b", "3"));
        assertThat(replica.meters().fillings()).isGreaterThanOrEqualTo(fillings);
    }

    @Test
    void aRedisThatHangsHoldsUpNobodyAndIsFilledAnewLater() throws Exception {
        CountDownLatch lost = new CountDownLatch(1);
        try (BatchingJournal journal =
                new BatchingJournal(store, new TreeMap<>(), PATIENT, replica.fence(Fence.ALONE), lost::countDown)) {
            redis.hang();
            CountDownLatch kept = new CountDownLatch(100);
            for (int i = 0; i < 100; i++) {
                int value = i;
                journal.change(() -> {
                    journal.put("a" + value % 10, () -> new byte[] {(byte) ('a' + value % 26)});
                    journal.whenKept(kept::countDown);
                });
            }
            assertThat(kept.await(RedisProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            assertThat(replica.meters().there()).isFalse();
            assertThat(replica.meters().lag()).isPositive();
            assertThat(machines.said("The journal is not kept in Redis")).isPositive();
            assertThat(journal.meters().degraded()).isFalse();

            redis.goOn();
            awaitThere();
            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> Machines.inRedis(redis).equals(file.now()));
            assertThat(file.now()).hasSize(10);
            await().atMost(RedisProcess.PATIENCE)
                    .until(() -> machines.said("is kept in Redis at 127.0.0.1:" + redis.port() + " again") > 0);
            assertThat(journal.owned()).isTrue();
            assertThat(lost.getCount()).isEqualTo(1);
        }
    }

    @Test
    void aRedisThatIsKilledAndComesBackHasEverythingAgain() throws IOException {
        put("a", "1");
        redis.kill();
        put("b", "2");
        await().atMost(RedisProcess.PATIENCE).until(() -> !replica.meters().there());
        redis.startAgain();
        awaitThere();
        await().atMost(RedisProcess.PATIENCE)
                .until(() -> Machines.inRedis(redis).equals(Map.of("a", "1", "b", "2")));
        assertThat(replica.meters().failures()).isPositive();
    }

    @Test
    void manyAndLargeRecordsAreFilledInPieces() throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        for (int i = 0; i < 3_900; i++) {
            all.put("conference/" + i, ("x" + i).repeat(400).getBytes(UTF_8));
        }
        store.rewrite(all);
        awaitThere();
        await().atMost(RedisProcess.PATIENCE)
                .until(() -> redis.cli("HLEN", key("records")).equals("3900"));
        redis.cli("FLUSHALL");
        await().atMost(RedisProcess.PATIENCE)
                .until(() -> redis.cli("HGET", key("meta"), "whole").equals("1"));

        one.end();
        assertThat(Machines.text(machines.machine(redis, "two", LEASE).taken().records()))
                .isEqualTo(Machines.text(all));
        assertThat(redis.cli("KEYS", "*gathered*")).isEmpty();
    }

    @Test
    void aFullRedisIsSaidWithItsReason() throws IOException {
        redis.cli("CONFIG", "SET", "maxmemory", "1");
        await().atMost(RedisProcess.PATIENCE).until(() -> {
            put("a", "1");
            return !replica.meters().there();
        });
        assertThat(machines.said("OOM command not allowed")).isEqualTo(1);
        redis.cli("CONFIG", "SET", "maxmemory", "0");
        awaitThere();
        assertThat(Machines.inRedis(redis)).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void aBatchOfOneThatWasStoppedWhileAnotherTookOverIsRefused() throws IOException {
        RedisServer server = new RedisServer(Machines.settings(redis.uri(), "one", LEASE));
        try {
            // As after kill -STOP and -CONT, before its own thread has asked.
            RedisLease stopped = new RedisLease(server, one.lease().claim(), Optional.empty(), to -> {});
            RedisReplica late = new RedisReplica(server, stopped, 0);
            late.start();
            JournalStore lateStore = late.store(new MemoryStore());
            lateStore.rewrite(Map.of("a", new byte[] {'1'}));
            await().atMost(RedisProcess.PATIENCE).until(() -> late.meters().there());
            one.end();
            Machine two = machines.machine(redis, "two", LEASE);
            assertThat(Machines.text(two.taken().records())).isEqualTo(Map.of("a", "1"));

            lateStore.write(Map.of("a", value("2")));

            assertThat(late.fence(Fence.ALONE).owned()).isFalse();
            assertThat(Machines.inRedis(redis)).isEqualTo(Map.of("a", "1"));
            late.close();
        } finally {
            server.close();
        }
    }

    @Test
    void whoTakesOverFromOneThatCouldNotWriteItsFileBeginsEmpty() throws IOException {
        put("a", "1");
        file.full(true);
        assertThatThrownBy(() -> put("a", "2")).isInstanceOf(IOException.class);
        store.invalidate();
        await().atMost(RedisProcess.PATIENCE)
                .until(() -> redis.cli("HGET", key("meta"), "whole").equals("0"));

        one.end();
        assertThat(machines.machine(redis, "two", LEASE).taken().records()).isEmpty();
        assertThat(machines.said("is not all that there was")).isEqualTo(1);
    }

    @Test
    void aFileThatIsWrittenAgainIsInRedisAgain() throws IOException {
        put("a", "1");
        file.full(true);
        assertThatThrownBy(() -> put("a", "2")).isInstanceOf(IOException.class);
        store.invalidate();
        assertThat(replica.meters().there()).isFalse();
        file.full(false);
        store.rewrite(Map.of("a", new byte[] {'3'}));
        awaitThere();
        assertThat(Machines.inRedis(redis)).isEqualTo(Map.of("a", "3"));
        assertThat(redis.cli("HGET", key("meta"), "whole")).isEqualTo("1");
    }
}
