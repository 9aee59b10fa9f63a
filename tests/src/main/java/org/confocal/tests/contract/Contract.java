package org.confocal.tests.contract;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.confocal.config.SettingsException;
import org.confocal.tests.client.ClientConfig;
import org.confocal.tests.client.ClientEmulator;
import org.confocal.tests.client.ClientKind;
import org.confocal.tests.demo.ConfocalUnderTest;
import org.confocal.tests.demo.Deployment;
import org.confocal.tests.demo.Layout;
import org.confocal.tests.prosody.FocusLogin;

/**
 * Starts a Prosody, linked bridges, the focus, and a conference over two bridges, and holds the focus against the contract.
 * Exit code 0 where it is kept, 1 where not.
 */
public final class Contract {
    private static final String ROOM = "contract";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private Contract() {}

    public static void main(String[] arguments) throws IOException {
        // Whatever logs to stdout goes to stderr: stdout carries the result and nothing else.
        PrintStream result = System.out;
        System.setOut(System.err);
        ContractReport report = run();
        result.print(List.of(arguments).contains("--json") ? report.toJson() + "\n" : report.toText());
        result.flush();
        System.exit(report.kept() ? 0 : 1);
    }

    /** Runs all of it once. */
    static ContractReport run() throws IOException {
        try (Deployment deployment =
                Deployment.start(Layout.THREE_REGIONS, FocusLogin.CLIENT, new ConfocalUnderTest(), 0, 1)) {
            List<ClientEmulator> people = new ArrayList<>();
            try {
                withStatistics(deployment);
                for (String region : List.of("us-east-1", "eu-central-1", "us-east-1")) {
                    people.add(join(deployment, region, people.size()));
                }
                for (ClientEmulator person : people) {
                    if (!person.await(books -> books.accepted() >= 1, PATIENCE)) {
                        throw new IOException(person.endpoint() + " has no session");
                    }
                }
                return check(deployment, people);
            } finally {
                people.forEach(ClientEmulator::leave);
            }
        }
    }

    private static ClientEmulator join(Deployment deployment, String region, int index) throws IOException {
        List<ClientKind> kinds = List.of(ClientKind.REWRITING, ClientKind.JSON, ClientKind.XML);
        ClientConfig config = ClientConfig.of(deployment.prosody().config(), ROOM, kinds.get(index % kinds.size()))
                .in(region)
                .with(PATIENCE, Duration.ofMillis(200));
        return ClientEmulator.join(config, new SplittableRandom(index + 1));
    }

    /** The first request configures a conference: clients of ours ask for no rtcstats, as lib-jitsi-meet's default is. */
    private static void withStatistics(Deployment deployment) throws IOException {
        String room = deployment.prosody().config().domains().room(ROOM);
        try (HttpFace http = new HttpFace(deployment.url(""))) {
            String body = "{\"room\":\"%s\",\"properties\":{\"rtcstatsEnabled\":\"true\"}}".formatted(room);
            int status =
                    http.send("POST", "/conference-request/v1", body, "*/*").statusCode();
            if (status != 200) {
                throw new IOException("the conference request over HTTP was answered with " + status);
            }
        }
    }

    private static ContractReport check(Deployment deployment, List<ClientEmulator> people) throws IOException {
        Map<String, String> placeholders = Map.of(
                "room", deployment.prosody().config().domains().room(ROOM),
                "bridge", deployment.bridges().getFirst().config().name(),
                "endpoint", people.getFirst().endpoint());
        Findings findings = new Findings();
        try (HttpFace http = new HttpFace(deployment.url(""))) {
            PathContract.check(ContractText.lines("paths.txt", placeholders), http, findings);
            pin(http);
            FieldContract.check(ContractText.lines("fields.txt", placeholders), http, findings);
            MetricContract.check(ContractText.lines("metrics.txt", placeholders), http, findings);
            KeyContract.check(ContractText.lines("keys.txt", placeholders), findings);
        } catch (SettingsException refused) {
            findings.missing("a minimal configuration is refused: " + refused.getMessage());
        }
        return findings.report();
    }

    /** So that the list of pins has something in it. */
    private static void pin(HttpFace http) throws IOException {
        http.send(
                "POST",
                "/pin",
                "{\"conferenceId\":\"later@muc.example.org\",\"jvbVersion\":\"2.3\",\"durationMinutes\":5}",
                "*/*");
    }
}
