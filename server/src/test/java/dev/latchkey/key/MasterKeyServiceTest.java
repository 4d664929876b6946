package dev.latchkey.key;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.MutableClock;
import dev.latchkey.crypto.MasterKeyFile;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
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
    @DisplayName("the master key is changed with the old one as previous")
    void changes(TestDatabase test) {
        byte[] blob = open(test, one, "").seal(SealPurpose.OUTBOX, "p", "x".getBytes(UTF_8));
        Sealer after = open(test, two, one);
        assertThat(after.open(SealPurpose.OUTBOX, "p", blob)).isEqualTo("x".getBytes(UTF_8));
        assertThat(after.isStale(blob)).isTrue();
        // Until everything was resealed under the new key the database stays with the old one.
        assertThat(open(test, one, two).keyId()).isNotEqualTo(after.keyId());
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
        return new MasterKeyService(new MasterKeyConfig(key, previous), test.database(), folder, secrets, clock).open();
    }
}
