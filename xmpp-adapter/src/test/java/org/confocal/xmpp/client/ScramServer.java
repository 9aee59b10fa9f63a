package org.confocal.xmpp.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/** The other side of a SCRAM-SHA-1 login, as far as a test's server needs it: it believes everybody. */
final class ScramServer {

    private static final byte[] SALT = {1, 2, 3, 4};
    private static final int ITERATIONS = 4096;

    private final String password;
    private String messages = "";

    ScramServer(String password) {
        this.password = password;
    }

    String challenge(String initial) {
        String bare = decoded(initial).substring("n,,".length());
        String challenge = "r=" + bare.substring(bare.indexOf(",r=") + 3) + "more,s="
                + Base64.getEncoder().encodeToString(SALT) + ",i=" + ITERATIONS;
        messages = bare + "," + challenge;
        return encoded(challenge.getBytes(StandardCharsets.UTF_8));
    }

    String proof(String response) {
        String last = decoded(response);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA1")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), SALT, ITERATIONS, 160))
                    .getEncoded();
            byte[] serverKey = hmac(salted, "Server Key");
            String all = messages + "," + last.substring(0, last.indexOf(",p="));
            return encoded(("v=" + encoded(hmac(serverKey, all))).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
