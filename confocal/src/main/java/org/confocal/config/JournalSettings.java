package org.confocal.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.confocal.journal.Durability;
import org.confocal.journal.JournalTuning;

/**
 * What a restart is prepared for with.
 *
 * @param directory of this focus alone; made where it does not exist
 * @param patience how long a process that is to hand over and does not answer is waited for
 * @param spare whether the service keeps a second process, which waits until the first one ends
 * @param redis where other machines find the journal
 */
public record JournalSettings(
        Path directory,
        Durability durability,
        JournalTuning tuning,
        Duration patience,
        boolean spare,
        Optional<RedisPlace> redis) {}
