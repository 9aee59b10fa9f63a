package org.confocal.journal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.RedisCredentialsProvider;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * One Redis, to which links are opened one by one. A link that has failed is given up and another one opened: so a command is
 * never sent twice behind the back of whoever sent it.
 */
final class RedisServer implements AutoCloseable {
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    private static final int MOST_COMMANDS_UNANSWERED = 4_096;

    private final RedisSettings settings;
    private final RedisClient client;
    private final RedisURI uri;

    RedisServer(RedisSettings settings) {
        this.settings = settings;
        this.uri = uri(settings);
        this.client = RedisClient.create(uri);
        client.setOptions(ClientOptions.builder()
                .autoReconnect(false)
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(MOST_COMMANDS_UNANSWERED)
                .socketOptions(
                        SocketOptions.builder().connectTimeout(settings.limit()).build())
                .build());
    }

    private static RedisURI uri(RedisSettings settings) {
        URI given = settings.uri();
        RedisURI uri = new RedisURI(
                given.getHost(), given.getPort() < 0 ? RedisURI.DEFAULT_REDIS_PORT : given.getPort(), settings.limit());
        uri.setSsl("rediss".equalsIgnoreCase(given.getScheme()));
        String path = given.getPath();
        if (path != null && path.length() > 1) {
            uri.setDatabase(Integer.parseInt(path.substring(1)));
        }
        String user = given.getUserInfo();
        if (user != null) {
            int colon = user.indexOf(':');
            String name = colon <= 0 ? "default" : user.substring(0, colon);
            char[] password = user.substring(colon + 1).toCharArray();
            uri.setCredentialsProvider(RedisCredentialsProvider.from(
                    () -> RedisCredentials.just(name.equals("default") ? null : name, password)));
        }
        uri.setClientName("confocal-" + settings.name());
        return uri;
    }

    RedisSettings settings() {
        return settings;
    }

    String key(String what) {
        return "confocal:{" + settings.name() + "}:" + what;
    }

    static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    /** Waits for the connection, at most as long as the limit and some more. */
    RedisLink open() throws RedisTrouble {
        CompletableFuture<RedisLink> opening = client.connectAsync(CODEC, uri)
                .toCompletableFuture()
                .thenApply(connection -> new RedisLink(this, connection));
        try {
            return RedisLink.await(opening, settings.limit().multipliedBy(2));
        } catch (RedisTrouble e) {
            // One that is there too late.
            CompletableFuture<Void> unused = opening.thenAccept(RedisLink::close);
            throw e;
        }
    }

    /** Returns at once. */
    @Override
    public void close() {
        CompletableFuture<Void> unused =
                client.shutdownAsync(0, Duration.ofSeconds(1).toMillis(), TimeUnit.MILLISECONDS);
    }
}
