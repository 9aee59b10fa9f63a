package org.confocal.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.confocal.health.Access;
import org.confocal.health.BearerToken;
import org.confocal.health.PemFiles;

/** Reads {@code jicofo.rest} and what else is answered over the network. */
final class HttpKeys {
    private static final String REST = "jicofo.rest.";
    private static final String CONTROL = REST + "control.";
    private static final String TLS = REST + "tls.";
    private static final long MAX_TOKEN_FILE = 4_096;
    private static final double LEAST_TARGET = 0.05;
    private static final int MAX_RATE = 1_000_000;

    private final SettingsReader reader;
    private final List<String> warnings;

    HttpKeys(SettingsReader reader, List<String> warnings) {
        this.reader = reader;
        this.warnings = warnings;
    }

    FocusSettings.Http read() {
        int port = reader.integer(REST + "port", -1, 65_535);
        boolean enabled = reader.flag(REST + "enabled") && port > 0;
        String host = reader.text(REST + "host").orElse("127.0.0.1");
        Optional<Access.Tls> tls = tls();
        Optional<BearerToken> token = token();
        boolean credential =
                token.isPresent() || tls.flatMap(Access.Tls::clientCa).isPresent();
        Optional<Access.Address> control = control(host, enabled, credential);
        boolean controlBeyond =
                !Access.isLoopback(control.map(Access.Address::host).orElse(host));
        if (enabled && tls.isEmpty() && credential && controlBeyond) {
            warnings.add(
                    "Control calls beyond loopback carry their token as plain text: set jicofo.rest.tls.certificate"
                            + " and jicofo.rest.tls.key.");
        }
        return new FocusSettings.Http(
                enabled,
                host,
                port,
                reader.flag(REST + "prometheus.enabled"),
                reader.flag(REST + "conference-request.enabled"),
                reader.flag(REST + "debug.enabled"),
                reader.flag(REST + "move-endpoints.enabled"),
                reader.flag(REST + "pin.enabled"),
                reader.flag(REST + "explain.enabled"),
                reader.flag(REST + "drain.enabled"),
                reader.flag(REST + "dashboard.enabled"),
                reader.positive(REST + "requests-per-second", MAX_RATE),
                new Access(control, token, tls),
                reader.number("jicofo.autoscale.target-stress", LEAST_TARGET, 1),
                agentCheck());
    }

    private Optional<Access.Address> agentCheck() {
        String agent = "jicofo.agent-check.";
        String host = reader.text(agent + "host").orElse("127.0.0.1");
        return reader.text(agent + "port")
                .map(set -> new Access.Address(
                        host, reader.integer(agent + "port", 1, 65_535), Access.IfTaken.REFUSE_START));
    }

    /** Where control calls are answered; empty for where all others are. */
    private Optional<Access.Address> control(String rest, boolean enabled, boolean credential) {
        Optional<String> host = reader.text(CONTROL + "host");
        Optional<Integer> port = reader.text(CONTROL + "port").map(set -> reader.integer(CONTROL + "port", 1, 65_535));
        if (host.isPresent() || port.isPresent()) {
            String own = host.orElse(Access.OWN.host());
            if (!Access.isLoopback(own) && !credential) {
                reader.problem(
                        CONTROL + "host",
                        "a loopback address as long as neither jicofo.rest.control.token nor token-file nor client-ca is"
                                + " set: whoever reaches it could move people and drain bridges");
                return Optional.empty();
            }
            return Optional.of(new Access.Address(own, port.orElse(Access.OWN.port()), Access.IfTaken.REFUSE_START));
        }
        if (Access.isLoopback(rest) || credential || !enabled) {
            return Optional.empty();
        }
        warnings.add("jicofo.rest.host is " + rest + ": calls that change something (/move-endpoints, /pin, /drain) are"
                + " answered on " + Access.OWN
                + " only, unless jicofo.rest.control.token or another credential is set.");
        return Optional.of(Access.OWN);
    }

    private Optional<BearerToken> token() {
        Optional<BearerToken> token = reader.parsed(CONTROL + "token", BearerToken.VALID, BearerToken::new);
        Optional<BearerToken> fromFile = reader.text(CONTROL + "token-file").flatMap(this::tokenIn);
        if (token.isPresent() && fromFile.isPresent()) {
            reader.problem(CONTROL + "token-file", "left out, or jicofo.rest.control.token");
        }
        return token.or(() -> fromFile);
    }

    private Optional<BearerToken> tokenIn(String file) {
        String key = CONTROL + "token-file";
        try {
            Path path = Path.of(file);
            if (Files.size(path) > MAX_TOKEN_FILE) {
                reader.problem(key, "a file with nothing but a token");
                return Optional.empty();
            }
            return Optional.of(new BearerToken(
                    Files.readString(path, StandardCharsets.UTF_8).strip()));
        } catch (IOException | InvalidPathException unreadable) {
            reader.problem(key, "a file that can be read");
        } catch (IllegalArgumentException wrong) {
            reader.problem(key, "a file with nothing but a token: " + BearerToken.VALID);
        }
        return Optional.empty();
    }

    private Optional<Access.Tls> tls() {
        Optional<Path> certificate = path(TLS + "certificate");
        Optional<Path> key = path(TLS + "key");
        Optional<Path> clientCa = path(CONTROL + "client-ca");
        if (certificate.isEmpty() && key.isEmpty()) {
            if (clientCa.isPresent()) {
                reader.problem(CONTROL + "client-ca", "left out, or come with jicofo.rest.tls.certificate and key");
            }
            return Optional.empty();
        }
        if (certificate.isEmpty() || key.isEmpty()) {
            String missing = TLS + (key.isEmpty() ? "key" : "certificate");
            String there = TLS + (key.isEmpty() ? "certificate" : "key");
            reader.problem(missing, "set where " + there + " is");
            return Optional.empty();
        }
        Access.Tls tls = new Access.Tls(certificate.get(), key.get(), clientCa);
        try {
            PemFiles.check(tls);
        } catch (IOException unusable) {
            reader.problem(TLS + "certificate", "files that can be used: " + unusable.getMessage());
            return Optional.empty();
        }
        return Optional.of(tls);
    }

    private Optional<Path> path(String key) {
        return reader.parsed(key, "the path of a file", Path::of);
    }
}
