package org.confocal.tests.contract;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The lines of one of the contract's files: comments and empty lines left out, placeholders filled in. */
final class ContractText {
    private ContractText() {}

    static List<String> lines(String file, Map<String, String> placeholders) {
        try (InputStream in = ContractText.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("there is no " + file);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> filled(line, placeholders))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String filled(String line, Map<String, String> placeholders) {
        String filled = line;
        for (Map.Entry<String, String> each : placeholders.entrySet()) {
            filled = filled.replace("{" + each.getKey() + "}", each.getValue());
        }
        return filled;
    }
}
