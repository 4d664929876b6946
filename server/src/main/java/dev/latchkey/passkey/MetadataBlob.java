package dev.latchkey.passkey;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * A metadata BLOB of the FIDO alliance (Metadata Service 3.0 section 3.1): a JWS whose certificates must lead to a root.
 *
 * @param trusted the roots
 * @param host the name that the signer's certificate must bear, or empty for any
 */
record MetadataBlob(Set<X509Certificate> trusted, Optional<String> host) {
    private static final Logger LOG = System.getLogger(MetadataBlob.class.getName());
    private static final int DNS_NAME = 2;
    private static final int LONGEST_ICON = 65_536;
    private static final Set<String> COMPROMISED = Set.of(
            "REVOKED",
            "USER_VERIFICATION_BYPASS",
            "ATTESTATION_KEY_COMPROMISE",
            "USER_KEY_REMOTE_COMPROMISE",
            "USER_KEY_PHYSICAL_COMPROMISE");
    /** Reports that neither accuse a model nor clear it. */
    private static final Set<String> NEUTRAL = Set.of("UPDATE_AVAILABLE", "SELF_ASSERTION_SUBMITTED");

    /**
     * What an entry says.
     *
     * @param roots of the certificates that vouch for the model
     */
    record Entry(AuthenticatorModel model, Set<X509Certificate> roots) {}

    /** The entries by AAGUID and, for U2F, by attestation key identifier in lower-case hexadecimal digits. */
    Map<String, Entry> entries(byte[] blob, Instant now) throws MetadataException {
        String[] parts = new String(blob, StandardCharsets.US_ASCII).strip().split("\\.", -1);
        if (parts.length != 3) {
            throw new MetadataException("it is not a signed BLOB of three parts");
        }
        try {
            requireSigned(parts, now);
            return entries(Base64.getUrlDecoder().decode(parts[1]));
        } catch (IllegalArgumentException | JacksonException | CertificateException e) {
            throw new MetadataException("it cannot be read", e);
        }
    }

    private void requireSigned(String[] parts, Instant now) throws MetadataException, CertificateException {
        JsonNode header = JsonMapper.shared().readTree(Base64.getUrlDecoder().decode(parts[0]));
        List<X509Certificate> chain = new ArrayList<>();
        for (JsonNode certificate : header.path("x5c")) {
            chain.add(CertificateChain.of(Base64.getDecoder().decode(certificate.stringValue(""))));
        }
        if (!CertificateChain.leadsTo(trusted, chain, now)) {
            throw new MetadataException("its certificates lead to no trusted root; see passkey.metadata-root");
        }
        X509Certificate signer = chain.getFirst();
        if (host.isPresent() && !names(signer).contains(host.get())) {
            throw new MetadataException("it was not signed by " + host.get());
        }
        byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
        byte[] signature = Base64.getUrlDecoder().decode(parts[2]);
        if (!isSignature(header.path("alg").stringValue(""), signer, signed, signature)) {
            throw new MetadataException("its signature does not hold");
        }
    }

    private static boolean isSignature(String algorithm, X509Certificate signer, byte[] signed, byte[] signature)
            throws MetadataException {
        String name = switch (algorithm) {
            case "RS256" -> "SHA256withRSA";
            case "ES256" -> "SHA256withECDSAinP1363Format";
            default -> throw new MetadataException("its signature algorithm is neither RS256 nor ES256");
        };
        try {
            Signature verifier = Signature.getInstance(name);
            verifier.initVerify(signer.getPublicKey());
            verifier.update(signed);
            return verifier.verify(signature);
        } catch (GeneralSecurityException wrongKind) {
            return false;
        }
    }

    private static Set<String> names(X509Certificate certificate) throws CertificateException {
        Set<String> names = new HashSet<>();
        Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
        if (alternatives != null) {
            alternatives.stream()
                    .filter(name -> name.getFirst().equals(DNS_NAME))
                    .forEach(name -> names.add((String) name.get(1)));
        }
        return names;
    }

    /** Entry by entry: the whole document as a tree would take many times its size. */
    private static Map<String, Entry> entries(byte[] payload) throws MetadataException {
        Map<String, Entry> entries = new HashMap<>();
        ObjectReader reader = JsonMapper.shared().reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
        try (JsonParser parser = reader.createParser(payload)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new MetadataException("its content is not a JSON object");
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals("entries");
                JsonToken value = parser.nextToken();
                if (!wanted || value != JsonToken.START_ARRAY) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    add(entries, reader.readTree(parser));
                }
            }
        }
        if (entries.isEmpty()) {
            throw new MetadataException("it has no entries");
        }
        return Map.copyOf(entries);
    }

    private static void add(Map<String, Entry> entries, JsonNode entry) {
        Entry read = entry(entry);
        Aaguid.parse(entry.path("aaguid").stringValue("")).ifPresent(model -> entries.put(model.value(), read));
        for (JsonNode identifier : entry.path("attestationCertificateKeyIdentifiers")) {
            entries.put(identifier.stringValue(""), read);
        }
    }

    private static Entry entry(JsonNode entry) {
        JsonNode statement = entry.path("metadataStatement");
        Optional<String> icon = Optional.of(statement.path("icon").stringValue(""))
                .filter(url -> url.startsWith("data:image/") && url.length() <= LONGEST_ICON);
        String name = statement.path("description").stringValue("").strip();
        return new Entry(
                new AuthenticatorModel(name, icon, isCompromised(entry.path("statusReports"))), roots(statement));
    }

    /** One that Java cannot read vouches for nobody, and is no reason to do without the others. */
    private static Set<X509Certificate> roots(JsonNode statement) {
        Set<X509Certificate> roots = new HashSet<>();
        for (JsonNode root : statement.path("attestationRootCertificates")) {
            try {
                roots.add(CertificateChain.of(Base64.getMimeDecoder().decode(root.stringValue(""))));
            } catch (CertificateException unreadable) {
                LOG.log(Level.DEBUG, "a root certificate in the metadata cannot be read", unreadable);
            }
        }
        return roots;
    }

    private static boolean isCompromised(JsonNode reports) {
        boolean compromised = false;
        for (JsonNode report : reports) {
            String status = report.path("status").stringValue("");
            if (!NEUTRAL.contains(status)) {
                compromised = COMPROMISED.contains(status);
            }
        }
        return compromised;
    }
}
