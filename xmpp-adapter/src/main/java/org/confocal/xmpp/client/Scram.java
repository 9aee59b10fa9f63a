package org.confocal.xmpp.client;

import static org.confocal.xmpp.client.SaslExchange.utf8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SCRAM without channel binding (RFC 5802). One thread. */
final class Scram implements SaslExchange {

    /** More would be an attempt to keep us busy; servers use 4,096 to some ten thousand. */
    private static final int MAX_ITERATIONS = 1_000_000;

    private static final String NO_CHANNEL_BINDING = "n,,";

    private final ScramHash hash;
    private final String password;
    private final String nonce;
    private final String firstBare;
    private String serverSignature = "";
    private boolean proven;

    Scram(ScramHash hash, String user, String password, String nonce) {
        this.hash = hash;
        this.password = Normalizer.normalize(password, Normalizer.Form.NFKC);
        this.nonce = nonce;
        this.firstBare = "n=" + user.replace("=", "=3D").replace(",", "=2C") + ",r=" + nonce;
    }

    static String nonce(RandomGenerator random) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Override
    public String mechanism() {
        return hash.mechanism();
    }

    @Override
    public String initialResponse() {
        return NO_CHANNEL_BINDING + firstBare;
    }

    @Override
    public String respond(String challenge) throws RefusedException {
        if (!serverSignature.isEmpty()) {
            prove(challenge);
            return "";
        }
        Map<Character, String> fields = fields(challenge);
        String bothNonces = fields.getOrDefault('r', "");
        if (fields.containsKey('m') || !bothNonces.startsWith(nonce) || bothNonces.length() == nonce.length()) {
            throw new RefusedException("the server's answer is not one to our question");
        }
        byte[] salt;
        int iterations;
        try {
            salt = Base64.getDecoder().decode(fields.getOrDefault('s', ""));
            iterations = Integer.parseInt(fields.getOrDefault('i', ""));
        } catch (IllegalArgumentException e) {
            throw new RefusedException("the server's salt or iteration count is unreadable");
        }
        if (iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new RefusedException("the server wants " + iterations + " iterations");
        }
        String finalBare = "c=" + Base64.getEncoder().encodeToString(utf8(NO_CHANNEL_BINDING)) + ",r=" + bothNonces;
        return finalBare + ",p=" + proof(salt, iterations, firstBare + "," + challenge + "," + finalBare);
    }

    @Override
    public void succeeded(String data) throws RefusedException {
        if (!proven) {
            prove(data);
        }
    }

    private void prove(String data) throws RefusedException {
        String shown = fields(data).getOrDefault('v', "");
        if (serverSignature.isEmpty() || !MessageDigest.isEqual(utf8(shown), utf8(serverSignature))) {
            throw new RefusedException("the server does not know the password either");
        }
        proven = true;
    }

    private String proof(byte[] salt, int iterations, String authMessage) throws RefusedException {
        try {
            byte[] salted = salted(salt, iterations);
            byte[] clientKey = hmac(salted, utf8("Client Key"));
            byte[] storedKey = MessageDigest.getInstance(hash.digest()).digest(clientKey);
            byte[] proof = xor(clientKey, hmac(storedKey, utf8(authMessage)));
            serverSignature =
                    Base64.getEncoder().encodeToString(hmac(hmac(salted, utf8("Server Key")), utf8(authMessage)));
            return Base64.getEncoder().encodeToString(proof);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new RefusedException("the password cannot be used: " + e.getMessage());
        }
    }

    /** {@code Hi()} of RFC 5802, section 2.2. */
    private byte[] salted(byte[] salt, int iterations) throws GeneralSecurityException {
        Mac mac = mac(utf8(password));
        mac.update(salt);
        byte[] last = mac.doFinal(new byte[] {0, 0, 0, 1});
        byte[] sum = last.clone();
        for (int i = 1; i < iterations; i++) {
            last = mac.doFinal(last);
            for (int j = 0; j < sum.length; j++) {
                sum[j] ^= last[j];
            }
        }
        return sum;
    }

    private byte[] hmac(byte[] key, byte[] text) throws GeneralSecurityException {
        return mac(key).doFinal(text);
    }

    private Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(hash.hmac());
        mac.init(new SecretKeySpec(key, hash.hmac()));
        return mac;
    }

    private static byte[] xor(byte[] one, byte[] other) {
        byte[] result = one.clone();
        for (int i = 0; i < result.length; i++) {
            result[i] ^= other[i];
        }
        return result;
    }

    private static Map<Character, String> fields(String message) {
        Map<Character, String> fields = new HashMap<>();
        for (String field : message.split(",", -1)) {
            if (field.length() >= 2 && field.charAt(1) == '=') {
                fields.put(field.charAt(0), field.substring(2));
            }
        }
        return fields;
    }
}
