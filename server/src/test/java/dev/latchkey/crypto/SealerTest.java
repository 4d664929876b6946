package dev.latchkey.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SealerTest {
    private static final String PLACE = "main|totp|seed|42";
    private static final byte[] PLAIN = "a secret".getBytes(UTF_8);

    private final Secrets secrets = new Secrets(Clock.systemUTC());
    private final MasterKey master = MasterKey.of(secrets.bytes(32));
    private final Sealer sealer = new Sealer(secrets, master, List.of());
    private final byte[] salt = secrets.bytes(32);

    @Test
    @DisplayName("what was sealed opens, and only then reads as it was")
    void opens() {
        byte[] blob = sealer.seal(SealPurpose.OUTBOX, PLACE, PLAIN);
        assertThat(sealer.open(SealPurpose.OUTBOX, PLACE, blob)).isEqualTo(PLAIN);
        assertThat(new String(blob, UTF_8)).doesNotContain("secret");
        assertThat(sealer.open(SealPurpose.OUTBOX, PLACE, sealer.seal(SealPurpose.OUTBOX, PLACE, new byte[0])))
                .isEmpty();
    }

    @Test
    @DisplayName("the same value sealed twice looks different")
    void neverTheSameTwice() {
        Set<String> blobs = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            blobs.add(HexFormat.of().formatHex(sealer.seal(SealPurpose.OUTBOX, PLACE, PLAIN)));
        }
        assertThat(blobs).hasSize(1000);
    }

    @Test
    @DisplayName("a value moved to another row, or asked for as another purpose, does not open")
    void tiedToItsPlaceAndPurpose() {
        byte[] blob = sealer.seal(SealPurpose.OUTBOX, PLACE, PLAIN);
        assertBroken(() -> sealer.open(SealPurpose.OUTBOX, "main|totp|seed|43", blob));
        for (SealPurpose other : SealPurpose.values()) {
            if (other != SealPurpose.OUTBOX) {
                assertBroken(() -> sealer.open(other, PLACE, blob));
            }
        }
    }

    @Test
    @DisplayName("every flipped bit and every cut end is noticed")
    void noticesChanges() {
        byte[] blob = sealer.seal(SealPurpose.AUDIT, PLACE, PLAIN);
        for (int bit = 0; bit < blob.length * 8; bit++) {
            byte[] flipped = blob.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            assertBroken(() -> sealer.open(SealPurpose.AUDIT, PLACE, flipped));
        }
        for (int length = 0; length < blob.length; length++) {
            byte[] cut = Arrays.copyOf(blob, length);
            assertBroken(() -> sealer.open(SealPurpose.AUDIT, PLACE, cut));
        }
    }

    @Test
    @DisplayName("S1-21 personal data opens with its own user's salt only, and not at all once that is erased")
    void perUser() {
        byte[] blob = sealer.sealFor(salt, SealPurpose.PERSONAL_DATA, PLACE, PLAIN);
        assertThat(sealer.openFor(salt, SealPurpose.PERSONAL_DATA, PLACE, blob)).isEqualTo(PLAIN);
        assertBroken(() -> sealer.openFor(secrets.bytes(32), SealPurpose.PERSONAL_DATA, PLACE, blob));
        assertBroken(() -> sealer.openFor(new byte[0], SealPurpose.PERSONAL_DATA, PLACE, blob));
        assertBroken(() -> sealer.open(SealPurpose.PERSONAL_DATA, PLACE, blob));
        assertBroken(() -> sealer.sealFor(new byte[0], SealPurpose.PERSONAL_DATA, PLACE, PLAIN));
    }

    @Test
    @DisplayName(
            "after the master key was changed the old one still opens, is reported stale, and a foreign one is named")
    void masterKeyChanges() {
        byte[] before = sealer.seal(SealPurpose.SIGNING_KEY, PLACE, PLAIN);
        MasterKey fresh = MasterKey.of(secrets.bytes(32));
        Sealer after = new Sealer(secrets, fresh, List.of(master));
        assertThat(after.open(SealPurpose.SIGNING_KEY, PLACE, before)).isEqualTo(PLAIN);
        assertThat(after.isStale(before)).isTrue();
        byte[] resealed = after.seal(SealPurpose.SIGNING_KEY, PLACE, PLAIN);
        assertThat(after.isStale(resealed)).isFalse();
        assertThatThrownBy(() -> sealer.open(SealPurpose.SIGNING_KEY, PLACE, resealed))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining(fresh.id());
    }

    @Test
    @DisplayName("a keyed hash differs by kind, text and master key, and is still recognised after the key was changed")
    void keyedHashes() {
        String hash = sealer.keyedHash("identifier", "a@example.com");
        assertThat(hash).hasSize(43).isEqualTo(sealer.keyedHash("identifier", "a@example.com"));
        assertThat(hash)
                .isNotEqualTo(sealer.keyedHash("identifier", "b@example.com"))
                .isNotEqualTo(sealer.keyedHash("code", "a@example.com"))
                .isNotEqualTo(Sealers.forTests().keyedHash("identifier", "a@example.com"));
        Sealer after = new Sealer(secrets, MasterKey.of(secrets.bytes(32)), List.of(master));
        assertThat(after.keyedHash("identifier", "a@example.com")).isNotEqualTo(hash);
        assertThat(after.keyedHashes("identifier", "a@example.com")).hasSize(2).contains(hash);
        assertThat(after.matchesKeyedHash("identifier", "a@example.com", hash)).isTrue();
        assertThat(after.matchesKeyedHash("identifier", "b@example.com", hash)).isFalse();
        assertThat(after.matchesKeyedHash("identifier", "a@example.com", "é")).isFalse();
    }

    @Test
    @DisplayName("RFC 5869 A.3: the first 256 bits of test case 3")
    void hkdf() {
        byte[] secret = new byte[22];
        Arrays.fill(secret, (byte) 0x0b);
        assertThat(HexFormat.of().formatHex(Hkdf.derive(secret, "")))
                .isEqualTo("8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d");
    }

    @Test
    @DisplayName("fifty threads share one sealer")
    void threads() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
            List<Future<Boolean>> results = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                byte[] mine = secrets.bytes(100);
                String place = "main|t|c|" + i;
                results.add(threads.submit(() -> {
                    for (int n = 0; n < 200; n++) {
                        byte[] blob = sealer.sealFor(salt, SealPurpose.PERSONAL_DATA, place, mine);
                        if (!Arrays.equals(mine, sealer.openFor(salt, SealPurpose.PERSONAL_DATA, place, blob))) {
                            return false;
                        }
                    }
                    return true;
                }));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
    }

    @Test
    @DisplayName("what an earlier version stored opens and is found: the formats never change")
    void storedFormats() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        byte[] sevens = new byte[32];
        Arrays.fill(sevens, (byte) 7);
        Sealer fixed = new Sealer(secrets, MasterKey.of(key), List.of());
        assertThat(fixed.keyId()).isEqualTo("908e3a77ccf7043d");
        assertThat(fixed.keyedHash("identifier", "a@example.com"))
                .isEqualTo("0CrigwSfxIbuep1IJYX2igsBxRSDwYn1u1UmCjECoEg");
        byte[] shared =
                fromHex("01908e3a77ccf7043d8443f2d4cfc7b11f923ad2af87ea478f870dc14aac9ebe0ad4f9681938e79079bb5c");
        byte[] users =
                fromHex("01908e3a77ccf7043de244f53bfc8b568641563627eba5611f3715ade92a63aef09f24b1b6394c2e4c3384");
        assertThat(fixed.open(SealPurpose.SIGNING_KEY, "main|t|c|1", shared)).isEqualTo("golden".getBytes(UTF_8));
        assertThat(fixed.openFor(sevens, SealPurpose.PERSONAL_DATA, "main|t|c|1", users))
                .isEqualTo("golden".getBytes(UTF_8));
        byte[] outbox =
                fromHex("01908e3a77ccf7043d746d14f93c87314975a5dbbf2eba6d7f7c7fe4eb6acb7ff4f8876774d8c731b43253");
        byte[] audit =
                fromHex("01908e3a77ccf7043d36c5c4aa6b47061afe2a1b7b7aac651e3b54ac5f4638296dbe0b455c970d9bbb306d");
        assertThat(fixed.open(SealPurpose.OUTBOX, "main|t|c|1", outbox)).isEqualTo("golden".getBytes(UTF_8));
        assertThat(fixed.open(SealPurpose.AUDIT, "main|t|c|1", audit)).isEqualTo("golden".getBytes(UTF_8));
    }

    private static byte[] fromHex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    private static void assertBroken(Runnable opening) {
        assertThatThrownBy(opening::run).isInstanceOf(SealBrokenException.class);
    }
}
