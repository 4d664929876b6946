package dev.latchkey.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.MutableClock;
import dev.latchkey.crypto.MasterKeyFile;
import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyServiceTest {
    @TempDir
    Path folder;

    private final MutableClock clock = new MutableClock();
    private final Secrets secrets = new Secrets(clock);
    private final String one = Base64.getEncoder().encodeToString(secrets.bytes(32));
    private final String two = Base64.getEncoder().encodeToString(secrets.bytes(32));

    @BothEngines
    @DisplayName("SQLite makes its own master key; PostgreSQL refuses to start without one and says what to do")
    void withoutConfiguration(TestDatabase test) {
        if (test.engine() == Engine.POSTGRESQL) {
            assertThatThrownBy(() -> open(test, "", ""))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageContaining("LATCHKEY_MASTER_KEY");
            assertThat(folder).isEmptyDirectory();
            return;
        }
        byte[] blob = open(test, "", "").seal(SealPurpose.OUTBOX, "p", "x".getBytes(UTF_8));
        assertThat(open(test, "", "").open(SealPurpose.OUTBOX, "p", blob)).isEqualTo("x".getBytes(UTF_8));
    }

    @BothEngines
    @DisplayName(
            "a database once sealed refuses a lost key, another key and a broken key file, and no key is made in its place")
    void refusesForeignKeys(TestDatabase test) throws IOException {
        String id = open(test, one, "").keyId();
        assertThatThrownBy(() -> open(test, "", ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("backup");
        assertThat(folder).isEmptyDirectory();
        assertThatThrownBy(() -> open(test, two, ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(id)
                .hasMessageContaining("master-key-previous");
        Path file = folder.resolve(MasterKeyFile.NAME);
        Files.writeString(file, "broken");
        assertThatThrownBy(() -> open(test, "", ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(file.toString());
        Files.writeString(file, one);
        assertThat(open(test, "", "").keyId()).isEqualTo(id);
    }

    @BothEngines
    @DisplayName("a database stays with its key until a reseal moves it to another; then no server needs the old one")
    void changes(TestDatabase test) {
        Sealer before = open(test, one, "");
        byte[] blob = before.seal(SealPurpose.OUTBOX, "p", "x".getBytes(UTF_8));
        byte[] trail = before.seal(SealPurpose.AUDIT, "p", "y".getBytes(UTF_8));
        String hash = before.keyedHash("code", "123");
        Sealer both = open(test, two, one);
        assertThat(both.keyId()).isEqualTo(before.keyId());

        ResealReport report = reseal(test, both, List.of());

        assertThat(report.moved()).isTrue();
        assertThat(report.former()).containsExactly(before.keyId());
        assertThat(both.keyId()).isEqualTo(both.wantedKeyId()).isEqualTo(report.keyId());
        assertThat(both.isStale(blob)).isTrue();
        Sealer after = open(test, two, "");
        assertThat(after.open(SealPurpose.AUDIT, "p", trail)).isEqualTo("y".getBytes(UTF_8));
        assertThat(after.matchesKeyedHash("code", "123", hash)).isTrue();
        assertThat(after.keyedHashes("code", "123")).hasSize(2).endsWith(hash);
        assertThat(both.keyedHashes("code", "123")).hasSize(2);
        assertThatThrownBy(() -> after.open(SealPurpose.OUTBOX, "p", blob))
                .isInstanceOf(SealBrokenException.class)
                .hasMessageContaining(before.keyId());
        assertThatThrownBy(() -> open(test, one, "")).isInstanceOf(SettingsException.class);
    }

    @BothEngines
    @DisplayName("a reseal that was interrupted keeps servers from starting without the old key, and can be run again")
    void interrupted(TestDatabase test) {
        open(test, one, "");
        Sealer both = open(test, two, one);
        String former = both.keyId();
        AtomicLong left = new AtomicLong(3);
        SealedTable failing = new SealedTable("values", sql -> left.get(), (tx, after) -> {
            if (left.get() == 2) {
                throw new IllegalStateException("power cut");
            }
            return new Resealed(1, 0, Optional.of(Long.toString(left.decrementAndGet())));
        });
        assertThatThrownBy(() -> reseal(test, both, List.of(failing))).hasMessage("power cut");
        assertThatThrownBy(() -> open(test, two, ""))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(former)
                .hasMessageContaining("keys reseal");

        SealedTable mended = new SealedTable("values", sql -> left.get(), (tx, after) -> {
            left.decrementAndGet();
            return new Resealed(1, 0, left.get() == 0 ? Optional.empty() : Optional.of("x"));
        });
        ResealReport report = reseal(test, open(test, two, one), List.of(mended));

        assertThat(report).isEqualTo(new ResealReport(both.wantedKeyId(), false, 2, 0, List.of(former)));
        assertThat(open(test, two, "").keyId()).isEqualTo(report.keyId());
    }

    @BothEngines
    @DisplayName("a value that does not open is left and counted, and the former key stays needed")
    void unreadable(TestDatabase test) {
        open(test, one, "");
        Sealer both = open(test, two, one);
        SealedTable broken = new SealedTable("values", sql -> 1L, (tx, after) -> new Resealed(0, 1, Optional.empty()));

        ResealReport report = reseal(test, both, List.of(broken));

        assertThat(report.left()).isEqualTo(1);
        assertThat(report.former()).isEmpty();
        assertThatThrownBy(() -> open(test, two, "")).isInstanceOf(SettingsException.class);
    }

    private ResealReport reseal(TestDatabase test, Sealer sealer, List<SealedTable> tables) {
        return new ResealService(test.database(), sealer, (tx, key) -> {}, clock).reseal(tables, (done, all) -> {});
    }

    @Test
    @DisplayName("a key of the wrong size is refused with the rest of the configuration, and never printed")
    void configuration() {
        for (String key : List.of("c2hvcnQ=", "not base64", one + "AAAA")) {
            assertThatThrownBy(() -> Settings.of(MasterKeyConfig.settings(), Map.of("master-key", key)))
                    .isInstanceOf(SettingsException.class);
            assertThatThrownBy(() ->
                            Settings.of(MasterKeyConfig.settings(), Map.of("master-key-previous", two + "," + key)))
                    .isInstanceOf(SettingsException.class);
        }
        MasterKeyConfig config = MasterKeyConfig.from(Settings.of(
                MasterKeyConfig.settings(), Map.of("master-key", one, "master-key-previous", two + ", " + one)));
        assertThat(config.previousKeys()).hasSize(2);
        assertThat(config.toString()).doesNotContain(one).doesNotContain(two);
        assertThat(MasterKeyConfig.defaults().previousKeys()).isEmpty();
    }

    private Sealer open(TestDatabase test, String key, String previous) {
        return new MasterKeyService(
                        new MasterKeyConfig(key, previous, "", Duration.ofSeconds(30)),
                        test.database(),
                        folder,
                        secrets,
                        clock)
                .open();
    }
}
