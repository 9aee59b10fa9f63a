package org.confocal.focus.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordNumbersTest {

    @Test
    void numbersAreReadAsTheyWereWritten() {
        long[] numbers = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE};

        assertThat(RecordNumbers.read("It", RecordNumbers.write(numbers), 4)).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[", "]", "[]", "[1]", "[1,2", "1,2]", "[1,2,3]", "[1,]", "[1,\0]", "[1,9223372036854775808]"
            })
    void anythingElseIsRefusedWithASentence(String text) {
        assertThatThrownBy(() -> RecordNumbers.read("It", text.getBytes(StandardCharsets.ISO_8859_1), 2))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("It is not an array of 2 numbers.");
    }
}
