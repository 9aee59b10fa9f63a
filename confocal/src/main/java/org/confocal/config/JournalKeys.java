package org.confocal.config;

import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.confocal.journal.Durability;
import org.confocal.journal.JournalTuning;
import org.confocal.journal.redis.RedisSettings;

/** Reads what a restart is prepared for with: {@code jicofo.journal}. */
final class JournalKeys {
    private static final String KEYS = "jicofo.journal.";
    private static final String PATH = KEYS + "path";
    private static final String WINDOW = KEYS + "window";
    private static final String SPARE = KEYS + "spare";
    private static final String REDIS = KEYS + "redis.";
    private static final String PLACE = REDIS + "uri";
    private static final String NAME = REDIS + "name";
    private static final String MACHINE = REDIS + "machine";
    private static final String LEASE = REDIS + "lease";
    private static final String TIMEOUT = REDIS + "timeout";
    private static final RedisSettings USUAL = RedisSettings.of("redis://localhost", "name", "machine");
    private static final int LONGEST_NAME = 64;

    private final SettingsReader reader;
    private final String address;

    /** @param address of the focus in XMPP */
    JournalKeys(SettingsReader reader, String address) {
        this.reader = reader;
        this.address = address;
    }

    /** Empty where no directory is configured. */
    Optional<JournalSettings> read() {
        Durability durability = reader.choice(
                KEYS + "durability", Map.of("process", Durability.PROCESS, "machine", Durability.MACHINE));
        JournalTuning tuning = tuning();
        Duration patience = reader.duration(KEYS + "takeover-timeout", Duration.ofMillis(100));
        boolean spare = reader.flag(SPARE);
        Optional<RedisPlace> redis = redis();
        if (redis.isPresent() && reader.text(PATH).isEmpty()) {
            reader.problem(
                    PATH, "a directory of this machine where " + PLACE + " is set: Redis has the second copy only");
        }
        return reader.text(PATH)
                .flatMap(this::directory)
                .map(directory -> new JournalSettings(directory, durability, tuning, patience, spare, redis));
    }

    private Optional<RedisPlace> redis() {
        Duration lease = reader.duration(LEASE, Duration.ofMillis(200));
        Duration timeout = reader.duration(TIMEOUT, Duration.ofMillis(20));
        Optional<String> machine = reader.text(MACHINE);
        Optional<String> uri = reader.text(PLACE);
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        String ownName = address.replaceAll("[^A-Za-z0-9._-]", ".");
        String name = reader.text(NAME).orElse(ownName.substring(0, Math.min(LONGEST_NAME, ownName.length())));
        URI where;
        try {
            where = RedisSettings.of(uri.get(), "name", "machine").uri();
        } catch (IllegalArgumentException wrong) {
            reader.problem(PLACE, "as redis://:password@host:6379/0, with TLS rediss://");
            return Optional.empty();
        }
        RedisPlace usual = new RedisPlace(where, "name", Optional.of("machine"), USUAL.lease(), USUAL.limit());
        RedisPlace place = new RedisPlace(where, name, machine, lease, timeout);
        boolean named = valid(
                NAME,
                "1 to 64 letters, digits, '.', '-' and '_'",
                new RedisPlace(where, name, usual.machine(), usual.lease(), usual.timeout()));
        boolean machineNamed = valid(
                MACHINE,
                "1 to 100 letters, digits, '.', '-' and '_'",
                new RedisPlace(where, usual.name(), machine, usual.lease(), usual.timeout()));
        boolean leased = valid(
                LEASE,
                "a duration of 200 ms to 1 minute",
                new RedisPlace(where, usual.name(), usual.machine(), lease, usual.timeout()));
        boolean limited = valid(
                TIMEOUT,
                "a duration of 20 ms to 10 seconds",
                new RedisPlace(where, usual.name(), usual.machine(), usual.lease(), timeout));
        return named && machineNamed && leased && limited ? Optional.of(place) : Optional.empty();
    }

    private boolean valid(String key, String valid, RedisPlace place) {
        try {
            RedisSettings unused = place.on(place.machine().orElse("machine"));
            return true;
        } catch (IllegalArgumentException wrong) {
            reader.problem(key, valid);
            return false;
        }
    }

    private JournalTuning tuning() {
        JournalTuning usual = JournalTuning.USUAL;
        try {
            return new JournalTuning(
                    reader.duration(WINDOW, Duration.ZERO), usual.leisure(), usual.patience(), usual.retry());
        } catch (IllegalArgumentException tooLong) {
            reader.problem(WINDOW, "a duration of at most 1 second");
            return usual;
        }
    }

    private Optional<Path> directory(String text) {
        try {
            return Optional.of(Path.of(text));
        } catch (InvalidPathException wrong) {
            reader.problem(PATH, "a directory");
            return Optional.empty();
        }
    }
}
