package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2FunctionTest {
    private static final List<Argon2Function> BOTH = List.of(new NativeArgon2(), new JavaArgon2());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2i$m=65536,t=2,p=1$c29tZXNhbHQ$9sTbSlTio3Biev89thdrlKKiCaYsjjYVJxGAL3swxpQ",
                "$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$wWKIMhR9lyDFvRz9YTZweHKfbftvj+qf+YFY4NeBbtA",
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
            })
    @DisplayName("both implementations agree with the reference implementation's own test vectors")
    void knowsReferenceVectors(String hash) {
        byte[] password = "password".getBytes(StandardCharsets.UTF_8);
        for (Argon2Function argon2 : BOTH) {
            assertThat(StoredHash.parse(hash).orElseThrow().matches(password, argon2))
                    .as(argon2.name())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("both implementations agree on every variant, version and a spread of costs, salts and passwords")
    void agree() {
        Random random = new Random(7);
        for (Argon2Type type : Argon2Type.values()) {
            for (int version : new int[] {0x10, 0x13}) {
                for (int lanes : new int[] {1, 4}) {
                    byte[] salt = new byte[8 + random.nextInt(25)];
                    byte[] password = new byte[1 + random.nextInt(200)];
                    random.nextBytes(salt);
                    random.nextBytes(password);
                    byte[] shape = new byte[16 + random.nextInt(49)];
                    Argon2Hash cost =
                            new Argon2Hash(type, version, 64 * lanes, 1 + random.nextInt(4), lanes, salt, shape);
                    assertThat(BOTH.get(0).digest(cost, password))
                            .as(cost.text())
                            .isEqualTo(BOTH.get(1).digest(cost, password));
                }
            }
        }
    }

    @Test
    @DisplayName("S1-36 the preset strict hashes with 64 MiB, 3 passes, 4 lanes and a salt of 32 bytes, and both agree")
    void strictAgrees() {
        Argon2Hash cost = Argon2Hash.blank(Argon2Parameters.STRICT, new byte[32]);
        byte[] password = "Grüße".getBytes(StandardCharsets.UTF_8);
        byte[] digest = BOTH.get(0).digest(cost, password);
        assertThat(digest).hasSize(32).isEqualTo(BOTH.get(1).digest(cost, password));
        assertThat(cost.withDigest(digest).text()).startsWith("$argon2id$v=19$m=65536,t=3,p=4$");
    }
}
