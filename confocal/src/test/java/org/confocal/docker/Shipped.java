package org.confocal.docker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads what lies in the folder {@code docker}. */
final class Shipped {
    static final Path DOCKER = Path.of("..", "docker").toAbsolutePath().normalize();

    /** What {@code entry} reads besides the variables that docker-jitsi-meet's template has. */
    private static final Set<String> OF_SCRIPTS = Set.of(
            "JICOFO_MAX_MEMORY",
            "JAVA_SYS_PROPS",
            "JICOFO_LOG_FILE",
            "XMPP_RECORDER_DOMAIN",
            "TZ",
            "CONFOCAL_JOURNAL_PATH",
            "CONFOCAL_SPARE");

    private Shipped() {}

    /** The documents of a YAML file, merges and aliases resolved. */
    static List<JsonNode> yaml(String file) throws IOException {
        Iterable<Object> documents =
                new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(DOCKER.resolve(file)));
        return StreamSupport.stream(documents.spliterator(), false)
                .<JsonNode>map(document -> JsonMapper.shared().valueToTree(document))
                .toList();
    }

    static JsonNode json(String file) throws IOException {
        return JsonMapper.shared().readTree(Files.readString(DOCKER.resolve(file)));
    }

    /** The names of all variables that the image takes. */
    static Set<String> variables() throws IOException {
        return Stream.concat(lines("variable-names.txt"), OF_SCRIPTS.stream()).collect(Collectors.toSet());
    }

    /** A resource's lines, but for comments. */
    static Stream<String> lines(String resource) throws IOException {
        try (var in = Objects.requireNonNull(Shipped.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList().stream();
        }
    }
}
