package org.confocal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import org.confocal.config.RedisPlace;
import org.confocal.health.Figure;
import org.confocal.health.Figure.Kind;
import org.confocal.journal.OtherMachines;
import org.confocal.journal.redis.MachineFiles;
import org.confocal.journal.redis.RedisMeters;
import org.confocal.journal.redis.RedisStandby;
import org.confocal.journal.redis.Taken;

/** This process among those of other machines, and what is measured of the Redis they share. */
final class Standby implements AutoCloseable {
    private static final double NANOS = 1e9;

    private final RedisStandby redis;

    /**
     * Does nothing yet.
     *
     * @param rehearsal called with what the machine that acts has kept
     * @throws IOException where this machine's name cannot be kept
     */
    Standby(RedisPlace place, Path directory, Consumer<SortedMap<String, byte[]>> rehearsal) throws IOException {
        MachineFiles files = new MachineFiles(directory);
        String machine = place.machine().isPresent() ? place.machine().get() : files.name();
        // Whether the lease is lost is asked twice a second by the journal.
        this.redis = new RedisStandby(place.on(machine), files, rehearsal, () -> {});
    }

    OtherMachines machines() {
        return redis;
    }

    List<Figure> figures() {
        List<Figure> all = new ArrayList<>();
        all.add(new Figure(
                "confocal.redis.up",
                "Whether Redis answers, and has all that the journal says where this machine acts",
                Kind.GAUGE,
                () -> redis.turn().map(turn -> turn.replica().meters().there()).orElseGet(redis::answered) ? 1 : 0));
        all.add(new Figure(
                "confocal.redis.lease",
                "Whether Redis has confirmed lately that this machine acts",
                Kind.GAUGE,
                () -> redis.turn().filter(turn -> turn.lease().confirmed()).isPresent() ? 1 : 0));
        all.add(figure(
                "lag.seconds",
                "How long Redis has lacked what the journal says",
                Kind.GAUGE,
                now -> now.lag().toNanos() / NANOS));
        all.add(figure("batches", "Batches of changes kept in Redis", Kind.COUNTER, RedisMeters::batches));
        all.add(figure("failures", "Times that Redis counted as gone", Kind.COUNTER, RedisMeters::failures));
        all.add(figure("fillings", "Times that everything was written to Redis", Kind.COUNTER, RedisMeters::fillings));
        all.add(figure(
                "last.batch.seconds",
                "How long Redis took for the last batch",
                Kind.GAUGE,
                now -> now.lastBatchMicros() / 1e6));
        return all;
    }

    private Figure figure(String name, String help, Kind kind, ToDoubleFunction<RedisMeters> value) {
        return new Figure(
                "confocal.redis." + name,
                help,
                kind,
                () -> redis.turn()
                        .map(Taken::replica)
                        .map(replica -> value.applyAsDouble(replica.meters()))
                        .orElse(0.0));
    }

    @Override
    public void close() {
        redis.close();
    }
}
