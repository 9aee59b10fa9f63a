package org.confocal.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What large rooms cost, for people and for programs. */
record RoomTable(List<Row> rows) {
    RoomTable {
        rows = List.copyOf(rows);
    }

    /**
     * One way of linking bridges and of signalling sources, at one size.
     *
     * @param way how bridges are linked, and whether source signalling is batched
     * @param people in the room, at first
     * @param listener what the join of one who sends nothing brings about
     * @param talker likewise of one who sends sound and a picture
     * @param minute of joins, leaves and mutes
     * @param writtenBytes of the state when it is written, for each participant
     */
    record Row(String way, int people, Joins listener, Joins talker, Minute minute, double writtenBytes) {}

    /**
     * One join, up to the last stanza about it.
     *
     * @param micros of one processor
     * @param bytes allocated
     * @param stanzas to clients
     * @param sourceStanzas those of them that tell of sources
     * @param requests to bridges
     */
    record Joins(double micros, double bytes, double stanzas, double sourceStanzas, double requests) {}

    /**
     * A minute with 20 events a second.
     *
     * @param micros of one processor, for one event
     * @param bytes allocated, for one event
     * @param sourceStanzas in a second to one member
     * @param requests in a second to all bridges
     */
    record Minute(double micros, double bytes, double sourceStanzas, double requests) {}

    String text() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%-16s%8s%30s%40s%40s%10s%n",
                "",
                "",
                "a listener joins",
                "a talker joins",
                "a minute, 20 events/s",
                "state"));
        text.append(line(
                "links",
                "people",
                "us",
                "kB",
                "stanzas",
                "us",
                "kB",
                "stanzas",
                "requests",
                "us",
                "kB",
                "told/s",
                "requests/s",
                "B/person"));
        for (Row row : rows) {
            text.append(line(
                    row.way,
                    Integer.toString(row.people),
                    shown("%.0f", row.listener.micros),
                    shown("%.0f", row.listener.bytes / 1e3),
                    shown("%.1f", row.listener.stanzas),
                    shown("%.0f", row.talker.micros),
                    shown("%.0f", row.talker.bytes / 1e3),
                    shown("%.1f", row.talker.stanzas),
                    shown("%.1f", row.talker.requests),
                    shown("%.0f", row.minute.micros),
                    shown("%.0f", row.minute.bytes / 1e3),
                    shown("%.2f", row.minute.sourceStanzas),
                    shown("%.0f", row.minute.requests),
                    shown("%.0f", row.writtenBytes)));
        }
        return text.append("us of one processor and kB allocated: for one join, or one event of the minute. stanzas: to"
                        + " clients. told/s: source-add and source-remove to one member.")
                .toString();
    }

    private static String line(String... cells) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s%8s", cells[0], cells[1]));
        for (int i = 2; i < cells.length; i++) {
            line.append(String.format(Locale.ROOT, "%10s", cells[i]));
        }
        return line.append('\n').toString();
    }

    /** One line. */
    String json() {
        return rows.stream().map(RoomTable::json).collect(Collectors.joining(", ", "{\"conference\": [", "]}"));
    }

    private static String json(Row row) {
        return String.format(
                Locale.ROOT,
                "{\"links\": \"%s\", \"people\": %d, \"listener_join\": %s, \"talker_join\": %s, \"minute\":"
                        + " {\"us_per_event\": %.1f, \"bytes_per_event\": %.0f,"
                        + " \"source_stanzas_per_member_per_s\": %.3f, \"bridge_requests_per_s\": %.1f},"
                        + " \"state_bytes_per_participant\": %.0f}",
                row.way,
                row.people,
                json(row.listener),
                json(row.talker),
                row.minute.micros,
                row.minute.bytes,
                row.minute.sourceStanzas,
                row.minute.requests,
                row.writtenBytes);
    }

    private static String json(Joins joins) {
        return String.format(
                Locale.ROOT,
                "{\"cpu_us\": %.1f, \"bytes\": %.0f, \"stanzas\": %.2f, \"source_stanzas\": %.2f,"
                        + " \"bridge_requests\": %.2f}",
                joins.micros,
                joins.bytes,
                joins.stanzas,
                joins.sourceStanzas,
                joins.requests);
    }

    private static String shown(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
