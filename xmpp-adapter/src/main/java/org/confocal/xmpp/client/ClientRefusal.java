package org.confocal.xmpp.client;

import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import org.jivesoftware.smack.SmackException;
import org.jivesoftware.smack.sasl.SASLErrorException;
import org.jspecify.annotations.Nullable;

/** What an operator is told when a login fails: which keys to look at. */
record ClientRefusal(String kind, String text) {

    static ClientRefusal of(Exception failure, ClientConfig config) {
        String keys = "jicofo.xmpp." + config.name();
        if (failure instanceof SASLErrorException sasl) {
            return new ClientRefusal(
                    "sasl",
                    "the server refuses the login of " + config.username() + "@" + config.domain() + " ("
                            + sasl.getSASLFailure().getSASLError() + "): " + keys
                            + ".password must be that of the account, and the account must exist");
        }
        if (failure instanceof SmackException.SecurityRequiredByServerException) {
            return new ClientRefusal("tls", "the server insists on TLS: set " + keys + ".use-tls to true");
        }
        if (failure instanceof SmackException.SecurityRequiredByClientException) {
            return new ClientRefusal("tls", "the server offers no TLS, and it is required");
        }
        if (isAboutCertificates(failure)) {
            return new ClientRefusal(
                    "certificate",
                    "the server's certificate does not prove that it is " + config.domain()
                            + ": give it one that this machine trusts, or set " + keys
                            + ".disable-certificate-verification to true (" + shortened(failure) + ")");
        }
        return new ClientRefusal(failure.getClass().getSimpleName(), shortened(failure));
    }

    private static boolean isAboutCertificates(Exception failure) {
        @Nullable Throwable cause = failure;
        for (int i = 0; cause != null && i < 10; i++) {
            if (cause instanceof CertificateException || cause instanceof SSLException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static String shortened(Exception failure) {
        String text = failure.toString().replaceAll("\\s+", " ");
        return text.length() <= 300 ? text : text.substring(0, 300);
    }
}
