package dev.latchkey.passkey;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A metadata BLOB and who signs it. */
final class TestBlob {
    static final String HOST = "mds.fidoalliance.org";

    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();

    final TestAuthority authority = new TestAuthority("Signers");
    final KeyPair signer = TestAuthority.newKey();
    private final X509Certificate certificate;

    TestBlob(String host) {
        this.certificate = authority.server(signer.getPublic(), host);
    }

    static Map<String, Object> entry(String aaguid, String name, X509Certificate root, String... statuses) {
        return Map.of(
                "aaguid",
                aaguid,
                "metadataStatement",
                Map.of(
                        "description",
                        name,
                        "icon",
                        "data:image/png;base64,iVBORw0KGgo=",
                        "attestationRootCertificates",
                        List.of(base64(root))),
                "statusReports",
                List.of(statuses).stream()
                        .map(status -> Map.of("status", status))
                        .toList());
    }

    byte[] of(List<Map<String, Object>> entries) {
        return of(Map.of("no", 1, "nextUpdate", "2031-01-01", "entries", entries));
    }

    byte[] of(Map<String, Object> payload) {
        return signed(Map.of("alg", "ES256", "typ", "JWT", "x5c", List.of(base64(certificate))), payload);
    }

    byte[] signed(Map<String, Object> header, Map<String, Object> payload) {
        String signed = part(header) + "." + part(payload);
        return (signed + "." + BASE64URL.encodeToString(sign(signed))).getBytes(StandardCharsets.US_ASCII);
    }

    /** Puts the blob and its root where settings can name them; the file is a minute younger at each call. */
    static void write(Path file, byte[] bytes, Instant modified) {
        try {
            Files.write(file, bytes);
            Files.setLastModifiedTime(file, FileTime.from(modified));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(signer.getPrivate());
            signature.update(text.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String part(Map<String, Object> json) {
        return BASE64URL.encodeToString(JsonMapper.shared().writeValueAsBytes(json));
    }

    private static String base64(X509Certificate certificate) {
        return Base64.getEncoder().encodeToString(encoded(certificate));
    }
}
