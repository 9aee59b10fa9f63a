package org.confocal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.confocal.health.Access;
import org.confocal.health.BearerToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where control calls are answered, and which configurations are refused. */
class HttpKeysTest {
    private static final String TOKEN = "0123456789abcdef";
    private static final String WITH_TOKEN = "jicofo.rest.control.token = \"" + TOKEN + "\"\n";

    private static LoadedSettings load(String hocon) throws SettingsException {
        return new SettingsLoader(new Properties()).parse(SettingsLoaderTest.CLIENT + hocon);
    }

    private static Access access(String hocon) throws SettingsException {
        return load(hocon).settings().http().access();
    }

    @Test
    void onLoopbackEverythingIsOnOneAddressAndOpen() throws SettingsException {
        assertThat(load("").warnings()).isEmpty();
        assertThat(access("")).isEqualTo(Access.SHARED);
    }

    @Test
    void beyondLoopbackControlStaysOnLoopbackUntilThereIsACredential() throws SettingsException {
        String beyond = "jicofo.rest.host = 0.0.0.0\n";

        assertThat(access(beyond).control()).contains(Access.OWN);
        assertThat(load(beyond).warnings()).singleElement().asString().contains("127.0.0.1:8889 only");
        assertThat(access(beyond + WITH_TOKEN))
                .isEqualTo(new Access(Optional.empty(), Optional.of(new BearerToken(TOKEN)), Optional.empty()));
        assertThat(load(beyond + WITH_TOKEN).warnings())
                .singleElement()
                .asString()
                .contains("plain text");
    }

    @Test
    void controlHasAnAddressOfItsOwn() throws SettingsException {
        assertThat(access("jicofo.rest.control.port = 9000").control())
                .contains(new Access.Address("127.0.0.1", 9_000, Access.IfTaken.REFUSE_START));
        assertThat(access("jicofo.rest.control.host = 10.0.0.7\n" + WITH_TOKEN).control())
                .contains(new Access.Address("10.0.0.7", 8_889, Access.IfTaken.REFUSE_START));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "\"::\"", "10.0.0.7", "focus.example.org", "127.example.org"})
    void aControlAddressBeyondLoopbackWithoutACredentialIsRefused(String host) {
        assertThatThrownBy(() -> load("jicofo.rest.control.host = " + host))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("jicofo.rest.control.host = ")
                .hasMessageContaining("must be a loopback address as long as neither jicofo.rest.control.token nor"
                        + " token-file nor client-ca is set: whoever reaches it could move people and drain bridges");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.2", "\"::1\"", "\"[::1]\""})
    void aControlAddressOnLoopbackNeedsNone(String host) throws SettingsException {
        assertThat(access("jicofo.rest.control.host = " + host).asksForCredential())
                .isFalse();
    }

    @Test
    void theTokenMayStandInAFile(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
        String key = "jicofo.rest.control.token-file = \"" + file + "\"\n";

        assertThat(access(key).token()).contains(new BearerToken(TOKEN));
        assertThat(load(key).effective()).contains(file.toString());
        assertThatThrownBy(() -> access(key + WITH_TOKEN)).hasMessageContaining("jicofo.rest.control.token-file");
        Files.writeString(file, "short");
        assertThatThrownBy(() -> access(key)).hasMessageContaining("16 to 512 letters");
        Files.writeString(file, "x".repeat(5_000));
        assertThatThrownBy(() -> access(key)).hasMessageContaining("nothing but a token");
    }

    @Test
    void aTokenIsNeverShown() throws SettingsException {
        LoadedSettings loaded = load(WITH_TOKEN);
        assertThat(loaded.effective()).doesNotContain(TOKEN);
        assertThat(loaded.settings().toString()).doesNotContain(TOKEN);
        assertThatThrownBy(() -> load("jicofo.rest.control.token = \"tooshort\""))
                .hasMessageContaining("16 to 512 letters")
                .hasMessageNotContaining("tooshort");
    }

    @Test
    void theAgentCheckIsOffUnlessItHasAPort() throws SettingsException {
        assertThat(load("jicofo.agent-check.host = 10.0.0.7").settings().http().agentCheck())
                .isEmpty();
        assertThat(load("jicofo.agent-check.port = 8890").settings().http().agentCheck())
                .contains(new Access.Address("127.0.0.1", 8_890, Access.IfTaken.REFUSE_START));
    }

    @ParameterizedTest
    @CsvSource({
        "tls.certificate=/nowhere.pem,                    tls.key",
        "tls.key=/nowhere.pem,                            tls.certificate",
        "'tls {certificate=/nowhere.pem, key=/nowhere2}', /nowhere.pem does not exist",
        "control.client-ca=/nowhere.pem,                  control.client-ca",
        "control.port=70000,                              control.port",
        "requests-per-second=0,                           requests-per-second",
    })
    void whatCannotBeMeantIsNamed(String keys, String named) {
        String quoted = keys.replace("/nowhere.pem", "\"/nowhere.pem\"").replace("/nowhere2", "\"/nowhere2\"");
        assertThatThrownBy(() -> load("jicofo.rest." + quoted)).hasMessageContaining(named);
    }
}
