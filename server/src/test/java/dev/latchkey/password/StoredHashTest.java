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
    private static final String HEX = "0000000000000000000000000000000000000000000000000000000000000000";
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
                "correct horse | bcrypt$$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2",
                "correct horse | pbkdf2:sha256:1000$NaClNaCl$0c5447c8fef936184ff4a7e6050570dc344c4e5a654710f69b4fd7e82508a568",
                "correct horse | scrypt:16384:8:1$NaClNaCl$acb2a47c9b73f181c7e12de7a954423d070abb2b09fbcfbc90f2908dc63112413d24c588ea26a53b313b8ce99c4abc6030763c9e744f2feb312a887c7ef15372",
                "correct horse | AQAAAAEAACcQAAAAEDAxMjM0NTY3ODlhYmNkZWZMjaCu29XUdbmfPasFji1y2WuY6PltmzR3D2Pw0elFFw==",
                "correct horse | AQAAAAIAACcQAAAAEDAxMjM0NTY3ODlhYmNkZWYq7aSQmfoPEL1RKHvgCBuS/i9sEjhmFnx3jsxfbpsv9w==",
                "user1password | $firebase-scrypt$ln=14,r=8$42xEC+ixf3L2lw==$Bw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==",
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
    @DisplayName("Django writes its name before Argon2's")
    void django() {
        String ours = Argon2Hash.blank(Argon2Parameters.STANDARD, new byte[16])
                .withDigest(new byte[32])
                .text();
        StoredHash parsed = StoredHash.parse("argon2" + ours).orElseThrow();
        assertThat(((Argon2Hash) parsed).text()).isEqualTo(ours);
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
                "scrypt:1073741824:8:1$salt$" + HEX,
                "scrypt:16384:8:4096$salt$" + HEX,
                "pbkdf2:sha256:2000001$salt$" + HEX,
                "$firebase-scrypt$ln=20,r=8$c2FsdA==$Bw==$" + DIGEST + "$" + DIGEST,
                "AQAAAAH/////AAAAEDAxMjM0NTY3ODlhYmNkZWZMjaCu29XUdbmfPasFji1y2WuY6PltmzR3D2Pw0elFFw==",
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
                "scrypt:16383:8:1$salt$" + HEX,
                "scrypt:16384:8$salt$" + HEX,
                "scrypt:16384:8:1$salt$zz",
                "pbkdf2:md5:1000$salt$" + HEX,
                "pbkdf2:sha256$salt$" + HEX,
                "$firebase-scrypt$ln=14,r=8$c2FsdA==$Bw==$AAAA$" + DIGEST,
                "$firebase-scrypt$ln=14,r=8$c2FsdA==$Bw==$" + DIGEST,
                "AQAAAA",
                "AQAAAAEAACcQ/////zAxMjM0NTY3ODlhYmNkZWY=",
                "AQAAAAMAACcQAAAAEDAxMjM0NTY3ODlhYmNkZWZMjaCu29XUdbmfPasFji1y2WuY6PltmzR3D2Pw0elFFw==",
                "bcrypt$",
                "argon2$argon2",
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
