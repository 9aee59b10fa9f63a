package org.confocal.xmpp.exchange;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.confocal.xmpp.exchange.StreamLedger.Terms;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a stream's books look in the journal: {@code id} says which stream it is and where its numbers begin, {@code in} and
 * {@code acked} are numbers, and {@code out/NUMBER} are stanzas. Numbers go on from one stream to the next, so that what a
 * late change leaves of an older stream is known by its number.
 */
final class LedgerRecords {

    private static final Logger LOG = LoggerFactory.getLogger(LedgerRecords.class);
    /** Of all records of a stream; stands in {@code id}. */
    private static final int VERSION = 1;

    private final String prefix;

    LedgerRecords(String name) {
        prefix = "stream/" + name + "/";
    }

    /** A stream's terms, and the last numbers before its first stanzas. */
    record Opening(Terms terms, long inBase, long outBase) {}

    /**
     * A stream as it was left.
     *
     * @param written may have been sent, numbered from {@code acked + 1} without a gap
     * @param unwritten was never sent, because something before it was not kept; in order
     */
    record Left(Opening opening, long in, long acked, List<String> written, List<String> unwritten) {}

    String id() {
        return prefix + "id";
    }

    String in() {
        return prefix + "in";
    }

    String acked() {
        return prefix + "acked";
    }

    String out(long number) {
        return prefix + "out/" + HexFormat.of().toHexDigits(number);
    }

    /** All of this stream's records. */
    SortedMap<String, byte[]> of(SortedMap<String, byte[]> all) {
        return all.subMap(prefix, prefix + '\uffff');
    }

    static byte[] number(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    static byte[] opening(Opening opening) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            out.writeUTF(opening.terms().id());
            out.writeUTF(opening.terms().location());
            out.writeUTF(opening.terms().address());
            out.writeLong(opening.terms().hold().toSeconds());
            out.writeLong(opening.inBase());
            out.writeLong(opening.outBase());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What the last process left; nothing, with a line in the log, where it cannot be read as a whole. */
    Optional<Left> read(SortedMap<String, byte[]> all) {
        SortedMap<String, byte[]> records = of(all);
        byte[] id = records.get(id());
        if (id == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(left(id, records));
        } catch (IOException | RuntimeException e) {
            LOG.warn("the stream {} cannot be resumed, its record in the journal is unreadable: {}", prefix, reason(e));
            return Optional.empty();
        }
    }

    private Left left(byte[] id, SortedMap<String, byte[]> records) throws IOException {
        Opening opening = opening(id);
        long in = Math.max(opening.inBase(), number(records, in()));
        long acked = Math.max(opening.outBase(), number(records, acked()));
        List<String> written = new ArrayList<>();
        List<String> unwritten = new ArrayList<>();
        String first = prefix + "out/";
        for (Map.Entry<String, byte[]> record : records.tailMap(first).entrySet()) {
            if (!record.getKey().startsWith(first)) {
                break;
            }
            long number = Long.parseUnsignedLong(record.getKey().substring(first.length()), 16);
            if (number <= acked) {
                continue;
            }
            boolean follows = unwritten.isEmpty() && number == acked + written.size() + 1;
            (follows ? written : unwritten).add(stanza(record));
        }
        return new Left(opening, in, acked, List.copyOf(written), List.copyOf(unwritten));
    }

    private static Opening opening(byte[] bytes) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        int version = in.readByte();
        if (version != VERSION) {
            throw new IOException("version " + version + ", and this Confocal reads version " + VERSION);
        }
        Terms terms = new Terms(in.readUTF(), in.readUTF(), in.readUTF(), Duration.ofSeconds(in.readLong()));
        Opening opening = new Opening(terms, in.readLong(), in.readLong());
        if (in.read() >= 0) {
            throw new IOException("more than was written");
        }
        return opening;
    }

    private static long number(SortedMap<String, byte[]> records, String key) throws IOException {
        byte[] bytes = records.get(key);
        if (bytes == null || bytes.length != Long.BYTES) {
            throw new IOException(key + " is " + (bytes == null ? "missing" : bytes.length + " bytes"));
        }
        return ByteBuffer.wrap(bytes).getLong();
    }

    private static String stanza(Map.Entry<String, byte[]> record) throws IOException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(record.getValue()))
                    .toString();
            if (text.startsWith("<") && text.endsWith(">")) {
                return text;
            }
        } catch (CharacterCodingException e) {
            throw new IOException(record.getKey() + " is not UTF-8", e);
        }
        throw new IOException(record.getKey() + " is not a stanza");
    }

    private static String reason(Exception e) {
        return String.valueOf(e.getMessage() == null ? e : e.getMessage());
    }
}
