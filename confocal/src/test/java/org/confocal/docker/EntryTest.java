package org.confocal.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.confocal.config.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the image's entry script makes of awkward values, of {@code /config}, and of signals. */
class EntryTest {
    private static final String AWKWARD = "a\"b\\c $d ${jicofo} 'e' # // {f} [g]\n\th\r\"\n";

    @TempDir
    private Path folder;

    /** The values of these are HOCON of the operator's own, as in docker-jitsi-meet. */
    private static final Set<String> RAW = Set.of("JICOFO_BRIDGE_REGION_GROUPS", "JICOFO_CONF_SOURCE_SIGNALING_DELAYS");

    static Stream<String> names() throws IOException {
        return Shipped.lines("variable-names.txt").filter(name -> !RAW.contains(name));
    }

    @ParameterizedTest
    @MethodSource("names")
    void noValueBreaksTheFile(String name) throws Exception {
        Map<String, String> environment = new HashMap<>(Map.of(
                "ENABLE_VISITORS",
                "1",
                "VISITORS_XMPP_SERVER",
                "a",
                "ENABLE_JVB_XMPP_SERVER",
                "1",
                "ENABLE_AUTH",
                "1"));
        environment.put(name, AWKWARD);

        Entry.Result result = new Entry(folder).write(environment);

        if (result.exitCode() == 2) {
            assertThat(result.err()).startsWith("confocal: " + name + " is '");
        } else {
            assertThat(result).isEqualTo(new Entry.Result(0, "", ""));
            Config written =
                    ConfigFactory.parseFile(new Entry(folder).file().toFile()).resolve();
            assertThat(written.root().keySet()).containsExactly("jicofo");
            assertThat(written.getConfig("jicofo").root().keySet())
                    .isSubsetOf(
                            "authentication",
                            "bridge",
                            "codec",
                            "conference",
                            "jibri-sip",
                            "jigasi",
                            "local-region",
                            "octo",
                            "sctp",
                            "translation",
                            "visitors",
                            "xmpp");
        }
    }

    @Test
    void aPasswordIsWhatItSays() throws Exception {
        Entry entry = new Entry(folder);
        entry.write(Map.of("JICOFO_AUTH_PASSWORD", AWKWARD));

        assertThat(ConfigFactory.parseFile(entry.file().toFile()).getString("jicofo.xmpp.client.password"))
                .isEqualTo(AWKWARD);
        assertThat(new SettingsLoader(new Properties()).load(entry.file()).effective())
                .contains("password=\"(hidden)\"")
                .doesNotContain("${jicofo}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(entry.file())))
                .isEqualTo("rw-------");
    }

    @Test
    void withoutAPasswordItDoesNotStart() throws Exception {
        assertThat(new Entry(folder).run(Map.of()))
                .isEqualTo(new Entry.Result(
                        2,
                        "",
                        "confocal: JICOFO_AUTH_PASSWORD is not set. It is the password of focus@auth.meet.jitsi, the one"
                                + " that Prosody knows.\n"));
        assertThat(new Entry(folder).file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "2", "\"1", "on "})
    void aSwitchIsOnOrOff(String value) throws Exception {
        assertThat(new Entry(folder).write(Map.of("ENABLE_OCTO", value)))
                .isEqualTo(new Entry.Result(
                        2, "", "confocal: ENABLE_OCTO is '" + value + "'; it must be 1, true, 0 or false.\n"));
    }

    @Test
    void sentryIsNamedOnceAndNotUsed() throws Exception {
        assertThat(new Entry(folder).write(Map.of("SENTRY_DSN", "\"0\"")).err()).isEmpty();
        assertThat(new Entry(folder)
                        .write(Map.of("SENTRY_DSN", "https://key@example.org/1"))
                        .err())
                .isEqualTo("confocal: SENTRY_DSN is set: nothing is sent to Sentry; errors are in the log.\n");
    }

    @Test
    void customJicofoConfIsIncludedLast() throws Exception {
        Entry entry = new Entry(folder);
        Files.createDirectories(entry.given().resolve("more"));
        Files.writeString(entry.given().resolve("jicofo.conf"), "left over from an older image");
        Files.writeString(entry.given().resolve("custom-jicofo.conf"), "include \"more/own.conf\"");
        Files.writeString(
                entry.given().resolve("more/own.conf"),
                "jicofo.conference.min-participants = 1\njicofo.octo.enabled = false");

        assertThat(entry.write(Map.of("ENABLE_OCTO", "1")).exitCode()).isZero();

        String effective =
                new SettingsLoader(new Properties()).load(entry.file()).effective();
        Config custom = ConfigFactory.parseString(effective).getConfig("jicofo");
        assertThat(custom.getInt("conference.min-participants")).isEqualTo(1);
        assertThat(custom.getBoolean("octo.enabled")).isFalse();
    }

    @Test
    void theFocusTakesThePlaceOfTheScript() throws Exception {
        Entry entry = withFocus("echo \"$@\"; echo \"$JICOFO_MAX_MEMORY $JAVA_SYS_PROPS ${JAVA_OPTS:-none}\"; exit 7");

        assertThat(entry.run(Map.of("JICOFO_AUTH_PASSWORD", "p", "JAVA_SYS_PROPS", "-Da=b")))
                .isEqualTo(new Entry.Result(7, entry.file() + "\n3072m -Da=b none\n", ""));
        assertThat(entry.run(
                        Map.of("JICOFO_AUTH_PASSWORD", "p", "JAVA_SYS_PROPS", "", "JICOFO_MAX_MEMORY", "1g"),
                        "--check"))
                .isEqualTo(new Entry.Result(7, "--check " + entry.file() + "\n1g  none\n", ""));
    }

    @Test
    void withAJournalTwoProcessesAreKept() throws Exception {
        Entry entry = withFocus("echo \"$@\"");

        assertThat(entry.run(Map.of("JICOFO_AUTH_PASSWORD", "p", "CONFOCAL_JOURNAL_PATH", "/journal"))
                        .out())
                .isEqualTo("--pair " + entry.file() + "\n");
        assertThat(entry.run(Map.of("JICOFO_AUTH_PASSWORD", "p", "ENABLE_OCTO", "1"), "--reload")
                        .out())
                .isEqualTo("--reload " + entry.file() + "\n");
        assertThat(Files.readString(entry.file())).contains("jicofo.octo.enabled = \"true\"");
    }

    @Test
    void theVolumesLogbackXmlSaysWhatIsLogged() throws Exception {
        Entry entry = withFocus("echo \"$JAVA_OPTS\"");
        Files.createDirectories(entry.given());
        Files.writeString(entry.given().resolve("logback.xml"), "<configuration/>");

        assertThat(entry.run(Map.of("JICOFO_AUTH_PASSWORD", "p", "JAVA_OPTS", "-Da=b"))
                        .out())
                .isEqualTo("-Dlogback.configurationFile=" + folder.resolve("run/config/logback.xml") + " -Da=b\n");
    }

    @Test
    void theLogGoesToAFileTooAndASignalReachesTheFocus() throws Exception {
        Entry entry = withFocus("""
                trap 'echo stopped; exit 143' TERM
                echo started
                echo wrong >&2
                while :; do sleep 0.1; done
                """);
        Path log = Files.writeString(folder.resolve("focus.log"), "before\n");
        Path out = folder.resolve("out");

        Process process = entry.process(Map.of("JICOFO_AUTH_PASSWORD", "p", "JICOFO_LOG_FILE", log.toString()))
                .redirectOutput(out.toFile())
                .start();
        try {
            await().until(() -> Files.readString(log).contains("wrong"));
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }

        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(Files.readAllLines(log)).isEqualTo(List.of("before", "started", "wrong", "stopped"));
        assertThat(Files.readAllLines(out)).isEqualTo(List.of("started", "wrong", "stopped"));
    }

    /** A script in the place of {@code bin/confocal}. */
    private Entry withFocus(String script) throws IOException {
        Path focus = Files.createDirectories(folder.resolve("home/bin")).resolve("confocal");
        Files.writeString(focus, "#!/bin/sh\n" + script + "\n");
        assertThat(focus.toFile().setExecutable(true)).isTrue();
        return new Entry(folder);
    }
}
