package org.confocal.journal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** One connection, whose commands are carried out in the order in which they are given. Any thread. */
final class RedisLink implements AutoCloseable {
    private final RedisServer server;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final AtomicBoolean closed = new AtomicBoolean();

    RedisLink(RedisServer server, StatefulRedisConnection<String, byte[]> connection) {
        this.server = server;
        this.connection = connection;
    }

    /** Returns at once. */
    CompletableFuture<List<String>> run(Script script, byte[]... arguments) {
        return run(script, List.of(), arguments);
    }

    CompletableFuture<List<String>> run(Script script, List<String> moreKeys, byte[]... arguments) {
        String[] keys = new String[3 + moreKeys.size()];
        keys[0] = server.key("lease");
        keys[1] = server.key("meta");
        keys[2] = server.key("records");
        for (int i = 0; i < moreKeys.size(); i++) {
            keys[3 + i] = moreKeys.get(i);
        }
        return connection
                .async()
                .<List<byte[]>>eval(script.text(), ScriptOutputType.MULTI, keys, arguments)
                .toCompletableFuture()
                .thenApply(RedisLink::strings);
    }

    private static List<String> strings(List<byte[]> answer) {
        return answer.stream().map(bytes -> new String(bytes, UTF_8)).toList();
    }

    CompletableFuture<Map<String, byte[]>> records() {
        return connection.async().hgetall(server.key("records")).toCompletableFuture();
    }

    CompletableFuture<Long> remove(String key) {
        return connection.async().unlink(key).toCompletableFuture();
    }

    /** Adds to what is gathered at a key that goes away by itself. */
    CompletableFuture<Boolean> gather(String key, Map<String, byte[]> records, Duration goesAwayAfter) {
        CompletionStage<Long> added = connection.async().hset(key, records);
        CompletionStage<Boolean> limited = connection.async().pexpire(key, goesAwayAfter.toMillis());
        return added.thenCombine(limited, (count, there) -> there).toCompletableFuture();
    }

    /** Waits, and says in a sentence why it was in vain. */
    static <T> T await(CompletableFuture<T> future, Duration limit) throws RedisTrouble {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new RedisTrouble("no answer within " + limit.toMillis() + " ms");
        } catch (ExecutionException e) {
            throw new RedisTrouble(sentence(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisTrouble("interrupted");
        }
    }

    static String sentence(Throwable failure) {
        Throwable deepest = failure;
        for (int depth = 0; depth < 10 && deepest.getCause() != null; depth++) {
            deepest = deepest.getCause();
        }
        String message = deepest.getMessage();
        String said = message == null || message.isBlank() ? deepest.getClass().getSimpleName() : message.strip();
        String line = said.lines().findFirst().orElse(said);
        return line.length() > 200 ? line.substring(0, 200) + "..." : line;
    }

    /** Returns at once; what is not answered fails. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true) && connection.isOpen()) {
            CompletableFuture<Void> unused = connection.closeAsync();
        }
    }
}
