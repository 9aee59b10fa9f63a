package org.confocal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS, and client certificates in the place of a token. */
class TlsTest {
    private static final String MOVE = "/move-endpoints/move-endpoints?bridge=jvb1";
    private static final char[] PASSWORD = "only for the test".toCharArray();

    @TempDir
    static Path folder;

    private final FocusViewFake focus = FocusViewFake.busy();

    @BeforeAll
    static void makeCertificates() throws Exception {
        for (String name : new String[] {"server", "client", "stranger", "renewed"}) {
            make(name);
        }
    }

    /** A self-signed certificate for localhost: NAME.p12, NAME.pem and NAME.key. */
    private static void make(String name) throws IOException, InterruptedException, GeneralSecurityException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore made = load(name);
        pem(name + ".pem", "CERTIFICATE", made.getCertificate(name).getEncoded());
        pem(name + ".key", "PRIVATE KEY", made.getKey(name, PASSWORD).getEncoded());
    }

    private static KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    private static void pem(String file, String label, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        Files.writeString(
                folder.resolve(file), "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n");
    }

    private static Access.Tls tls(String server, Optional<String> clientCa) {
        return new Access.Tls(
                folder.resolve(server + ".pem"),
                folder.resolve(server + ".key"),
                clientCa.map(name -> folder.resolve(name + ".pem")));
    }

    private static HttpConfig config(Access.Tls tls) {
        return HttpConfig.DEFAULTS.withAccess(new Access(Optional.empty(), Optional.empty(), Optional.of(tls)));
    }

    private static HttpClient client(String server, Optional<String> certificate) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, PASSWORD);
        trusted.setCertificateEntry(server, load(server).getCertificate(server));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        KeyManager[] keys = {};
        if (certificate.isPresent()) {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(load(certificate.get()), PASSWORD);
            keys = factory.getKeyManagers();
        }
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<String> get(HttpClient client, HttpFixture http, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + http.server.port() + path))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void pagesAreServedOverTls() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, config(tls("server", Optional.empty())));
                HttpClient client = client("server", Optional.empty())) {
            assertThat(get(client, http, "/about/health").statusCode()).isEqualTo(200);
            assertThat(get(client, http, MOVE).statusCode()).isEqualTo(200);
            assertThat(http.raw("GET /about/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                    .doesNotContain("200");
        }
    }

    @Test
    void aClientCertificateIsNeededForControlCallsOnly() throws Exception {
        try (HttpFixture http = new HttpFixture(focus, config(tls("server", Optional.of("client"))));
                HttpClient known = client("server", Optional.of("client"));
                HttpClient nobody = client("server", Optional.empty());
                HttpClient stranger = client("server", Optional.of("stranger"))) {
            assertThat(get(nobody, http, "/stats").statusCode()).isEqualTo(200);
            assertThat(get(nobody, http, MOVE).statusCode()).isEqualTo(401);
            // A client that knows whose certificates are wanted sends no other.
            assertThat(get(stranger, http, MOVE).statusCode()).isEqualTo(401);
            assertThat(focus.asked).isEmpty();
            assertThat(get(known, http, MOVE).statusCode()).isEqualTo(200);
            assertThat(focus.asked).hasSize(1);
        }
    }

    @Test
    void aRenewedCertificateIsUsedAndABrokenOneIsNot() throws Exception {
        Path certificate = folder.resolve("current.pem");
        Path key = folder.resolve("current.key");
        Files.copy(folder.resolve("server.pem"), certificate);
        Files.copy(folder.resolve("server.key"), key);
        TlsKeys keys = new TlsKeys(tls("current", Optional.empty()), new ScheduledExecutorScheduler());
        keys.readFirst();
        keys.context().start();
        assertThat(subject(keys)).isEqualTo("CN=server");

        Files.copy(folder.resolve("renewed.pem"), certificate, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(folder.resolve("renewed.key"), key, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(certificate, FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));
        keys.readIfChanged();
        assertThat(subject(keys)).isEqualTo("CN=renewed");

        Files.writeString(certificate, "half of a certifi");
        keys.readIfChanged();
        assertThat(subject(keys)).isEqualTo("CN=renewed");
        keys.context().stop();
    }

    private static String subject(TlsKeys keys) throws GeneralSecurityException {
        X509Certificate certificate =
                (X509Certificate) keys.context().getKeyStore().getCertificate("server");
        return certificate.getSubjectX500Principal().getName();
    }

    @Test
    void filesThatCannotBeUsedAreNamed() throws Exception {
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "nonsense");
        assertThatThrownBy(() -> PemFiles.check(new Access.Tls(wrong, wrong, Optional.empty())))
                .hasMessageContaining("wrong.pem has no certificate");
        Path pem = folder.resolve("server.pem");
        assertThatThrownBy(() -> PemFiles.check(new Access.Tls(pem, wrong, Optional.empty())))
                .hasMessageContaining("wrong.pem has no private key in PKCS #8")
                .hasMessageContaining("openssl pkcs8");
        Path missing = folder.resolve("missing.pem");
        assertThatThrownBy(() -> PemFiles.check(new Access.Tls(pem, missing, Optional.empty())))
                .hasMessageContaining("missing.pem does not exist");
    }
}
