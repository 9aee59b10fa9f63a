package org.confocal.focus.journal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A record that is nothing but whole numbers, a JSON array: what changes all the time is written so. Stateless; any thread. */
public final class RecordNumbers {
    private RecordNumbers() {}

    public static byte[] write(long... numbers) {
        StringBuilder json = new StringBuilder("[");
        for (int i = 0; i < numbers.length; i++) {
            json.append(i == 0 ? "" : ",").append(numbers[i]);
        }
        return json.append(']').toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /**
     * As many numbers as were written.
     *
     * @param what it is, for the sentence
     * @throws IllegalArgumentException where that is not what was written, with a sentence about it
     */
    public static long[] read(String what, byte[] json, int count) {
        String text = new String(json, StandardCharsets.ISO_8859_1);
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw unreadable(what, count, null);
        }
        String[] parts = text.substring(1, text.length() - 1).split(",", -1);
        if (parts.length != count) {
            throw unreadable(what, count, null);
        }
        long[] numbers = new long[count];
        try {
            for (int i = 0; i < count; i++) {
                numbers[i] = Long.parseLong(parts[i]);
            }
        } catch (NumberFormatException notWritten) {
            throw unreadable(what, count, notWritten);
        }
        return numbers;
    }

    private static IllegalArgumentException unreadable(String what, int count, @Nullable NumberFormatException cause) {
        return new IllegalArgumentException("%s is not an array of %d numbers.".formatted(what, count), cause);
    }
}
