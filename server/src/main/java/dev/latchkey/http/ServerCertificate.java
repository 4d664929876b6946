package dev.latchkey.http;

import dev.latchkey.core.OperationalException;
import dev.latchkey.crypto.PrivateKeyPem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/** A certificate with those between it and its authority, and the private key that belongs to it. */
record ServerCertificate(List<X509Certificate> chain, PrivateKey key) {
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] PROBE = "whose key is it".getBytes(StandardCharsets.US_ASCII);

    ServerCertificate {
        chain = List.copyOf(chain);
    }

    /** @throws OperationalException saying which file is wrong, why, and what to do */
    static ServerCertificate load(HttpsConfig config) {
        List<X509Certificate> chain = chain(config.certificate());
        PrivateKey key = key(config);
        if (!belongs(key, chain.getFirst())) {
            throw new OperationalException(config.key() + " (" + HttpsConfig.KEY.key() + ") is not the key of the first"
                    + " certificate in " + config.certificate() + " (" + HttpsConfig.CERTIFICATE.key()
                    + "). Put the pair together again; the server's own certificate comes first.");
        }
        return new ServerCertificate(chain, key);
    }

    /** When it runs out. */
    Instant expires() {
        return chain.getFirst().getNotAfter().toInstant();
    }

    /** For servers: no client is asked for a certificate. */
    SSLContext context() {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            char[] none = new char[0];
            store.setKeyEntry("server", key, none, chain.toArray(Certificate[]::new));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, none);
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] managers = keys.getKeyManagers();
            // With null it would read the machine's own list of authorities.
            context.init(managers, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException | IOException failed) {
            throw new OperationalException("The certificate cannot be used for HTTPS: " + failed.getMessage(), failed);
        }
    }

    private static List<X509Certificate> chain(Path file) {
        String text = read(file, HttpsConfig.CERTIFICATE.key());
        try {
            List<X509Certificate> chain = new ArrayList<>();
            CertificateFactory factory = CertificateFactory.getInstance("X.509");
            for (Certificate certificate : factory.generateCertificates(
                    new ByteArrayInputStream(text.getBytes(StandardCharsets.ISO_8859_1)))) {
                chain.add((X509Certificate) certificate);
            }
            if (chain.isEmpty()) {
                throw wrong(file, HttpsConfig.CERTIFICATE.key(), "holds no certificate in PEM form");
            }
            return chain;
        } catch (CertificateException damaged) {
            throw wrong(file, HttpsConfig.CERTIFICATE.key(), "is damaged: a certificate in it cannot be read");
        }
    }

    private static PrivateKey key(HttpsConfig config) {
        String text = read(config.key(), HttpsConfig.KEY.key());
        try {
            return PrivateKeyPem.read(text, config.passphrase());
        } catch (IllegalArgumentException complaint) {
            throw wrong(config.key(), HttpsConfig.KEY.key(), String.valueOf(complaint.getMessage()));
        }
    }

    private static String read(Path file, String setting) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw wrong(file, setting, "is larger than 1 MiB, which no PEM file is");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException missing) {
            throw wrong(file, setting, "does not exist");
        } catch (AccessDeniedException denied) {
            throw wrong(file, setting, "may not be read by the user the server runs as");
        } catch (IOException failed) {
            throw wrong(file, setting, "cannot be read: " + failed.getMessage());
        }
    }

    private static boolean belongs(PrivateKey key, X509Certificate certificate) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            case "RSASSA-PSS" -> "RSASSA-PSS";
            default -> "EdDSA";
        };
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(PROBE);
            byte[] signature = signer.sign();
            signer.initVerify(certificate.getPublicKey());
            signer.update(PROBE);
            return signer.verify(signature);
        } catch (GeneralSecurityException ofAnotherKind) {
            return false;
        }
    }

    private static OperationalException wrong(Path file, String setting, String complaint) {
        return new OperationalException(file + " (" + setting + ") " + complaint + ".");
    }

    // A record's own might show the key.
    @Override
    public String toString() {
        return "ServerCertificate[until " + expires() + "]";
    }
}
