package dev.latchkey.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files among the resources were made by OpenSSL 3.0; the passphrase of all is {@code correct-horse}. */
class PemKeysTest {
    private static final String PASSPHRASE = "correct-horse";

    @ParameterizedTest
    @CsvSource({"ec.enc,ec.pub", "ed.enc,ed.pub"})
    @DisplayName(
            "an encrypted PKCS#8 file of OpenSSL opens with its passphrase only, and its public key is the right one")
    void encrypted(String file, String publicFile) throws IOException {
        BroughtKey key = PemKeys.read(resource(file), PASSPHRASE::toCharArray);
        assertThat(key.privateKey()).isPresent();
        assertThat(key.publicKey())
                .isEqualTo(PemKeys.read(resource(publicFile), PemKeysTest::none).publicKey());
        assertThat(PemKeys.isEncrypted(resource(file))).isTrue();
        for (String wrong : List.of("", "correct-hors", "Correct-horse")) {
            assertThatThrownBy(() -> PemKeys.read(resource(file), wrong::toCharArray))
                    .isInstanceOf(KeyFormatException.class)
                    .hasMessageContaining("passphrase is wrong");
        }
    }

    @Test
    @DisplayName("the passphrase is overwritten once it was used")
    void passphraseIsWiped() throws IOException {
        char[] typed = PASSPHRASE.toCharArray();
        PemKeys.read(resource("ec.enc"), () -> typed);
        assertThat(new String(typed)).isBlank();
    }

    @ParameterizedTest
    @EnumSource(SignatureAlgorithm.class)
    @DisplayName("a plain PKCS#8 file gives the same pair back, whose public half was computed")
    void plain(SignatureAlgorithm algorithm) {
        int rounds = switch (algorithm) {
            case ES256, EDDSA -> 40;
            case RS256, PS256 -> 1;
        };
        for (int i = 0; i < rounds; i++) {
            KeyPair pair = algorithm.generate();
            String pem = pem("PRIVATE KEY", pair.getPrivate());
            BroughtKey key = PemKeys.read(pem, PemKeysTest::none);
            assertThat(key.publicKey()).isEqualTo(pair.getPublic());
            assertThat(key.algorithms()).contains(algorithm);
            assertThat(key.toString()).doesNotContain("priv");
            assertThat(PemKeys.isPlainPrivate(pem)).isTrue();
            BroughtKey shown = PemKeys.read(pem("PUBLIC KEY", pair.getPublic()), PemKeysTest::none);
            assertThat(shown.publicKey()).isEqualTo(pair.getPublic());
            assertThat(shown.privateKey()).isEmpty();
        }
    }

    @Test
    @DisplayName("a certificate beside the key must belong to it")
    void certificate() throws IOException {
        String certificate = resource("ec.crt");
        assertThat(PemKeys.read(certificate, PemKeysTest::none).privateKey()).isEmpty();
        assertThat(PemKeys.read(resource("ec.enc") + certificate, PASSPHRASE::toCharArray)
                        .privateKey())
                .isPresent();
        String other = pem("PRIVATE KEY", SignatureAlgorithm.ES256.generate().getPrivate());
        refused(other + certificate, "do not belong together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ec.scrypt", "ec.v1", "ec.trad"})
    @DisplayName("another encryption or an older form says how to convert the file")
    void otherForms(String file) throws IOException {
        refused(resource(file), "openssl pkcs8 -topk8");
    }

    @Test
    @DisplayName("9 a file that asks for twenty million rounds of PBKDF2 is refused before they begin")
    void boundsTheWork() throws IOException {
        refused(resource("ec.slow"), "20000000 rounds");
    }

    @Test
    @DisplayName("V9.1.2 keys we do not sign with, or too weak ones, are refused by name")
    void unusableKeys() throws Exception {
        refused(pem("PRIVATE KEY", ec("secp384r1").getPrivate()), "P-256");
        refused(pem("PUBLIC KEY", ec("secp521r1").getPublic()), "P-256");
        refused(pem("PRIVATE KEY", rsa(1024, RSAKeyGenParameterSpec.F4).getPrivate()), "1024 bits");
        refused(pem("PUBLIC KEY", rsa(2048, RSAKeyGenParameterSpec.F0).getPublic()), "exponent");
        refused(pem("PRIVATE KEY", of("Ed448").getPrivate()), "kind that cannot be used");
        refused(pem("PUBLIC KEY", of("X25519").getPublic()), "kind that cannot be used");
    }

    @Test
    @DisplayName("what is no key, or more than one, is refused")
    void noKey() {
        String key = pem("PRIVATE KEY", SignatureAlgorithm.ES256.generate().getPrivate());
        refused("", "no key in PEM form");
        refused("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "damaged");
        refused("-----BEGIN PRIVATE KEY-----\nA\n-----END PRIVATE KEY-----\n", "damaged");
        refused("-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n", "cannot be read");
        refused("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "damaged");
        refused("-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n", "not PKCS#8");
        refused(key + key, "more than one key");
        refused(key.substring(0, key.length() / 2), "no key in PEM form");
        refused("A".repeat(70_000), "larger than any key");
    }

    private static void refused(String pem, String says) {
        assertThatThrownBy(() -> PemKeys.read(pem, PASSPHRASE::toCharArray))
                .isInstanceOf(KeyFormatException.class)
                .hasMessageContaining(says);
    }

    private static KeyPair ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static KeyPair rsa(int bits, BigInteger exponent) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(bits, exponent));
        return generator.generateKeyPair();
    }

    private static KeyPair of(String algorithm) throws Exception {
        return KeyPairGenerator.getInstance(algorithm).generateKeyPair();
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded()) + "\n-----END " + label
                + "-----\n";
    }

    private static char[] none() {
        throw new AssertionError("nobody may be asked for a passphrase");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PemKeysTest.class.getResourceAsStream(name + ".pem"))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
