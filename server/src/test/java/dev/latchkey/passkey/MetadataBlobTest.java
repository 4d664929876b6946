package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MetadataBlobTest {
    private static final String MODEL = "d8522d9f-575b-4866-88a9-ba99fa02f35b";
    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    private final TestBlob blobs = new TestBlob(TestBlob.HOST);
    private final TestAuthority makers = new TestAuthority("Makers");
    private final MetadataBlob reader = new MetadataBlob(Set.of(blobs.authority.root()), Optional.of(TestBlob.HOST));

    @Test
    @DisplayName("S1-23 a signed BLOB tells each model's name, icon, roots and whether it is broken")
    void reads() throws MetadataException {
        byte[] blob = blobs.of(List.of(
                TestBlob.entry(MODEL, "Test Key 5", makers.root(), "FIDO_CERTIFIED"),
                TestBlob.entry(Aaguid.UNKNOWN.value(), "Old", makers.root(), "FIDO_CERTIFIED", "REVOKED"),
                Map.of(
                        "attestationCertificateKeyIdentifiers",
                        List.of("0123456789abcdef0123456789abcdef01234567"),
                        "metadataStatement",
                        Map.of("description", "U2F"))));
        Map<String, MetadataBlob.Entry> entries = reader.entries(blob, NOW);
        assertThat(entries).hasSize(3);
        assertThat(entries.get(MODEL))
                .isEqualTo(new MetadataBlob.Entry(
                        new AuthenticatorModel("Test Key 5", Optional.of("data:image/png;base64,iVBORw0KGgo="), false),
                        Set.of(makers.root())));
        assertThat(entry(entries, Aaguid.UNKNOWN.value()).model().compromised()).isTrue();
        assertThat(entry(entries, "0123456789abcdef0123456789abcdef01234567")
                        .model()
                        .name())
                .isEqualTo("U2F");
    }

    @Test
    @DisplayName("S1-23 an offered update leaves a broken model broken, a new certification mends it")
    void statuses() throws MetadataException {
        assertThat(compromised("USER_KEY_REMOTE_COMPROMISE", "UPDATE_AVAILABLE"))
                .isTrue();
        assertThat(compromised("USER_KEY_REMOTE_COMPROMISE", "FIDO_CERTIFIED_L1"))
                .isFalse();
        assertThat(compromised("FIDO_CERTIFIED", "ATTESTATION_KEY_COMPROMISE")).isTrue();
        assertThat(compromised()).isFalse();
    }

    @Test
    @DisplayName("S1-23 a BLOB of others, for others, changed, unsigned or of an unknown algorithm is refused")
    void refused() {
        List<Map<String, Object>> entries = List.of(TestBlob.entry(MODEL, "Test Key 5", makers.root()));
        assertRefused(new TestBlob(TestBlob.HOST).of(entries), "no trusted root");
        TestBlob elsewhere = new TestBlob("evil.example");
        assertThatThrownBy(() -> new MetadataBlob(Set.of(elsewhere.authority.root()), Optional.of(TestBlob.HOST))
                        .entries(elsewhere.of(entries), NOW))
                .hasMessageContaining("not signed by mds.fidoalliance.org");
        String right = new String(blobs.of(entries), StandardCharsets.US_ASCII);
        String other = new String(
                blobs.of(List.of(TestBlob.entry(MODEL, "Forged", makers.root()))), StandardCharsets.US_ASCII);
        String[] parts = right.split("\\.");
        String forged = parts[0] + "." + other.split("\\.")[1] + "." + parts[2];
        assertRefused(forged.getBytes(StandardCharsets.US_ASCII), "signature does not hold");
        assertRefused(blobs.signed(Map.of("alg", "none"), Map.of("entries", entries)), "no trusted root");
        assertRefused("a.b".getBytes(StandardCharsets.US_ASCII), "three parts");
        assertRefused("%.%.%".getBytes(StandardCharsets.US_ASCII), "cannot be read");
        assertRefused(blobs.of(List.of()), "no entries");
        assertThatThrownBy(() -> reader.entries(blobs.of(entries), Instant.parse("2150-01-01T00:00:00Z")))
                .as("a certificate that has expired")
                .hasMessageContaining("no trusted root");
    }

    private boolean compromised(String... statuses) throws MetadataException {
        byte[] blob = blobs.of(List.of(TestBlob.entry(MODEL, "Test Key 5", makers.root(), statuses)));
        return entry(reader.entries(blob, NOW), MODEL).model().compromised();
    }

    private static MetadataBlob.Entry entry(Map<String, MetadataBlob.Entry> entries, String key) {
        return Optional.ofNullable(entries.get(key)).orElseThrow();
    }

    private void assertRefused(byte[] blob, String why) {
        assertThatThrownBy(() -> reader.entries(blob, NOW))
                .isInstanceOf(MetadataException.class)
                .hasMessageContaining(why);
    }
}
