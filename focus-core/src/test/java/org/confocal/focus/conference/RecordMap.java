package org.confocal.focus.conference;

import java.util.TreeMap;
import java.util.function.Supplier;
import org.confocal.focus.journal.RecordSink;

/** Keeps records in memory. */
final class RecordMap extends TreeMap<String, byte[]> implements RecordSink {
    private static final long serialVersionUID = 1L;

    static RecordMap of(ConferenceState state) {
        RecordMap map = new RecordMap();
        new ConferenceRecords().write(state, map);
        return map;
    }

    @Override
    public void put(String key, Supplier<byte[]> value) {
        put(key, value.get());
    }

    @Override
    public void remove(String key) {
        super.remove(key);
    }
}
