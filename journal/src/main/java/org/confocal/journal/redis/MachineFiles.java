package org.confocal.journal.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this machine remembers of Redis, beside its journal: its name, and the claim that it had last. Without the second it
 * only cannot go on by itself while Redis is away.
 */
public final class MachineFiles {
    private static final Logger LOG = LoggerFactory.getLogger(MachineFiles.class);
    private static final int LONGEST = 1_000;

    private final Path directory;

    /** @param directory of the journal; made where there is none */
    public MachineFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * A name that no other machine has, the same after every restart: made at the first call and kept in the file {@code
     * machine}. Copies of a disk must not share it.
     *
     * @throws IOException where it cannot be kept
     */
    public String name() throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("machine");
        Optional<String> kept = read(file).filter(text -> text.matches("[A-Za-z0-9._-]{1,100}"));
        if (kept.isPresent()) {
            return kept.get();
        }
        String fresh = UUID.randomUUID().toString();
        write(file, fresh);
        return fresh;
    }

    Optional<Claim> claim() {
        return read(directory.resolve("claim")).flatMap(Claim::of);
    }

    void remember(Claim claim) {
        try {
            write(directory.resolve("claim"), claim.written());
        } catch (IOException e) {
            LOG.warn("What this machine has in Redis cannot be remembered: {}", e.toString());
        }
    }

    /** Another machine has acted since. */
    void forgetClaim() {
        try {
            Files.deleteIfExists(directory.resolve("claim"));
        } catch (IOException e) {
            LOG.warn("What this machine had in Redis cannot be forgotten: {}", e.toString());
        }
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.isRegularFile(file) && Files.size(file) <= LONGEST
                    ? Optional.of(Files.readString(file).strip())
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("{} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.write(fresh, (text + "\n").getBytes(UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
