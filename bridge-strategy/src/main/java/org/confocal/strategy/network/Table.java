package org.confocal.strategy.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The rows of a comma-separated table that ships with this module, the heading first. */
record Table(List<List<String>> rows) {

    /** @param name of a resource beside this class */
    static Table read(String name) {
        try (InputStream in = Table.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not on the class path: " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Table(text.lines()
                    .filter(line -> !line.isBlank())
                    .map(line -> List.of(line.split(",", -1)))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    List<String> heading() {
        return rows.getFirst();
    }

    List<List<String>> body() {
        return rows.subList(1, rows.size());
    }
}
