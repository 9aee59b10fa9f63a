package org.confocal.strategy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * Reads a bridge's statistics by their names on the wire (spec/05, section 2). A bridge publishes more than eighty of
 * them every five seconds: only the twelve that are used are looked up. Nonsense never throws: its field stays empty and
 * its name is listed.
 */
public final class BridgeReportParser {
    /** No value that is used is longer, in characters. */
    public static final int MAX_LENGTH = 256;

    private final Function<String, Optional<String>> stat;
    private final List<String> malformed = new ArrayList<>();

    private BridgeReportParser(Function<String, Optional<String>> stat) {
        this.stat = stat;
    }

    /**
     * Reads one report.
     *
     * @param stat the value of a statistic by its name; empty where the presence has none of that name
     * @return what could be read, and the names of what was there and could not
     */
    public static Parsed parse(Function<String, Optional<String>> stat) {
        BridgeReportParser parser = new BridgeReportParser(stat);
        BridgeReport report = parser.report();
        return new Parsed(report, parser.malformed);
    }

    /**
     * One report as read.
     *
     * @param malformed names as on the wire, in the order of {@link BridgeReport}'s fields
     */
    public record Parsed(BridgeReport report, List<String> malformed) {
        public Parsed {
            malformed = List.copyOf(malformed);
        }
    }

    private BridgeReport report() {
        return new BridgeReport(
                figure("stress_level"),
                figure("packet_rate_download"),
                figure("packet_rate_upload"),
                figure("average_participant_stress"),
                flag("drain"),
                flag("graceful_shutdown"),
                flag("shutting_down"),
                flag("healthy"),
                text("version"),
                text("release"),
                text("region").map(Region::new),
                text("relay_id"));
    }

    private OptionalDouble figure(String name) {
        Optional<Double> value = read(name, BridgeReportParser::toFigure);
        return value.isPresent() ? OptionalDouble.of(value.get()) : OptionalDouble.empty();
    }

    private Optional<Boolean> flag(String name) {
        return read(name, BridgeReportParser::toFlag);
    }

    private Optional<String> text(String name) {
        return read(name, BridgeReportParser::toText);
    }

    private <T> Optional<T> read(String name, Function<String, Optional<T>> reader) {
        Optional<String> raw = stat.apply(name);
        if (raw.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> value = raw.filter(text -> text.length() <= MAX_LENGTH).flatMap(reader);
        if (value.isEmpty()) {
            malformed.add(name);
        }
        return value;
    }

    private static Optional<Double> toFigure(String text) {
        // Double.parseDouble also takes NaN, Infinity, hexadecimal, a trailing f or d, and spaces: no bridge writes
        // those.
        if (text.isEmpty() || !text.chars().allMatch(BridgeReportParser::standsInDecimal)) {
            return Optional.empty();
        }
        try {
            double value = Double.parseDouble(text);
            return BridgeReport.isFigure(value) ? Optional.of(Math.abs(value)) : Optional.empty();
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }

    private static boolean standsInDecimal(int c) {
        return (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '+' || c == 'e' || c == 'E';
    }

    private static Optional<Boolean> toFlag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Control characters would forge lines of a log. */
    private static Optional<String> toText(String text) {
        return text.isBlank() || text.chars().anyMatch(Character::isISOControl) ? Optional.empty() : Optional.of(text);
    }
}
