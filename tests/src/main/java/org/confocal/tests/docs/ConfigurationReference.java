package org.confocal.tests.docs;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.confocal.config.SettingsLoader;

/** Makes docs/configuration.md of the defaults that the focus reads: keys, defaults, and the comments above them. */
public final class ConfigurationReference {
    /** Where it is kept, below the root of the repository. */
    public static final Path FILE = Path.of("docs", "configuration.md");

    private static final String DEFAULTS = "org/confocal/config/defaults.conf";
    private static final String HEAD = """
            # Configuration

            Made by `./dev docs` of the defaults that the focus reads; do not edit. HOCON, all keys below `jicofo` but for `tracing`.
            Durations as in `15 seconds` or `500 ms`. A key of Jicofo's keeps Jicofo's meaning and default unless it says otherwise;
            "Confocal's own" marks those that Jicofo does not have. `bin/confocal --check FILE` prints what counts in the end.
            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private ConfigurationReference() {}

    /** @param arguments the root of the repository; the current directory where none is given */
    public static void main(String[] arguments) throws IOException {
        Path root = Path.of(arguments.length > 0 ? arguments[0] : ".");
        Files.writeString(root.resolve(FILE), page());
    }

    static String page() {
        ConfigObject defaults = ConfigFactory.parseResources(
                        SettingsLoader.class.getClassLoader(),
                        DEFAULTS,
                        ConfigParseOptions.defaults().setAllowMissing(false))
                .root();
        ConfigurationReference reference = new ConfigurationReference();
        if (defaults.get("jicofo") instanceof ConfigObject jicofo) {
            inOrder(jicofo).forEach(section -> reference.section("jicofo.", section));
        }
        inOrder(defaults).stream()
                .filter(section -> !section.getKey().equals("jicofo"))
                .forEach(section -> reference.section("", section));
        return reference.page.toString();
    }

    private void section(String prefix, Map.Entry<String, ConfigValue> section) {
        page.append("\n## ").append(prefix).append(section.getKey()).append("\n\n");
        if (section.getValue() instanceof ConfigObject object && !object.isEmpty()) {
            String comment = comment(object);
            if (!comment.isEmpty()) {
                page.append(comment).append("\n\n");
            }
            page.append("| key | default | |\n|---|---|---|\n");
            inOrder(object).forEach(entry -> row("", entry));
        } else {
            page.append("| key | default | |\n|---|---|---|\n");
            row("", section);
        }
    }

    private void row(String prefix, Map.Entry<String, ConfigValue> entry) {
        String key = prefix + entry.getKey();
        if (entry.getValue() instanceof ConfigObject object && !object.isEmpty()) {
            String comment = comment(object);
            if (!comment.isEmpty()) {
                page.append("| `").append(key).append("` | | ").append(comment).append(" |\n");
            }
            inOrder(object).forEach(each -> row(key + ".", each));
        } else {
            page.append("| `%s` | %s | %s |\n".formatted(key, shown(entry.getValue()), comment(entry.getValue())));
        }
    }

    private static String shown(ConfigValue value) {
        // As written: what refers to another key is shown as that.
        String text = value.render(ConfigRenderOptions.concise()).replace("|", "\\|");
        return text.equals("null") ? "" : "`" + text + "`";
    }

    private static String comment(ConfigValue value) {
        return value.origin().comments().stream()
                .map(String::strip)
                .collect(Collectors.joining(" "))
                .replace("|", "\\|");
    }

    /** As written. */
    private static List<Map.Entry<String, ConfigValue>> inOrder(ConfigObject object) {
        return object.entrySet().stream()
                .sorted(Comparator.comparingInt((Map.Entry<String, ConfigValue> entry) -> line(entry.getValue()))
                        .thenComparing(Map.Entry::getKey))
                .toList();
    }

    private static int line(ConfigValue value) {
        return value.origin().lineNumber();
    }
}
