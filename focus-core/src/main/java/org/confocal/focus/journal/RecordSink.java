package org.confocal.focus.journal;

import java.util.function.Supplier;

/** Takes records, as {@link Journal#put} and {@link Journal#remove} do. */
public interface RecordSink {

    void put(String key, Supplier<byte[]> value);

    void remove(String key);

    /** Everything below a first part of the key. */
    default RecordSink below(String prefix) {
        RecordSink all = this;
        return new RecordSink() {
            @Override
            public void put(String key, Supplier<byte[]> value) {
                all.put(prefix + key, value);
            }

            @Override
            public void remove(String key) {
                all.remove(prefix + key);
            }
        };
    }
}
