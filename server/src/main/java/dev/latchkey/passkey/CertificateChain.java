package dev.latchkey.passkey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** X.509 certificates and the roots that they lead to (RFC 5280 section 6). Revocation is not asked for: that needs a network. */
final class CertificateChain {
    private CertificateChain() {}

    /** Whether the chain, its leaf first, leads to one of the roots; a chain of one may be a root itself. */
    static boolean leadsTo(Set<X509Certificate> roots, List<X509Certificate> chain, Instant now) {
        List<X509Certificate> path = new ArrayList<>(chain);
        if (path.isEmpty() || roots.isEmpty()) {
            return false;
        }
        if (roots.contains(path.getLast())) {
            path.removeLast();
        }
        if (path.isEmpty()) {
            return true;
        }
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            roots.forEach(root -> anchors.add(new TrustAnchor(root, null)));
            PKIXParameters parameters = new PKIXParameters(anchors);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX").validate(factory().generateCertPath(path), parameters);
            return true;
        } catch (CertPathValidatorException broken) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM validates certificates", e);
        }
    }

    /** @throws CertificateException where it is no certificate */
    static X509Certificate of(byte[] der) throws CertificateException {
        return (X509Certificate) factory().generateCertificate(new ByteArrayInputStream(der));
    }

    /** The certificates in a file, PEM or DER. */
    static Set<X509Certificate> inFile(Path file) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(file)) {
            Set<X509Certificate> certificates = new HashSet<>();
            factory().generateCertificates(in).forEach(one -> certificates.add((X509Certificate) one));
            return certificates;
        }
    }

    /** The roots that this JVM comes with. */
    static Set<X509Certificate> ofPlatform() throws IOException, GeneralSecurityException {
        Path store = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
        KeyStore keys = KeyStore.getInstance(store.toFile(), (char[]) null);
        Set<X509Certificate> roots = new HashSet<>();
        for (String alias : Collections.list(keys.aliases())) {
            if (keys.getCertificate(alias) instanceof X509Certificate root) {
                roots.add(root);
            }
        }
        return roots;
    }

    private static CertificateFactory factory() throws CertificateException {
        return CertificateFactory.getInstance("X.509");
    }
}
