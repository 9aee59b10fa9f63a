package org.confocal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The compose file: what Compose would refuse, and what would only be noticed once it runs. */
class ComposeTest {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([A-Z0-9_]+)");

    private final JsonNode compose;

    ComposeTest() throws IOException {
        compose = Shipped.yaml("compose.yaml").getFirst();
    }

    private static Schema specification() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7)
                .getSchema(
                        SchemaLocation.of("https://example.org/compose_spec.json"),
                        Objects.requireNonNull(ComposeTest.class.getResourceAsStream("compose-spec.json")),
                        InputFormat.JSON);
    }

    @Test
    void followsTheComposeSpecification() {
        assertThat(specification().validate(compose)).isEmpty();

        ((ObjectNode) compose.path("services").path("confocal")).put("imgae", "confocal");
        assertThat(specification().validate(compose)).singleElement().asString().contains("imgae");
    }

    @Test
    void servicesNameOnlyWhatIsThere() {
        List<String> missing = new ArrayList<>();
        for (JsonNode service : services()) {
            service.path("depends_on").forEach(other -> {
                if (!compose.path("services").has(other.asString())) {
                    missing.add("service " + other);
                }
            });
            service.path("volumes").forEach(mount -> {
                String source = mount.asString()
                        .replaceAll("\\$\\{[A-Z_]+:-([^}]*)}", "$1")
                        .split(":", 2)[0];
                boolean there = source.startsWith(".")
                        ? Shipped.DOCKER.resolve(source).toFile().exists()
                        : compose.path("volumes").has(source);
                if (!there) {
                    missing.add("mount " + source);
                }
            });
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void twoBridgesDifferInAllThatMustBeTheirOwn() {
        JsonNode one = compose.path("services").path("jvb1");
        JsonNode two = compose.path("services").path("jvb2");

        for (String own : List.of("JVB_INSTANCE_ID", "JVB_MUC_NICKNAME", "JVB_OCTO_RELAY_ID", "JVB_PORT")) {
            assertThat(one.path("environment").path(own).asString())
                    .isNotEmpty()
                    .isNotEqualTo(two.path("environment").path(own).asString());
        }
        for (JsonNode bridge : List.of(one, two)) {
            String port = bridge.path("environment").path("JVB_PORT").asString();
            assertThat(bridge.path("ports").path(0).asString()).isEqualTo(port + ":" + port + "/udp");
        }
        // Linked on one side only, conferences over both bridges would fail.
        assertThat(one.path("environment").path("ENABLE_OCTO"))
                .isEqualTo(two.path("environment").path("ENABLE_OCTO"))
                .isEqualTo(compose.path("services")
                        .path("confocal")
                        .path("environment")
                        .path("ENABLE_OCTO"));
    }

    @Test
    void theFocusIsGivenOnlyVariablesThatItTakes() throws IOException {
        JsonNode environment = compose.path("services").path("confocal").path("environment");

        assertThat(environment.propertyNames()).isNotEmpty().isSubsetOf(Shipped.variables());
    }

    @Test
    void onlyTheWebPageAndTheMediaAreReachableFromElsewhere() {
        List<String> open = new ArrayList<>();
        services()
                .forEach(service -> service.path("ports").forEach(port -> {
                    if (!port.asString().startsWith("127.0.0.1:")) {
                        open.add(port.asString());
                    }
                }));
        assertThat(open)
                .containsExactlyInAnyOrder(
                        "${HTTP_PORT:-8000}:8000",
                        "${HTTPS_PORT:-8443}:8443",
                        "${SHARDS_PORT:-8081}:8080",
                        "10000:10000/udp",
                        "10001:10001/udp");
    }

    @Test
    void whatMustBeSetStandsInTheExample() throws IOException {
        String text = Files.readString(Shipped.DOCKER.resolve("compose.yaml"));
        TreeSet<String> needed = new TreeSet<>();
        REFERENCE.matcher(text).results().forEach(match -> {
            if (text.startsWith(":?", match.end())) {
                needed.add(match.group(1));
            }
        });
        List<String> example = Files.readAllLines(Shipped.DOCKER.resolve("env.example"));

        assertThat(needed).containsExactly("JICOFO_AUTH_PASSWORD", "JVB_AUTH_PASSWORD");
        assertThat(example).contains("JICOFO_AUTH_PASSWORD=", "JVB_AUTH_PASSWORD=");
    }

    private List<JsonNode> services() {
        List<JsonNode> services = new ArrayList<>();
        compose.path("services").forEach(services::add);
        assertThat(services).hasSizeGreaterThan(4);
        return services;
    }
}
