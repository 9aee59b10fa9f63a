package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest {
    @TempDir
    private Path directory;

    private static Map<String, Optional<byte[]>> batch(String... keysAndValues) {
        Map<String, Optional<byte[]>> batch = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            batch.put(
                    keysAndValues[i],
                    keysAndValues[i + 1].isEmpty()
                            ? Optional.empty()
                            : Optional.of(keysAndValues[i + 1].getBytes(UTF_8)));
        }
        return batch;
    }

    private static Map<String, String> texts(Map<String, byte[]> values) {
        Map<String, String> texts = new TreeMap<>();
        values.forEach((key, value) -> texts.put(key, new String(value, UTF_8)));
        return texts;
    }

    private static Map<String, String> read(byte[] bytes) throws IOException {
        return texts(JournalFormat.read(new ByteArrayInputStream(bytes)).values());
    }

    private FileStore begun(Path file) throws IOException {
        FileStore store = new FileStore(file, Optional.empty(), Durability.PROCESS);
        store.rewrite(Map.of("first", "value".getBytes(UTF_8)));
        return store;
    }

    /** The bytes of a file of several batches, and the state after each. */
    private byte[] severalBatches(List<Map<String, String>> states) throws IOException {
        Path file = directory.resolve("several");
        FileStore store = begun(file);
        Map<String, String> state = new TreeMap<>(Map.of("first", "value"));
        states.add(Map.copyOf(state));
        Random random = new Random(7);
        for (int i = 0; i < 12; i++) {
            String other = "conference/r" + random.nextInt(4);
            store.write(batch(
                    "n", "" + i, other, "é".repeat(1 + random.nextInt(20)), "out/" + (i - 1), "", "out/" + i, "x"));
            state = new TreeMap<>(texts(JournalFormat.read(file).values()));
            assertThat(state)
                    .containsEntry("n", "" + i)
                    .containsEntry("out/" + i, "x")
                    .doesNotContainKey("out/" + (i - 1));
            states.add(Map.copyOf(state));
        }
        store.close();
        return Files.readAllBytes(file);
    }

    @Test
    void cutAnywhereItOpensAtTheLastWholeBatch() throws Exception {
        List<Map<String, String>> states = new ArrayList<>();
        byte[] whole = severalBatches(states);
        int unreadable = 0;
        int seen = -1;
        for (int length = 0; length <= whole.length; length++) {
            try {
                int state = states.indexOf(read(Arrays.copyOf(whole, length)));
                assertThat(state).as("cut at " + length).isGreaterThanOrEqualTo(seen);
                seen = state;
            } catch (UnreadableJournal e) {
                unreadable++;
            }
        }
        assertThat(seen).isEqualTo(states.size() - 1);
        assertThat(unreadable).as("no whole batch yet").isBetween(16, 64);
    }

    @Test
    void withAnyByteFlippedItOpensAtAWholeBatchBeforeIt() throws Exception {
        List<Map<String, String>> states = new ArrayList<>();
        byte[] whole = severalBatches(states);
        for (int at = 0; at < whole.length; at++) {
            for (int mask : List.of(1 << (at % 8), 0xFF)) {
                byte[] flipped = whole.clone();
                flipped[at] ^= (byte) mask;
                try {
                    assertThat(states.subList(0, states.size() - 1))
                            .as("flipped at " + at)
                            .contains(read(flipped));
                } catch (UnreadableJournal e) {
                    assertThat(at).isLessThan(64);
                }
            }
        }
    }

    @Test
    void withAnyStretchOverwrittenItOpensAtAWholeBatchOrNotAtAll() throws Exception {
        List<Map<String, String>> states = new ArrayList<>();
        byte[] whole = severalBatches(states);
        Random random = new Random(11);
        for (int round = 0; round < 3000; round++) {
            byte[] damaged = whole.clone();
            int from = random.nextInt(whole.length);
            int to = Math.min(whole.length, from + 1 + random.nextInt(200));
            if (round % 2 == 0) {
                Arrays.fill(damaged, from, to, (byte) 0);
            } else {
                byte[] noise = new byte[to - from];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, damaged, from, noise.length);
            }
            try {
                assertThat(states).contains(read(damaged));
            } catch (UnreadableJournal e) {
                assertThat(from).isLessThan(64);
            }
        }
    }

    @Test
    void aBatchOfManyFramesIsReadAsAWholeOrNotAtAll() throws Exception {
        Path file = directory.resolve("large");
        FileStore store = begun(file);
        Map<String, Optional<byte[]>> large = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            large.put("k" + i, Optional.of(new byte[100_000]));
        }
        store.write(large);
        store.close();
        assertThat(JournalFormat.read(file).values()).hasSize(41);
        byte[] whole = Files.readAllBytes(file);
        assertThat(read(Arrays.copyOf(whole, whole.length - 1))).isEqualTo(Map.of("first", "value"));
        assertThat(read(Arrays.copyOf(whole, whole.length / 2))).isEqualTo(Map.of("first", "value"));
    }

    @Test
    void itIsWrittenAnewWhenItIsThreeTimesAsLongAsWhatItSays() throws Exception {
        Path file = directory.resolve("grown");
        FileStore store = begun(file);
        byte[] value = new byte[1 << 20];
        for (int i = 0; i < 8; i++) {
            assertThat(store.grown()).isFalse();
            store.write(Map.of("same", Optional.of(value)));
        }
        assertThat(store.grown()).isTrue();
        store.rewrite(Map.of("same", value));
        assertThat(store.grown()).isFalse();
        assertThat(Files.size(file)).isLessThan(2 << 20);
        store.write(batch("more", "1"));
        assertThat(JournalFormat.read(file).values()).containsOnlyKeys("same", "more");
        assertThat(store.bytesWritten()).isGreaterThan(9 << 20);
        store.close();
    }

    @Test
    void aValueLongerThanTheFormatHasRoomForIsRefusedAndWhatWasThereStands() throws Exception {
        Path file = directory.resolve("toolong");
        FileStore store = begun(file);
        byte[] tooLong = new byte[JournalFormat.MAX_VALUE + 1];
        assertThatThrownBy(() -> store.rewrite(Map.of("k", tooLong)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("longer than a journal takes");
        assertThat(texts(JournalFormat.read(file).values())).isEqualTo(Map.of("first", "value"));
        assertThat(directory.resolve("toolong.new")).doesNotExist();
        store.close();
    }

    @Test
    void anotherVersionIsRefusedWithASentence() throws Exception {
        Path file = directory.resolve("newer");
        begun(file).close();
        byte[] bytes = Files.readAllBytes(file);
        ByteBuffer header = ByteBuffer.wrap(bytes).putInt(8, JournalFormat.VERSION + 1);
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, 0, 12);
        header.putInt(12, (int) checksum.getValue());
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(UnreadableJournal.class)
                .hasMessage("it is of format 2, this Confocal reads 1 to 1");
    }

    @Test
    void somethingElseIsRefusedWithASentence() {
        assertThatThrownBy(() -> read("Dear diary, today I was a text file".getBytes(UTF_8)))
                .isInstanceOf(UnreadableJournal.class)
                .hasMessageContaining("not a journal");
        assertThatThrownBy(() -> read(new byte[0])).isInstanceOf(UnreadableJournal.class);
    }

    @Test
    void invalidatedItIsGone() throws Exception {
        Path file = directory.resolve("invalid");
        FileStore store = begun(file);
        store.invalidate();
        assertThat(file).doesNotExist();
        assertThatThrownBy(() -> store.write(batch("a", "1"))).isInstanceOf(IOException.class);
        store.rewrite(Map.of());
        assertThat(JournalFormat.read(file).values()).isEmpty();
        store.close();
    }
}
