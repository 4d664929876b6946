package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hashes were made by libxcrypt (bcrypt) and Python's hashlib (scrypt, PBKDF2). */
class StoredHashTest {
    private static final Argon2Function ARGON2 = new JavaArgon2();
    private static final String DIGEST = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "correct horse | $2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "Grüße €       | $2y$05$abcdefghijklmnopqrstuuaxSZMnELuYGnzx8WsrlOfwPEiU7Smiq",
                "correct horse | $scrypt$ln=14,r=8,p=1$MDEyMzQ1Njc4OWFiY2RlZg$0LupyHkzAIgDr9UDsriAAf87vMbCbcaUfDvFOAHk0D0",
                "correct horse | $pbkdf2-sha256$29000$MDEyMzQ1Njc4OWFiY2RlZg$uHVoxjLD1v3uqpdY8ehNPGUYMiKj8ROQSRwMSE033NY",
                "correct horse | $pbkdf2-sha512$i=1000$MDEyMzQ1Njc4OWFiY2RlZg$OM0FAoIqCVK1sWtxDiffVlBejtLa+ks4TP71JiecwuSZCG8iLbnlIEPOMoVX+i2B2wkSxjQ8CRGR9OkNGuIPMQ",
                "correct horse | $pbkdf2$1000$MDEyMzQ1Njc4OWFiY2RlZg$aUfE2vx5Q7zgbb0jx49AaNpXUQQ",
                "Grüße         | pbkdf2_sha256$600000$NaClNaCl$daVBp1Uq/+XY0pmxF7n5ONoO5MKVK3xZrNYeR257adQ=",
            })
    @DisplayName("S2-07 C8 imported hashes verify as their origin made them")
    void verifiesImported(String password, String text) {
        StoredHash hash = StoredHash.parse(text).orElseThrow();
        assertThat(matches(hash, password)).isTrue();
        assertThat(matches(hash, password + "!")).isFalse();
        assertThat(matches(hash, "x")).isFalse();
    }

    @Test
    @DisplayName("bcrypt reads 72 bytes of a longer password, as its origin did")
    void bcryptCuts() {
        StoredHash eighty = StoredHash.parse("$2a$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q")
                .orElseThrow();
        assertThat(matches(eighty, "x".repeat(80))).isTrue();
        assertThat(matches(eighty, "x".repeat(72))).isTrue();
        assertThat(matches(eighty, "x".repeat(71))).isFalse();
        StoredHash full = StoredHash.parse("$2b$05$abcdefghijklmnopqrstuuFUA9VhcN4vBExLgRtwPqU219b6/E/X.")
                .orElseThrow();
        assertThat(matches(full, "x".repeat(71) + "y")).isTrue();
        assertThat(matches(full, "x".repeat(71) + "z")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=4194304,t=1,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=262144,t=5,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=65536,t=33,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=65536,t=2,p=17$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=4294967295,t=2,p=1$c29tZXNhbHQ$" + DIGEST,
                "$scrypt$ln=18,r=8,p=1$c29tZXNhbHQ$" + DIGEST,
                "$scrypt$ln=17,r=8,p=16$c29tZXNhbHQ$" + DIGEST,
                "$scrypt$ln=31,r=1,p=1$c29tZXNhbHQ$" + DIGEST,
                "$pbkdf2-sha256$i=2000001$c29tZXNhbHQ$" + DIGEST,
                "pbkdf2_sha256$4294967295$salt$" + DIGEST,
                "$2b$16$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
            })
    @DisplayName("a hash whose verification would cost too much memory or time is refused before it runs")
    void refusesCostly(String text) {
        assertThat(StoredHash.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "$",
                "$2b$",
                "$2x$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy",
                "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lO*2",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAA",
                "$argon2id$v=20$m=19456,t=2,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=19456,t=2$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=19456,m=19456,t=2,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2x$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$" + DIGEST,
                "$argon2id$v=19$m=-1,t=2,p=1$c29tZXNhbHQ$" + DIGEST,
                "$scrypt$ln=14,r=8$c29tZXNhbHQ$" + DIGEST,
                "$pbkdf2-md5$i=1000$c29tZXNhbHQ$" + DIGEST,
                "$pbkdf2-sha256$i=1000$c29tZXNhbHQ$",
                "$pbkdf2$sha256",
                "$pbkdf2x$1$2$3",
            })
    @DisplayName("broken and unknown hashes are refused, never thrown over")
    void refusesBroken(String text) {
        assertThat(StoredHash.parse(text)).isEmpty();
        assertThat(StoredHash.parse(text + "$".repeat(2_000))).isEmpty();
    }

    private static boolean matches(StoredHash hash, String password) {
        return hash.matches(password.getBytes(StandardCharsets.UTF_8), ARGON2);
    }
}
