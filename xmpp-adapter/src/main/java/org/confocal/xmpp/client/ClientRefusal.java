package org.confocal.xmpp.client;

import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.confocal.focus.serial.OneLine;
import org.jspecify.annotations.Nullable;

/**
 * Why there is no stream, as an operator is told it: with the keys to look at.
 *
 * @param kind the same for the same cause, so that it is said once
 */
record ClientRefusal(String kind, String text) {

    private static final int MAX_LENGTH = 300;

    /** @param condition of RFC 6120, section 6.5 */
    static ClientRefusal sasl(String condition, ClientConfig config) {
        return new ClientRefusal(
                "sasl",
                "the server refuses the login of " + config.username() + "@" + config.domain() + " ("
                        + OneLine.of(condition, MAX_LENGTH) + "): " + keys(config)
                        + ".password must be that of the account, and the account must exist");
    }

    /** The server offers none of the ways to log in that could be used. */
    static ClientRefusal noMechanism(String offered, boolean encrypted, ClientConfig config) {
        String text = "the server offers no way to log in that can be used: " + OneLine.of(offered, MAX_LENGTH);
        return new ClientRefusal(
                "mechanism",
                encrypted || !offered.contains("PLAIN")
                        ? text
                        : text + "; the password is not sent in the clear: set " + keys(config) + ".use-tls to true");
    }

    static ClientRefusal serverInsistsOnTls(ClientConfig config) {
        return new ClientRefusal("tls", "the server insists on TLS: set " + keys(config) + ".use-tls to true");
    }

    static ClientRefusal noTls() {
        return new ClientRefusal("tls", "the server offers no TLS, and it is required");
    }

    static ClientRefusal streamError(String condition) {
        return new ClientRefusal("stream-" + condition, "the server said " + OneLine.of(condition, MAX_LENGTH));
    }

    static ClientRefusal other(String text) {
        return new ClientRefusal(text, OneLine.of(text, MAX_LENGTH));
    }

    static ClientRefusal of(Throwable failure, ClientConfig config) {
        if (failure instanceof UnknownHostException) {
            return other("the name " + config.host() + " is unknown");
        }
        if (isAboutCertificates(failure)) {
            return new ClientRefusal(
                    "certificate",
                    "the server's certificate does not prove that it is " + config.domain()
                            + ": give it one that this machine trusts, or set " + keys(config)
                            + ".disable-certificate-verification to true (" + OneLine.of(failure.toString(), MAX_LENGTH)
                            + ")");
        }
        return new ClientRefusal(failure.getClass().getSimpleName(), OneLine.of(failure.toString(), MAX_LENGTH));
    }

    private static String keys(ClientConfig config) {
        return "jicofo.xmpp." + config.name();
    }

    private static boolean isAboutCertificates(Throwable failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < 10; i++) {
            if (cause instanceof CertificateException || cause instanceof SSLException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
