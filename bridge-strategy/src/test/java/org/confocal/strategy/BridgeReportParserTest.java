package org.confocal.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.confocal.strategy.BridgeReportParser.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BridgeReportParserTest {
    private static final List<String> NAMES = List.of(
            "stress_level",
            "packet_rate_download",
            "packet_rate_upload",
            "average_participant_stress",
            "drain",
            "graceful_shutdown",
            "shutting_down",
            "healthy",
            "version",
            "release",
            "region",
            "relay_id");

    @Test
    void readsEveryFieldByItsNameOnTheWire() {
        Parsed parsed = parse(Map.ofEntries(
                Map.entry("stress_level", "0.25"),
                Map.entry("packet_rate_download", "1200"),
                Map.entry("packet_rate_upload", "3400.5"),
                Map.entry("average_participant_stress", "1.0E-2"),
                Map.entry("drain", "false"),
                Map.entry("graceful_shutdown", "true"),
                Map.entry("shutting_down", "TRUE"),
                Map.entry("healthy", "false"),
                Map.entry("version", "2.3.195"),
                Map.entry("release", "5678"),
                Map.entry("region", "eu-west-1"),
                Map.entry("relay_id", "jvb1"),
                Map.entry("conferences", "not even looked at")));

        assertThat(parsed.malformed()).isEmpty();
        assertThat(parsed.report())
                .isEqualTo(new BridgeReport(
                        OptionalDouble.of(0.25),
                        OptionalDouble.of(1200),
                        OptionalDouble.of(3400.5),
                        OptionalDouble.of(0.01),
                        Optional.of(false),
                        Optional.of(true),
                        Optional.of(true),
                        Optional.of(false),
                        Optional.of("2.3.195"),
                        Optional.of("5678"),
                        Optional.of(new Region("eu-west-1")),
                        Optional.of("jvb1")));
        assertThat(parsed.report().fullVersion()).contains("2.3.195-5678");
    }

    @Test
    void looksUpOnlyTheFieldsThatAreUsedAndEachOnce() {
        List<String> lookedUp = new ArrayList<>();
        Parsed parsed = BridgeReportParser.parse(name -> {
            lookedUp.add(name);
            return Optional.empty();
        });

        assertThat(lookedUp).containsExactlyElementsOf(NAMES);
        assertThat(parsed).isEqualTo(new Parsed(BridgeReport.EMPTY, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.0, 0", "-0.0, 0", "1, 1", "+1.5, 1.5", ".5, 0.5", "5., 5", "1E3, 1000", "1000000000, 1e9"})
    void numbersFromNoneToABillionAreFigures(String text, double expected) {
        Parsed parsed = parse(Map.of("stress_level", text));

        assertThat(parsed.report().stressLevel()).hasValue(expected);
        assertThat(parsed.malformed()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN", "-NaN", "Infinity", "-Infinity", "1e400", "-1", "-0.001", "1000000001", "1e300", "busy", "", " ",
                "0.5 ", " 0.5", "0,5", "0.5f", "0.5d", "0x1p3", "1e", "--1", "1.2.3", "٣", "true", "null"
            })
    void everythingElseLeavesAFigureEmptyAndIsNamed(String text) {
        for (String name : NAMES.subList(0, 4)) {
            Parsed parsed = parse(Map.of(name, text));

            assertThat(parsed.report()).isEqualTo(BridgeReport.EMPTY);
            assertThat(parsed.malformed()).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "0", "yes", "true ", "tru", "null"})
    void aFlagIsTrueOrFalseAndNothingElse(String text) {
        for (String name : NAMES.subList(4, 8)) {
            Parsed parsed = parse(Map.of(name, text));

            assertThat(parsed.report()).isEqualTo(BridgeReport.EMPTY);
            assertThat(parsed.malformed()).containsExactly(name);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "eu\nWARN forged line", "eu\u0000", "\u007f"})
    void textThatIsBlankOrHasControlCharactersIsMalformed(String text) {
        for (String name : NAMES.subList(8, 12)) {
            Parsed parsed = parse(Map.of(name, text));

            assertThat(parsed.report()).isEqualTo(BridgeReport.EMPTY);
            assertThat(parsed.malformed()).containsExactly(name);
        }
    }

    @Test
    void valuesOfMoreThan256CharactersAreMalformed() {
        String longest = "1." + "0".repeat(254);
        assertThat(longest).hasSize(BridgeReportParser.MAX_LENGTH);
        assertThat(parse(Map.of("version", longest, "stress_level", longest)).malformed())
                .isEmpty();

        for (String name : NAMES) {
            assertThat(parse(Map.of(name, longest + "0")).malformed()).containsExactly(name);
        }
    }

    @Test
    void nonsenseInOneFieldDoesNotTouchTheOthers() {
        Parsed parsed = parse(Map.of("stress_level", "NaN", "drain", "maybe", "region", "eu", "healthy", "true"));

        assertThat(parsed.malformed()).containsExactly("stress_level", "drain");
        assertThat(parsed.report().region()).contains(new Region("eu"));
        assertThat(parsed.report().healthy()).contains(true);
    }

    @Property
    void whateverABridgeSendsIsReadOrNamedAndNeverThrown(@ForAll String text) {
        for (String name : NAMES) {
            Parsed parsed = parse(Map.of(name, text));
            assertThat(parsed.report().equals(BridgeReport.EMPTY))
                    .isEqualTo(parsed.malformed().equals(List.of(name)));
        }
    }

    @Property
    void everyDoubleIsAFigureOrMalformed(@ForAll double value) {
        Parsed parsed = parse(Map.of("stress_level", Double.toString(value)));

        if (value >= 0 && value <= 1e9) {
            assertThat(parsed.report().stressLevel()).hasValue(Math.abs(value));
        } else {
            assertThat(parsed.malformed()).containsExactly("stress_level");
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, -1e-9, 1.1e9, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void aReportRefusesWhatIsNoFigure(double value) {
        OptionalDouble empty = OptionalDouble.empty();
        assertThatThrownBy(() -> new BridgeReport(
                        empty,
                        OptionalDouble.of(value),
                        empty,
                        empty,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("packetRateDownload must be from 0 to 1.0E9, not ");
    }

    private static Parsed parse(Map<String, String> stats) {
        return BridgeReportParser.parse(name -> Optional.ofNullable(stats.get(name)));
    }
}
