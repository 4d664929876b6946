package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrivateKeyPemTest {
    // openssl ecparam -name prime256v1 -genkey
    private static final String EC_WITH_PARAMETERS = """
            -----BEGIN EC PARAMETERS-----
            BggqhkjOPQMBBw==
            -----END EC PARAMETERS-----
            -----BEGIN EC PRIVATE KEY-----
            MHcCAQEEIKtIUxYWazWBd4c3v+amlB6bIkEPcyaQHfF1nemC7sRqoAoGCCqGSM49
            AwEHoUQDQgAEIrzEo/FGQyBjA4XW3D/SUCe1ubgIZ77w5fiodrtQBabOQblORorg
            HocG5t/AxbEpSr/BrIigUbEn7iK/yCAkGw==
            -----END EC PRIVATE KEY-----
            """;

    // The same: openssl pkcs8 -topk8 -v2 aes-256-cbc
    private static final String EC_ENCRYPTED = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAiUx4YqdOz4ywICCAAw
            DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEECa4ZZxRvE3KyQem+7ewNDMEgZDP
            lN5Ib1k25/IPsI3TqilaCINdB4rJfhNt2jr3nwD55qjIx6gqI2Ge/tPRwSaEUPXw
            X1tiYNJlOCOGL/D5N9FXBu9ISPWgdYFrWIU32igW8GZZatottvOJrp486Rtx2s/b
            D6A2uS5oST4ioHQS95psnHtaDEmc8u8KCMA7o3YbGKxiVTU1cWQR6cvTuMzuR7Q=
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    // The same: openssl pkcs8 -topk8 -scrypt
    private static final String EC_SCRYPT = """
            -----BEGIN ENCRYPTED PRIVATE KEY-----
            MIHkME8GCSqGSIb3DQEFDTBCMCEGCSsGAQQB2kcECzAUBAjWwN4sAeEJaAICQAAC
            AQgCAQEwHQYJYIZIAWUDBAEqBBDlFib49uSOaEQTq69t59rqBIGQFQzqkx5RmGoC
            LnitEqVsxHyXwkJCyV/GH4e0oVGJpOgmdidUKgQ3/gfTUoTxHtwAxG6hAKRHuG5R
            MRh8oppN5v47G3YlzYJQjF8wIFF/XXC7pP7E+/6TGoJ3Rsb+mpirWMplpdG/Hrbt
            6NKflHoE86RCSU6nXE46eRAjQHKEVjgOb6BUgcY6ZvVkk6gkYtTf
            -----END ENCRYPTED PRIVATE KEY-----
            """;

    @Test
    void readsEveryKindOfKey() throws GeneralSecurityException {
        for (KeyPair pair : List.of(ec("secp256r1"), ec("secp384r1"), rsa(), ed25519())) {
            PrivateKey key =
                    PrivateKeyPem.read(pem("PRIVATE KEY", pair.getPrivate().getEncoded()), Optional.empty());
            assertThat(key).isEqualTo(pair.getPrivate());
        }
    }

    @Test
    void readsAnOlderEcKeyWithItsParametersBefore() {
        PrivateKey key = PrivateKeyPem.read(EC_WITH_PARAMETERS, Optional.empty());
        assertThat(key.getAlgorithm()).isEqualTo("EC");
    }

    @Test
    void readsAnOlderRsaKey() throws GeneralSecurityException {
        PrivateKey key = rsa().getPrivate();
        byte[] pkcs8 = key.getEncoded();
        // What precedes is the envelope: its header, the version, the algorithm, the header of the octets.
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
        assertThat(PrivateKeyPem.read(pem("RSA PRIVATE KEY", pkcs1), Optional.empty()))
                .isEqualTo(key);
    }

    @Test
    void readsAnEncryptedKeyWithItsPassphraseOnly() {
        assertThat(number(PrivateKeyPem.read(EC_ENCRYPTED, Optional.of("correct horse"))))
                .isEqualTo(number(PrivateKeyPem.read(EC_WITH_PARAMETERS, Optional.empty())));
        assertThatThrownBy(() -> PrivateKeyPem.read(EC_ENCRYPTED, Optional.of("wrong")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("passphrase is wrong")
                .hasMessageNotContaining("horse");
        assertThatThrownBy(() -> PrivateKeyPem.read(EC_ENCRYPTED, Optional.empty()))
                .hasMessageContaining("passphrase is not configured");
        assertThatThrownBy(() -> PrivateKeyPem.read(EC_SCRYPT, Optional.of("correct horse")))
                .hasMessageContaining("openssl pkcs8 -topk8 -v2 aes-256-cbc makes it so");
    }

    @Test
    void saysWhatIsWrong() {
        String rsa = """
                -----BEGIN RSA PRIVATE KEY-----
                Proc-Type: 4,ENCRYPTED
                DEK-Info: AES-128-CBC,00

                AAAA
                -----END RSA PRIVATE KEY-----
                """;
        assertComplaint("", "no private key");
        assertComplaint("-----BEGIN PRIVATE KEY-----\nAAAA", "cut off");
        assertComplaint("-----BEGIN PRIVATE KEY-----\n%%%=\n-----END PRIVATE KEY-----", "no");
        assertComplaint("-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----", "no key that can be used");
        assertComplaint("-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----", "curve");
        assertComplaint("-----BEGIN EC PRIVATE KEY-----\nMIT/////\n-----END EC PRIVATE KEY-----", "curve");
        assertComplaint(rsa, "openssl pkcs8 -topk8");
    }

    private static void assertComplaint(String text, String part) {
        assertThatThrownBy(() -> PrivateKeyPem.read(text, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    /** Encodings of the same key differ in whether they hold its public half. */
    private static BigInteger number(PrivateKey key) {
        return ((ECPrivateKey) key).getS();
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static KeyPair ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator.generateKeyPair();
    }

    private static KeyPair rsa() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static KeyPair ed25519() throws GeneralSecurityException {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }
}
