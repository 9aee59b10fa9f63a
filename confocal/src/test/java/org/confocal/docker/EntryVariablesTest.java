package org.confocal.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.confocal.config.SettingsLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each variable of docker-jitsi-meet's Jicofo changes what it should in what {@code --check} prints, and nothing else. */
class EntryVariablesTest {
    private static final Map<String, Map<String, String>> BEFORE = new TreeMap<>();

    @TempDir
    private Path folder;

    /** One row of variables.txt. */
    record Case(String variable, String value, Map<String, String> others, Map<String, String> changes) {
        static Case read(String line) {
            String[] columns =
                    Arrays.stream(line.split("\\|", 3)).map(String::strip).toArray(String[]::new);
            int equals = columns[0].indexOf('=');
            Map<String, String> changes = columns[2].startsWith("-") ? Map.of() : pairs(columns[2].split("; "));
            return new Case(
                    columns[0].substring(0, equals),
                    columns[0].substring(equals + 1),
                    columns[1].isBlank() ? Map.of() : pairs(columns[1].split(" ")),
                    changes.entrySet().stream()
                            .collect(Collectors.toMap(change -> "jicofo." + change.getKey(), Map.Entry::getValue)));
        }

        private static Map<String, String> pairs(String[] texts) {
            return Arrays.stream(texts)
                    .map(text -> text.split("=", 2))
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        }

        @Override
        public String toString() {
            return variable + "=" + value + " " + others;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Shipped.lines("variables.txt").map(Case::read);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void changesWhatItShouldAndNothingElse(Case row) throws Exception {
        Map<String, String> before = BEFORE.get(row.others().toString());
        if (before == null) {
            before = effective(row.others());
            BEFORE.put(row.others().toString(), before);
        }
        Map<String, String> with = new LinkedHashMap<>(row.others());
        with.put(row.variable(), row.value());

        assertThat(difference(before, effective(with))).isEqualTo(row.changes());
    }

    @Test
    void everyVariableHasACase() throws IOException {
        Set<String> tested = cases().map(Case::variable).collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = Shipped.lines("variable-names.txt").collect(Collectors.toCollection(TreeSet::new));

        assertThat(all).hasSize(79);
        all.add("XMPP_RECORDER_DOMAIN");
        all.add("CONFOCAL_JOURNAL_PATH");
        all.add("CONFOCAL_SPARE");
        assertThat(tested).isEqualTo(all);
    }

    @Test
    void anEmptyVariableIsOneThatIsNotSet() throws Exception {
        Map<String, String> empty = Shipped.lines("variable-names.txt")
                .filter(name -> !name.equals("JICOFO_AUTH_PASSWORD"))
                .collect(Collectors.toMap(name -> name, name -> ""));

        assertThat(effective(empty)).isEqualTo(effective(Map.of()));
    }

    @Test
    void theDefaultsAreDockerJitsiMeets() throws Exception {
        assertThat(effective(Map.of()))
                .containsEntry("jicofo.xmpp.client.hostname", "xmpp.meet.jitsi")
                .containsEntry("jicofo.xmpp.client.port", "5222")
                .containsEntry("jicofo.xmpp.client.domain", "auth.meet.jitsi")
                .containsEntry("jicofo.xmpp.client.xmpp-domain", "meet.jitsi")
                .containsEntry("jicofo.xmpp.client.username", "focus")
                .containsEntry("jicofo.xmpp.client.conference-muc-jid", "muc.meet.jitsi")
                .containsEntry("jicofo.xmpp.client.client-proxy", "focus.meet.jitsi")
                .containsEntry("jicofo.xmpp.client.disable-certificate-verification", "true")
                .containsEntry("jicofo.xmpp.trusted-domains", "[]")
                .containsEntry("jicofo.bridge.brewery-jid", "jvbbrewery@internal-muc.meet.jitsi")
                .containsEntry("jicofo.conference.max-ssrcs-per-user", "20")
                .containsEntry("jicofo.codec.rtp-extensions.mid.enabled", "false")
                .containsEntry("jicofo.octo.sctp-datachannels", "true")
                .containsEntry("jicofo.rest.host", "127.0.0.1");
    }

    private Map<String, String> effective(Map<String, String> environment) throws Exception {
        Entry entry = new Entry(folder);
        assertThat(entry.write(environment)).isEqualTo(new Entry.Result(0, "", ""));
        Config written = ConfigFactory.parseFile(entry.file().toFile()).resolve();
        Map<String, String> effective = new TreeMap<>(flat(ConfigFactory.parseString(
                new SettingsLoader(new Properties()).load(entry.file()).effective())));
        Map<String, String> asWritten = flat(written);
        effective.replaceAll((key, value) -> value.equals("(hidden)") ? asWritten.getOrDefault(key, "") : value);
        return effective;
    }

    private static Map<String, String> flat(Config config) {
        return config.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> String.join(".", ConfigUtil.splitPath(entry.getKey())),
                        entry -> String.valueOf(entry.getValue().unwrapped())));
    }

    private static Map<String, String> difference(Map<String, String> before, Map<String, String> after) {
        Set<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        return keys.stream()
                .filter(key -> !before.getOrDefault(key, "").equals(after.getOrDefault(key, "")))
                .collect(Collectors.toMap(key -> key, key -> after.getOrDefault(key, "")));
    }
}
