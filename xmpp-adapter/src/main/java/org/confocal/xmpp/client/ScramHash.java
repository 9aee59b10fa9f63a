package org.confocal.xmpp.client;

/** The hash functions of SCRAM (RFC 5802, RFC 7677), the stronger first. */
enum ScramHash {
    SHA_256("SHA-256", "HmacSHA256"),
    SHA_1("SHA-1", "HmacSHA1");

    private final String digest;
    private final String hmac;

    ScramHash(String digest, String hmac) {
        this.digest = digest;
        this.hmac = hmac;
    }

    String mechanism() {
        return "SCRAM-" + digest;
    }

    /** As the JDK calls it. */
    String digest() {
        return digest;
    }

    String hmac() {
        return hmac;
    }
}
