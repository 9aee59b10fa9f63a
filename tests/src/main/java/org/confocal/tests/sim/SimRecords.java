package org.confocal.tests.sim;

import java.util.Map;
import java.util.function.Supplier;
import org.confocal.focus.journal.RecordSink;

/** Keeps records in a map. */
record SimRecords(Map<String, byte[]> records) implements RecordSink {

    @Override
    public void put(String key, Supplier<byte[]> value) {
        records.put(key, value.get());
    }

    @Override
    public void remove(String key) {
        records.remove(key);
    }
}
