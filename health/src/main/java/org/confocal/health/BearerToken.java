package org.confocal.health;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.regex.Pattern;

/**
 * What control calls carry as {@code Authorization: Bearer ...} (RFC 6750, section 2.1).
 *
 * @param value {@value #LEAST} to {@value #MOST} characters of those that the RFC allows
 */
public record BearerToken(String value) {
    static final int LEAST = 16;
    static final int MOST = 512;

    /** What would be valid, in words. */
    public static final String VALID =
            LEAST + " to " + MOST + " letters, digits and - . _ ~ + /, with = at the end only";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    public BearerToken {
        if (value.length() < LEAST
                || value.length() > MOST
                || !ALLOWED.matcher(value).matches()) {
            throw new IllegalArgumentException("a token has " + VALID);
        }
    }

    /** Whether it is the same. How long that takes says nothing about where they differ. */
    boolean matches(String other) {
        return MessageDigest.isEqual(digest(value), digest(other));
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "(hidden)";
    }
}
