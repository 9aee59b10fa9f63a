package org.confocal.xmpp.client;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One login (RFC 6120, section 6). What is said here is not yet in Base64. */
interface SaslExchange {

    /** As the server calls it. */
    String mechanism();

    String initialResponse();

    /** @throws RefusedException where the server does not prove that it knows the password */
    String respond(String challenge) throws RefusedException;

    /**
     * The server says that the login has succeeded.
     *
     * @param data that came with it; empty for none
     */
    void succeeded(String data) throws RefusedException;

    /** The login must not go on. */
    final class RefusedException extends Exception {
        RefusedException(String message) {
            super(message);
        }
    }

    /**
     * The best of what the server offers: SCRAM, and the password itself only where nobody else can read it.
     *
     * @return empty where there is nothing in common
     */
    static Optional<SaslExchange> choose(
            List<String> offered, ClientConfig config, boolean encrypted, RandomGenerator random) {
        if (config.password().isEmpty()) {
            return offered.contains("ANONYMOUS") ? Optional.of(new Said("ANONYMOUS", "")) : Optional.empty();
        }
        String user = config.username().toString();
        String password = config.password().get();
        for (ScramHash hash : ScramHash.values()) {
            if (offered.contains(hash.mechanism())) {
                return Optional.of(new Scram(hash, user, password, Scram.nonce(random)));
            }
        }
        return encrypted && offered.contains("PLAIN")
                ? Optional.of(new Said("PLAIN", "\0" + user + "\0" + password))
                : Optional.empty();
    }

    /** PLAIN and ANONYMOUS: all is said at once. */
    record Said(String mechanism, String initialResponse) implements SaslExchange {

        @Override
        public String respond(String challenge) throws RefusedException {
            throw new RefusedException("the server asks a question that is not part of " + mechanism);
        }

        @Override
        public void succeeded(String data) {}

        /** Without the password. */
        @Override
        public String toString() {
            return mechanism;
        }
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
