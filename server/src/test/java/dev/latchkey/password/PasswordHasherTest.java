package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.crypto.Secrets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {
    private static final Argon2Parameters CHEAP = new Argon2Parameters(64, 1, 1, 16);

    private final List<Argon2Hash> computed = new ArrayList<>();
    private final PasswordHasher hasher = hasher(CHEAP);

    @Test
    @DisplayName("a hash is in PHC form with a salt of its own, verifies, and is current")
    void roundTrip() {
        String hash = hasher.hash("correct horse");
        assertThat(hash).startsWith("$argon2id$v=19$m=64,t=1,p=1$").isNotEqualTo(hasher.hash("correct horse"));
        assertThat(hasher.verify(Optional.of(hash), "correct horse")).isEqualTo(new PasswordVerdict(true, false));
        assertThat(hasher.verify(Optional.of(hash), "correct horsE")).isEqualTo(PasswordVerdict.WRONG);
    }

    @Test
    @DisplayName("N1 V6-2.8 every character counts: no trimming, no folding, no cut after 72 bytes")
    void verifiesAsReceived() {
        String longOne = "a".repeat(127) + "b";
        assertThat(matches(longOne, longOne)).isTrue();
        assertThat(matches(longOne, "a".repeat(127) + "c")).isFalse();
        assertThat(matches(" padded ", "padded")).isFalse();
        assertThat(matches("Case", "case")).isFalse();
        assertThat(matches("naïve 密码 🔑", "naïve 密码 🔑")).isTrue();
    }

    @Test
    @DisplayName("N1 the same password in another Unicode form is the same password (NFKC)")
    void normalises() {
        assertThat(matches("Gr\u00fc\u00dfe", "Gru\u0308\u00dfe")).isTrue();
        assertThat(matches("\uff21\uff22", "AB")).isTrue();
    }

    @Test
    @DisplayName(
            "S1-31 V6-3.8 an unknown user, an unknown kind of hash and an over-long password cost one hash of current cost")
    void nobodyCostsTheSame() {
        assertThat(hasher.verify(Optional.empty(), "guess")).isEqualTo(PasswordVerdict.WRONG);
        assertThat(hasher.verify(Optional.of("{SSHA}unknown"), "guess")).isEqualTo(PasswordVerdict.WRONG);
        assertThat(hasher.verify(Optional.of(hasher.hash("x")), "g".repeat(1_025)))
                .isEqualTo(PasswordVerdict.WRONG);
        assertThat(hasher.verify(Optional.empty(), "")).isEqualTo(PasswordVerdict.WRONG);
        // One of the five is the hash made above.
        assertThat(computed).hasSize(5).allMatch(cost -> cost.isCurrent(CHEAP));
    }

    @Test
    @DisplayName(
            "C8 a right password under an old cost, variant or foreign scheme asks to be hashed anew; a wrong one never does")
    void asksForRehash() {
        String strong = hasher(new Argon2Parameters(128, 2, 1, 16)).hash("pw");
        assertThat(hasher.verify(Optional.of(strong), "pw")).isEqualTo(new PasswordVerdict(true, true));
        assertThat(hasher.verify(Optional.of(strong), "wrong")).isEqualTo(PasswordVerdict.WRONG);
        String bcrypt = "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";
        assertThat(hasher.verify(Optional.of(bcrypt), "correct horse")).isEqualTo(new PasswordVerdict(true, true));
    }

    @Test
    @DisplayName("what bcrypt did not read of a long password is unproven and is not hashed anew")
    void neverRehashesCutPasswords() {
        String bcrypt = "$2a$05$abcdefghijklmnopqrstuujf8SX2ahXLwp9w/B.Y5XdysS6yR576q";
        assertThat(hasher.verify(Optional.of(bcrypt), "x".repeat(72))).isEqualTo(new PasswordVerdict(true, true));
        assertThat(hasher.verify(Optional.of(bcrypt), "x".repeat(72) + "typo"))
                .isEqualTo(new PasswordVerdict(true, false));
    }

    @Test
    @DisplayName("an imported hash of an unnormalised password is found, and replaced by ours")
    void findsUnnormalisedImports() {
        String typed = "\ufb01ne";
        assertThat(PasswordHasher.normalised(typed)).isEqualTo("fine");
        // bcrypt of the ligature as typed, made by libxcrypt.
        String imported = "$2b$05$abcdefghijklmnopqrstuuA9BUhz4TkA60W2.B13HNXslRa4lML9y";
        assertThat(hasher.verify(Optional.of(imported), typed)).isEqualTo(new PasswordVerdict(true, true));
        assertThat(hasher.verify(Optional.of(imported), "fine")).isEqualTo(PasswordVerdict.WRONG);
    }

    private boolean matches(String stored, String typed) {
        return hasher.verify(Optional.of(hasher.hash(stored)), typed).matches();
    }

    private PasswordHasher hasher(Argon2Parameters cost) {
        Argon2Function java = new JavaArgon2();
        Argon2Function counting = new Argon2Function() {
            @Override
            public byte[] digest(Argon2Hash hash, byte[] password) {
                computed.add(hash);
                return java.digest(hash, password);
            }

            @Override
            public String name() {
                return "counting";
            }
        };
        return new PasswordHasher(cost, new Secrets(Clock.systemUTC()), () -> counting);
    }
}
