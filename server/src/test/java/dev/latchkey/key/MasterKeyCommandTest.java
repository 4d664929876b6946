package dev.latchkey.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import dev.latchkey.core.MutableClock;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the commands are those of a POSIX shell")
class MasterKeyCommandTest {
    private static final String KEY = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String OTHER = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path folder;

    @BothEngines
    @DisplayName("design 8 the master key may come from a command; its first line seals, the others open")
    void command(TestDatabase test, MutableClock clock) {
        Sealer first = open(test, clock, "echo " + KEY);
        Sealer second = open(test, clock, "printf '%s\\n\\n%s\\n' " + OTHER + " " + KEY);
        assertThat(second.keyId()).isEqualTo(first.keyId()).isNotEqualTo(second.wantedKeyId());
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    @DisplayName("a command that waits for input gets its end, and one with much to say on standard error is read")
    void streams() {
        assertThat(new MasterKeyCommand("cat; head -c 300000 /dev/zero >&2; echo " + KEY, LONG).run())
                .hasSize(1);
    }

    @Test
    @DisplayName("a command that fails, hangs or prints something else refuses the start and says what to do")
    void failures() {
        refused("echo denied by policy >&2; exit 3", LONG, "exit code 3", "denied by policy");
        refused("true", LONG, "did not print a master key");
        refused("echo c2hvcnQ=", LONG, "did not print a master key");
        refused("/nonexistent/kms", LONG, "exit code 127");
        refused("sleep 300", Duration.ofMillis(200), "was stopped");
        refused("sleep 300 & echo " + KEY, Duration.ofMillis(500), "was stopped");
    }

    @Test
    @DisplayName("no message quotes a key, not even one that the command complains about")
    void neverQuoted() {
        assertThatThrownBy(() -> new MasterKeyCommand("echo got " + KEY + " >&2; exit 1", LONG).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("got …")
                .hasMessageNotContaining(KEY.substring(0, 20));
        assertThatThrownBy(() -> new MasterKeyCommand("echo " + KEY + KEY, LONG).run())
                .hasMessageNotContaining(KEY.substring(0, 20));
    }

    @Test
    @DisplayName("a key and a command together are refused with the rest of the configuration")
    void notBoth() {
        assertThatThrownBy(() -> MasterKeyConfig.from(Settings.of(
                        MasterKeyConfig.settings(), Map.of("master-key", KEY, "master-key-command", "echo " + KEY))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("keep one");
    }

    private static void refused(String command, Duration timeout, String... says) {
        assertThatThrownBy(() -> new MasterKeyCommand(command, timeout).run())
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll(says)
                .hasMessageContaining("Run it by hand");
    }

    private Sealer open(TestDatabase test, MutableClock clock, String command) {
        MasterKeyConfig config = new MasterKeyConfig("", "", command, LONG);
        return new MasterKeyService(config, test.database(), folder, new Secrets(clock), clock).open();
    }
}
