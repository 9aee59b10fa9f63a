package org.confocal.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a journal: {@code N.journal} and {@code N.lock} of epoch N, and what they have in common. */
record JournalDirectory(Path path) {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);
    private static final Pattern NUMBERED = Pattern.compile("([0-9]{1,14})\\.(journal|lock|journal\\.new)");
    private static final int UNREADABLE_KEPT = 3;

    /**
     * What a process left.
     *
     * @param values none where there was nothing, or nothing that can be believed
     * @param lastKept when the last of it was written
     */
    record Left(SortedMap<String, byte[]> values, Optional<Instant> lastKept) {
        static final Left NOTHING = new Left(Collections.emptySortedMap(), Optional.empty());
    }

    /** Makes it where there is none, for this user alone where the file system knows users. */
    void make() throws IOException {
        boolean users = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] mine = users
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
        Files.createDirectories(path, mine);
    }

    Path epoch() {
        return path.resolve("epoch");
    }

    Path candidate() {
        return path.resolve("candidate.lock");
    }

    Path socket() {
        return path.resolve("handover.sock");
    }

    Path journal(long epoch) {
        return path.resolve(epoch + ".journal");
    }

    Path lock(long epoch) {
        return path.resolve(epoch + ".lock");
    }

    /** The newest epoch that left a file, 0 where none did. */
    long newest() throws IOException {
        return numbered().stream().mapToLong(JournalDirectory::number).max().orElse(0);
    }

    /** Who has begun the newest epoch; empty where nobody has, or has not been able to write that down. */
    Optional<Acting> acting() throws IOException {
        long newest = newest();
        Path lock = lock(newest);
        if (newest == 0 || !Files.exists(lock)) {
            return Optional.empty();
        }
        String signed = Files.readString(lock, StandardCharsets.ISO_8859_1);
        return signed.matches("[0-9]{1,18}\n")
                ? Optional.of(new Acting(newest, Long.parseLong(signed.strip())))
                : Optional.empty();
    }

    Optional<Path> newestJournal() throws IOException {
        return numbered().stream()
                .filter(file -> file.toString().endsWith(".journal"))
                .max(Comparator.comparingLong(JournalDirectory::number));
    }

    /** Removes every journal: none of them is to be believed. */
    void forgetJournals() throws IOException {
        for (Path file : numbered()) {
            if (!file.toString().endsWith(".lock")) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** What the newest journal says; older ones go. Where it cannot be read it is set aside and there is nothing. */
    Left left() throws IOException {
        Optional<Path> newest = newestJournal();
        if (newest.isEmpty()) {
            return Left.NOTHING;
        }
        Path file = newest.get();
        try {
            JournalFormat.Contents contents = JournalFormat.read(file);
            forgetBefore(number(file));
            long torn = Files.size(file) - contents.bytes();
            if (torn > 0) {
                LOG.warn("The last {} bytes of {} are not whole and are left out", torn, file);
            }
            return new Left(
                    contents.values(),
                    Optional.of(Files.getLastModifiedTime(file).toInstant()));
        } catch (IOException | RuntimeException e) {
            try {
                setAside(file, e);
                forgetJournals();
            } catch (IOException again) {
                LOG.warn("It cannot be set aside either: {}", again.toString());
            }
            return Left.NOTHING;
        }
    }

    private void forgetBefore(long epoch) throws IOException {
        for (Path older : numbered()) {
            if (number(older) < epoch) {
                Files.deleteIfExists(older);
            }
        }
    }

    private void setAside(Path file, Exception why) throws IOException {
        Path aside = path.resolve("unreadable-" + System.currentTimeMillis() + ".journal.bad");
        LOG.warn(
                "The journal {} cannot be read: {}. It is set aside as {}; the focus begins without it",
                file,
                why instanceof UnreadableJournal ? why.getMessage() : why.toString(),
                aside.getFileName());
        Files.move(file, aside, StandardCopyOption.REPLACE_EXISTING);
        List<Path> kept = new ArrayList<>(list(name -> name.startsWith("unreadable-")));
        kept.sort(Comparator.reverseOrder());
        for (Path old : kept.subList(Math.min(UNREADABLE_KEPT, kept.size()), kept.size())) {
            Files.deleteIfExists(old);
        }
    }

    private List<Path> numbered() throws IOException {
        return list(name -> NUMBERED.matcher(name).matches());
    }

    private List<Path> list(Predicate<String> named) throws IOException {
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> named.test(file.getFileName().toString()))
                    .toList();
        }
    }

    private static long number(Path file) {
        Matcher matcher = NUMBERED.matcher(file.getFileName().toString());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
