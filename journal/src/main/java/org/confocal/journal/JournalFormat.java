package org.confocal.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * The bytes of a journal. A header: "confocal", version, CRC-32C of both. Then frames: length of the body, CRC-32C of length
 * and body, body. A body: 1 where the batch ends with this frame and 0 where it goes on, the frame's number from 0, and per
 * entry the length of the key (2 bytes), the key in UTF-8, the length of the value (4 bytes, -1 where the key is gone), the
 * value. All numbers are big-endian. The first batch is everything there was when the file was begun.
 *
 * <p>What is read is the state after the last batch before the first byte that is not as it was written.
 */
final class JournalFormat {
    /** Raised when a reader of the version before would misunderstand. */
    static final int VERSION = 1;

    /** The oldest version that is still read. */
    static final int OLDEST = 1;

    /** In bytes. Far above any record; an answer to what a damaged length may ask for. */
    static final int MAX_VALUE = 16 << 20;

    private static final byte[] MAGIC = "confocal".getBytes(UTF_8);
    private static final int HEADER = 16;
    private static final int FRAME_HEAD = 8;
    private static final int BODY_HEAD = 9;
    private static final int FRAME_FULL = 1 << 20;
    private static final int MAX_KEY = 0xFFFF;
    private static final int MAX_BODY = FRAME_FULL + BODY_HEAD + 6 + MAX_KEY + MAX_VALUE;
    private static final int GONE = -1;

    private JournalFormat() {}

    /**
     * What was read.
     *
     * @param values by key
     * @param batches how many whole batches there were, at least 1
     * @param bytes how long header and whole batches are; what comes after is torn
     */
    record Contents(SortedMap<String, byte[]> values, long batches, long bytes) {
        Contents {
            values = Collections.unmodifiableSortedMap(values);
        }
    }

    /** @throws UnreadableJournal where there is no whole batch, or the version is none that is read */
    static Contents read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            return read(in);
        }
    }

    static Contents read(InputStream in) throws IOException {
        readHeader(in);
        TreeMap<String, byte[]> values = new TreeMap<>();
        List<Map.Entry<String, Optional<byte[]>>> batch = new ArrayList<>();
        long batches = 0;
        long number = 0;
        long whole = 0;
        long read = HEADER;
        while (true) {
            byte[] head = in.readNBytes(FRAME_HEAD);
            Optional<ByteBuffer> body = head.length < FRAME_HEAD ? Optional.empty() : body(in, head);
            if (body.isEmpty() || body.get().getLong(1) != number++) {
                break;
            }
            read += FRAME_HEAD + body.get().remaining();
            boolean last = body.get().get() == 1;
            addEntries(body.get().position(BODY_HEAD), batch);
            if (last) {
                batch.forEach(entry -> entry.getValue()
                        .ifPresentOrElse(
                                value -> values.put(entry.getKey(), value), () -> values.remove(entry.getKey())));
                batch.clear();
                batches++;
                whole = read;
            }
        }
        if (batches == 0) {
            throw new UnreadableJournal("it has a damaged beginning");
        }
        return new Contents(values, batches, whole);
    }

    private static void readHeader(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER
                || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                || ByteBuffer.wrap(header).getInt(12) != checksum(header, 0, 12)) {
            throw new UnreadableJournal("it is not a journal of Confocal's, or its header is damaged");
        }
        int version = ByteBuffer.wrap(header).getInt(8);
        if (version < OLDEST || version > VERSION) {
            throw new UnreadableJournal(
                    "it is of format " + version + ", this Confocal reads " + OLDEST + " to " + VERSION, true);
        }
    }

    /** The body that follows this head; empty where it is not as it was written. */
    private static Optional<ByteBuffer> body(InputStream in, byte[] head) throws IOException {
        ByteBuffer numbers = ByteBuffer.wrap(head);
        int length = numbers.getInt();
        if (length < BODY_HEAD || length > MAX_BODY) {
            return Optional.empty();
        }
        byte[] body = in.readNBytes(length);
        CRC32C checksum = new CRC32C();
        checksum.update(head, 0, Integer.BYTES);
        checksum.update(body);
        return body.length == length && (int) checksum.getValue() == numbers.getInt()
                ? Optional.of(ByteBuffer.wrap(body))
                : Optional.empty();
    }

    private static void addEntries(ByteBuffer entries, List<Map.Entry<String, Optional<byte[]>>> to) {
        while (entries.hasRemaining()) {
            byte[] key = new byte[entries.getChar()];
            entries.get(key);
            int length = entries.getInt();
            Optional<byte[]> value = Optional.empty();
            if (length != GONE) {
                byte[] bytes = new byte[length];
                entries.get(bytes);
                value = Optional.of(bytes);
            }
            to.add(Map.entry(new String(key, UTF_8), value));
        }
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C checksum = new CRC32C();
        checksum.update(bytes, from, length);
        return (int) checksum.getValue();
    }

    /** Writes a header and then batches to one channel. Not for several threads. */
    static final class Writer {
        private static final int USUAL_ROOM = 64 << 10;

        private final WritableByteChannel channel;
        private ByteBuffer buffer = ByteBuffer.allocate(USUAL_ROOM);
        private int frame;
        private long number;
        private long written;

        Writer(WritableByteChannel channel) {
            this.channel = channel;
        }

        /** In bytes, with the header. */
        long written() {
            return written;
        }

        void header() throws IOException {
            buffer.put(MAGIC).putInt(VERSION);
            buffer.putInt(checksum(buffer.array(), 0, 12));
            flush();
        }

        /** @throws IOException where the channel fails, or a key or value is longer than the format has room for */
        void batch(Map<String, Optional<byte[]>> batch) throws IOException {
            beginFrame();
            for (Map.Entry<String, Optional<byte[]>> entry : batch.entrySet()) {
                if (buffer.position() - frame >= FRAME_FULL) {
                    endFrame(false);
                    flush();
                    beginFrame();
                }
                put(entry.getKey(), entry.getValue());
            }
            endFrame(true);
            flush();
        }

        private void put(String key, Optional<byte[]> value) throws IOException {
            byte[] keyBytes = key.getBytes(UTF_8);
            int length = value.map(bytes -> bytes.length).orElse(GONE);
            if (keyBytes.length > MAX_KEY || length > MAX_VALUE) {
                buffer.clear();
                throw new IOException("A record of " + length + " bytes, its key of " + keyBytes.length
                        + ", is longer than a journal takes");
            }
            room(6 + keyBytes.length + Math.max(0, length));
            buffer.putChar((char) keyBytes.length).put(keyBytes).putInt(length);
            value.ifPresent(buffer::put);
        }

        private void beginFrame() {
            frame = buffer.position();
            room(FRAME_HEAD + BODY_HEAD);
            buffer.putLong(0).put((byte) 0).putLong(number++);
        }

        private void endFrame(boolean last) {
            int length = buffer.position() - frame - FRAME_HEAD;
            buffer.put(frame + FRAME_HEAD, (byte) (last ? 1 : 0));
            buffer.putInt(frame, length);
            CRC32C checksum = new CRC32C();
            checksum.update(buffer.array(), frame, Integer.BYTES);
            checksum.update(buffer.array(), frame + FRAME_HEAD, length);
            buffer.putInt(frame + Integer.BYTES, (int) checksum.getValue());
        }

        private void room(int bytes) {
            if (buffer.remaining() < bytes) {
                int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
                buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
            }
        }

        private void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                written += channel.write(buffer);
            }
            if (buffer.capacity() > 2 * FRAME_FULL) {
                buffer = ByteBuffer.allocate(USUAL_ROOM);
            }
            buffer.clear();
        }
    }
}
