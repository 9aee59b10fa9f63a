package org.confocal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The image's Dockerfile, the Kubernetes manifests, the ECS task definition, and Telegraf's and Grafana's files. */
class DeploymentFilesTest {
    private static final Set<String> PATHS = Set.of("/health/live", "/health/ready");

    @Test
    void theImageIsPinnedAndNotRoot() throws IOException {
        List<String> lines = Files.readAllLines(Shipped.DOCKER.resolve("confocal/Dockerfile"));

        assertThat(lines.stream().filter(line -> line.startsWith("ARG ")))
                .hasSize(2)
                .allMatch(line -> line.matches("ARG [A-Z_]+=docker\\.io/library/[a-z0-9:.-]+@sha256:[0-9a-f]{64}"));
        assertThat(lines.stream().filter(line -> line.startsWith("FROM ")))
                .containsExactly("FROM ${BUILD_IMAGE} AS build", "FROM ${RUN_IMAGE}");
        assertThat(lines.stream().filter(line -> line.startsWith("USER "))).containsExactly("USER 1000:1000");
    }

    @Test
    void whatTheImageCopiesIsThere() throws IOException {
        Path root = Shipped.DOCKER.resolve("..");
        Matcher copied = Pattern.compile("(?m)^COPY (docker/.*) /\\S+$")
                .matcher(Files.readString(Shipped.DOCKER.resolve("confocal/Dockerfile")));

        assertThat(copied.find()).isTrue();
        assertThat(copied.group(1).split(" ")).allMatch(file -> Files.isExecutable(root.resolve(file)));
    }

    @Test
    void kubernetesObjectsFitTogether() throws IOException {
        List<JsonNode> objects = Shipped.yaml("kubernetes/confocal.yaml");
        assertThat(objects.stream().map(object -> object.path("kind").asString()))
                .containsExactly("ConfigMap", "Deployment", "Service", "PodDisruptionBudget", "PersistentVolumeClaim");
        JsonNode deployment = objects.get(1).path("spec");
        JsonNode pod = deployment.path("template");
        JsonNode labels = pod.path("metadata").path("labels");

        assertThat(labels.size()).isPositive();
        assertThat(deployment.path("selector").path("matchLabels")).isEqualTo(labels);
        assertThat(objects.get(2).path("spec").path("selector")).isEqualTo(labels);
        assertThat(objects.get(3).path("spec").path("selector").path("matchLabels"))
                .isEqualTo(labels);
        assertThat(objects.get(0).path("data").propertyNames()).isNotEmpty().isSubsetOf(Shipped.variables());

        JsonNode container = pod.path("spec").path("containers").path(0);
        assertThat(container.path("envFrom").path(0).path("configMapRef").path("name"))
                .isEqualTo(objects.get(0).path("metadata").path("name"));
        assertThat(names(container.path("volumeMounts"), "name"))
                .isEqualTo(names(pod.path("spec").path("volumes"), "name"));
        assertThat(pod.path("spec")
                        .path("volumes")
                        .path(0)
                        .path("persistentVolumeClaim")
                        .path("claimName"))
                .isEqualTo(objects.get(4).path("metadata").path("name"));
        assertThat(objects.get(2).path("spec").path("ports").path(0).path("targetPort"))
                .isEqualTo(container.path("ports").path(0).path("name"));
    }

    @Test
    void kubernetesAsksWhatTheFocusAnswers() throws IOException {
        JsonNode container = Shipped.yaml("kubernetes/confocal.yaml")
                .get(1)
                .path("spec")
                .path("template")
                .path("spec")
                .path("containers")
                .path(0);

        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            assertThat(PATHS).contains(get.path("path").asString());
            assertThat(get.path("port"))
                    .isEqualTo(container.path("ports").path(0).path("name"));
        }
        // Prosody that is away must not have the focus restarted.
        assertThat(container.path("livenessProbe").path("httpGet").path("path").asString())
                .isEqualTo("/health/live");
    }

    @Test
    void aRollingUpdateIsAHandoverOnOneNode() throws IOException {
        List<JsonNode> objects = Shipped.yaml("kubernetes/confocal.yaml");
        JsonNode deployment = objects.get(1).path("spec");
        JsonNode update = deployment.path("strategy").path("rollingUpdate");
        JsonNode pod = deployment.path("template").path("spec");

        assertThat(update.path("maxSurge").asInt()).isEqualTo(1);
        assertThat(update.path("maxUnavailable").asInt(1)).isZero();
        assertThat(pod.path("affinity")
                        .path("podAffinity")
                        .path("preferredDuringSchedulingIgnoredDuringExecution")
                        .path(0)
                        .path("podAffinityTerm")
                        .path("labelSelector"))
                .isEqualTo(deployment.path("selector"));
        // ReadWriteOncePod would keep the new pod from the journal.
        assertThat(objects.get(4).path("spec").path("accessModes").path(0).asString())
                .isEqualTo("ReadWriteOnce");
        // The supervisor's 15 s.
        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(15);
    }

    @Test
    void theEcsTaskIsGivenWhatItTakes() throws IOException {
        JsonNode task = Shipped.json("ecs/task-definition.json");
        JsonNode container = task.path("containerDefinitions").path(0);

        Set<String> names = new TreeSet<>(names(container.path("environment"), "name"));
        assertThat(names).isNotEmpty().isSubsetOf(Shipped.variables()).doesNotContain("JICOFO_AUTH_PASSWORD");
        assertThat(names(container.path("secrets"), "name")).containsExactly("JICOFO_AUTH_PASSWORD");
        assertThat(container.path("readonlyRootFilesystem").asBoolean()).isTrue();
        assertThat(names(container.path("linuxParameters").path("tmpfs"), "containerPath"))
                .containsExactly("/run", "/tmp");
        JsonNode command = container.path("healthCheck").path("command");
        assertThat(Files.readString(Shipped.DOCKER.resolve("confocal/Dockerfile")))
                .contains("[\"" + command.path(1).asString() + "\"]");
        assertThat(PATHS).contains(command.path(2).asString());
    }

    @Test
    void telegrafReadsTheFocusAndTheBridges() throws IOException {
        assertThat(Files.readString(Shipped.DOCKER.resolve("telegraf/telegraf.conf")))
                .contains("urls = [\"http://confocal:8888/metrics\", \"http://jvb1:8080/metrics\","
                        + " \"http://jvb2:8080/metrics\"]");
        assertThat(Shipped.yaml("compose.yaml").getFirst().path("services").propertyNames())
                .contains("confocal", "jvb1", "jvb2");
    }

    @Test
    void grafanaFindsItsDashboardAndItsData() throws IOException {
        JsonNode source =
                Shipped.yaml("grafana/provisioning/datasources/prometheus.yml").getFirst();
        JsonNode provider =
                Shipped.yaml("grafana/provisioning/dashboards/confocal.yml").getFirst();
        JsonNode services = Shipped.yaml("compose.yaml").getFirst().path("services");

        assertThat(source.path("datasources").path(0).path("url").asString()).isEqualTo("http://prometheus:9090");
        assertThat(services.path("prometheus").path("ports").path(0).asString()).endsWith(":9090");
        String folder =
                provider.path("providers").path(0).path("options").path("path").asString();
        assertThat(services.path("grafana").path("volumes"))
                .extracting(JsonNode::asString)
                .contains("./grafana/confocal.json:" + folder + "/confocal.json:ro");
    }

    private static List<String> names(JsonNode list, String key) {
        List<String> names = new ArrayList<>();
        list.forEach(element -> names.add(element.path(key).asString()));
        return names;
    }
}
