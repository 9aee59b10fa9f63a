package org.confocal.health;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Certificates and keys as files in PEM (RFC 7468), as a key store in memory. */
public final class PemFiles {
    private static final long MAX_BYTES = 1 << 20;
    private static final String[] ALGORITHMS = {"RSA", "EC", "EdDSA"};
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** The key store never leaves the memory of this process. */
    private static final char[] NO_PASSWORD = {};

    private PemFiles() {}

    /**
     * Reads all files and throws away what they say.
     *
     * @throws IOException a sentence with the file that cannot be used and why
     */
    public static void check(Access.Tls tls) throws IOException {
        server(tls);
        if (tls.clientCa().isPresent()) {
            authorities(tls.clientCa().get());
        }
    }

    /** The server's key and chain. */
    static KeyStore server(Access.Tls tls) throws IOException {
        Certificate[] chain = certificates(tls.certificate()).toArray(Certificate[]::new);
        PrivateKey key = key(tls.key());
        if (!chain[0].getPublicKey().getAlgorithm().equals(key.getAlgorithm())) {
            throw new IOException(tls.key() + " is not the key of the first certificate in " + tls.certificate());
        }
        try {
            KeyStore store = empty();
            store.setKeyEntry("server", key, NO_PASSWORD, chain);
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(tls.certificate() + " and " + tls.key() + " cannot be used: " + e.getMessage(), e);
        }
    }

    /** Whose certificates are trusted. */
    static KeyStore authorities(Path file) throws IOException {
        try {
            KeyStore store = empty();
            int number = 0;
            for (Certificate certificate : certificates(file)) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            return store;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static KeyStore empty() throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSWORD);
        return store;
    }

    private static Collection<? extends Certificate> certificates(Path file) throws IOException {
        try {
            Collection<? extends Certificate> certificates =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes(file)));
            if (certificates.isEmpty()) {
                throw new IOException(file + " has no certificate in PEM");
            }
            return certificates;
        } catch (GeneralSecurityException e) {
            throw new IOException(file + " has no certificate in PEM", e);
        }
    }

    private static PrivateKey key(Path file) throws IOException {
        Matcher pem = KEY.matcher(new String(bytes(file), StandardCharsets.ISO_8859_1));
        if (!pem.find()) {
            throw new IOException(file + " has no private key in PKCS #8 PEM without a password (openssl pkcs8 -topk8"
                    + " -nodes makes one)");
        }
        PKCS8EncodedKeySpec spec =
                new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
        for (String algorithm : ALGORITHMS) {
            Optional<PrivateKey> key = key(algorithm, spec);
            if (key.isPresent()) {
                return key.get();
            }
        }
        throw new IOException(file + " has a key that is neither RSA nor EC nor EdDSA");
    }

    /** Empty where it is of another algorithm: the file does not say which. */
    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec spec) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(spec));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException(file + " does not exist or cannot be read");
        }
        if (Files.size(file) > MAX_BYTES) {
            throw new IOException(file + " is larger than " + MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(file);
    }
}
