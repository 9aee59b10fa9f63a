package org.confocal.focus.fleet;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.function.Supplier;
import org.confocal.focus.journal.Journal;
import org.confocal.focus.journal.RecordJson;
import org.confocal.focus.view.DrainControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** All drains as one record, for the next process: an operator's order outlives it. Any thread. */
final class DrainRecord {
    private static final Logger LOG = LoggerFactory.getLogger("org.confocal.fleet");
    private static final String KEY = "focus/drains";
    private static final JsonMapper MAPPER = RecordJson.builder()
            .addMixIn(DrainControl.Target.class, Tagged.class)
            .build();

    private final Journal journal;

    DrainRecord(Journal journal) {
        this.journal = journal;
    }

    /** Says which kind of target it is. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "is")
    private interface Tagged {}

    /** What the process before this one kept; none where there was none, or it cannot be read. */
    DrainBook read() {
        byte[] json = journal.inherited().get(KEY);
        if (json == null) {
            return DrainBook.EMPTY;
        }
        try {
            return MAPPER.readValue(json, DrainBook.class);
        } catch (JacksonException unreadable) {
            LOG.warn("The drains are forgotten, order them again: {}", unreadable.getOriginalMessage());
            return DrainBook.EMPTY;
        }
    }

    /** @param book as it is when it is written */
    void keep(Supplier<DrainBook> book) {
        journal.change(() -> journal.put(KEY, () -> MAPPER.writeValueAsBytes(book.get())));
    }
}
