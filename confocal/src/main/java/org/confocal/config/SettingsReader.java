package org.confocal.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jxmpp.jid.impl.JidCreate;
import org.jxmpp.stringprep.XmppStringprepException;

/**
 * Reads typed values and collects what is wrong with them instead of stopping at the first. A value that is wrong reads as
 * its default; the caller must look at {@link #problems} before it believes any of them.
 */
final class SettingsReader {
    private static final Map<String, Boolean> FLAGS = Map.of(
            "true", true, "yes", true, "on", true, "1", true, "false", false, "no", false, "off", false, "0", false);

    private final Config config;
    private final Config defaults;
    private final List<SettingsProblem> problems = new ArrayList<>();

    /** @param defaults has a valid value for every key, or none */
    SettingsReader(Config config, Config defaults) {
        this.config = config;
        this.defaults = defaults;
    }

    List<SettingsProblem> problems() {
        return problems;
    }

    /** true, yes, on, 1 and their opposites; quoted or not, as templates write them. */
    boolean flag(String key) {
        return read(key, "true or false", from -> {
            Boolean flag = FLAGS.get(from.getString(key).toLowerCase(Locale.ROOT));
            if (flag == null) {
                throw new IllegalArgumentException("not a flag");
            }
            return flag;
        });
    }

    int integer(String key, int least, int most) {
        return read(key, "a whole number from %d to %d".formatted(least, most), from -> {
            int value = from.getInt(key);
            require(value >= least && value <= most);
            return value;
        });
    }

    /** A number above 0 and not above {@code most}. */
    double positive(String key, double most) {
        return read(key, "a number above 0, at most " + most, from -> {
            double value = from.getDouble(key);
            require(value > 0 && value <= most);
            return value;
        });
    }

    /** A number from 0 to {@code most}. */
    double notNegative(String key, double most) {
        return number(key, 0, most);
    }

    double number(String key, double least, double most) {
        return read(key, "a number from %s to %s".formatted(least, most), from -> {
            double value = from.getDouble(key);
            require(value >= least && value <= most);
            return value;
        });
    }

    Duration duration(String key, Duration least) {
        return read(key, "a duration of at least " + least.toMillis() + " ms, as in '15 seconds'", from -> {
            Duration value = from.getDuration(key);
            require(value.compareTo(least) >= 0);
            return value;
        });
    }

    Optional<Duration> optionalDuration(String key, Duration least) {
        return config.hasPath(key) ? Optional.of(duration(key, least)) : Optional.empty();
    }

    /** Empty where it is not set or blank: templates write empty strings for what is not wanted. */
    Optional<String> text(String key) {
        return Optional.ofNullable(read(key, "a text", from -> from.hasPath(key) ? from.getString(key) : ""))
                .filter(value -> !value.isBlank());
    }

    List<String> texts(String key) {
        return read(key, "a list of texts", from -> List.copyOf(from.getStringList(key)));
    }

    /** A text that becomes something else; {@code parser} throws IllegalArgumentException where it cannot. */
    <T> Optional<T> parsed(String key, String valid, Function<String, T> parser) {
        return text(key).flatMap(value -> {
            try {
                return Optional.of(parser.apply(value));
            } catch (IllegalArgumentException wrong) {
                problem(key, valid);
                return Optional.empty();
            }
        });
    }

    /** As {@link #parsed}, for what must be there. */
    <T> Optional<T> required(String key, String valid, Function<String, T> parser) {
        if (text(key).isEmpty()) {
            problem(key, valid);
            return Optional.empty();
        }
        return parsed(key, valid, parser);
    }

    /** One of the names, whatever their case. */
    <T> T choice(String key, Map<String, T> choices) {
        return read(key, "one of " + String.join(", ", new TreeSet<>(choices.keySet())), from -> {
            String wanted = from.getString(key);
            return choices.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(wanted))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("not one of them"));
        });
    }

    /** The children of an object: a reader for each, by its key. */
    List<? extends Config> objects(String key) {
        return read(key, "a list of objects", from -> from.getConfigList(key));
    }

    <T> T read(String key, String valid, Function<Config, T> reader) {
        try {
            return reader.apply(config);
        } catch (ConfigException | IllegalArgumentException wrong) {
            problem(key, valid);
            return reader.apply(defaults);
        }
    }

    void problem(String key, String valid) {
        problems.add(new SettingsProblem(key, shown(key), origin(key), valid));
    }

    private String shown(String key) {
        if (Secrets.isSecret(key) || Secrets.mayHoldPassword(key)) {
            return "(hidden)";
        }
        if (!config.hasPath(key)) {
            return "(not set)";
        }
        ConfigValue value = config.getValue(key);
        String rendered = value.valueType() == ConfigValueType.STRING
                ? "\"" + value.unwrapped() + "\""
                : String.valueOf(value.unwrapped());
        return rendered.length() > 100 ? rendered.substring(0, 100) + "..." : rendered;
    }

    private String origin(String key) {
        return config.hasPath(key) ? config.getValue(key).origin().description() : "nowhere";
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException("out of range");
        }
    }

    /** Turns jxmpp's checked exception into the one that {@link #parsed} takes. */
    static <T> Function<String, T> jid(JidParser<T> parser) {
        return text -> {
            try {
                return parser.parse(text);
            } catch (XmppStringprepException wrong) {
                throw new IllegalArgumentException(wrong);
            }
        };
    }

    /** One of {@link JidCreate}'s methods. */
    @FunctionalInterface
    interface JidParser<T> {
        T parse(String text) throws XmppStringprepException;
    }
}
