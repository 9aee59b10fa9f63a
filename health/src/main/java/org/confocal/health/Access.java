package org.confocal.health;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who may call what. Control calls are those that change something ({@link ControlCalls}); everything else is for everybody
 * who reaches the address.
 *
 * @param control where control calls are answered and nothing else is open to everybody; empty where that is the address of
 *     the rest
 * @param token lets control calls in
 * @param tls of both addresses; empty for plain HTTP
 */
public record Access(Optional<Address> control, Optional<BearerToken> token, Optional<Tls> tls) {
    /** Where control is when it has an address of its own and none is said. */
    public static final Address OWN = new Address("127.0.0.1", 8889, IfTaken.START_WITHOUT);

    /** Everything on one address, without credentials. */
    public static final Access SHARED = new Access(Optional.empty(), Optional.empty(), Optional.empty());

    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|::1|\\[::1\\]|0:0:0:0:0:0:0:1");

    /** Whether control calls need a credential. */
    public boolean asksForCredential() {
        return token.isPresent() || tls.flatMap(Tls::clientCa).isPresent();
    }

    /** Whether nobody but this machine reaches it. A name other than {@code localhost} is not looked up: no. */
    public static boolean isLoopback(String host) {
        return LOOPBACK.matcher(host.strip().toLowerCase(Locale.ROOT)).matches();
    }

    /**
     * An address of this machine.
     *
     * @param port 0 to 65535; 0 takes any free one
     */
    public record Address(String host, int port, IfTaken ifTaken) {
        public Address {
            if (host.isBlank() || port < 0 || port > 65_535) {
                throw new IllegalArgumentException(host + ":" + port + " is no address to listen on");
            }
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** What to do where an address cannot be listened on. */
    public enum IfTaken {
        REFUSE_START,
        /** For an address that nobody asked for. */
        START_WITHOUT
    }

    /**
     * Files in PEM, read again when they change.
     *
     * @param certificate the server's, with the chain after it
     * @param key the server's private key, PKCS #8, not encrypted
     * @param clientCa a control call with a certificate of one of these authorities needs no token
     */
    public record Tls(Path certificate, Path key, Optional<Path> clientCa) {}
}
