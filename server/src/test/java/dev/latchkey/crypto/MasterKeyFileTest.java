package dev.latchkey.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Base64;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasterKeyFileTest {
    @TempDir
    Path folder;

    private final Secrets secrets = new Secrets(Clock.systemUTC());

    @Test
    @DisplayName("a new key is readable by its owner only, and reads back as the same key")
    void creates() throws IOException {
        MasterKeyFile file = new MasterKeyFile(folder);
        assertThat(file.exists()).isFalse();
        MasterKey made = file.create(secrets);
        assertThat(file.read()).hasValueSatisfying(read -> assertThat(read.id()).isEqualTo(made.id()));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(file.isOpenToOthers()).isFalse();
        try (Stream<Path> names = Files.list(folder)) {
            assertThat(names).containsExactly(file.path());
        }
    }

    @Test
    @DisplayName("an existing key is never overwritten, and a half-written one from a crash is not taken for one")
    void keepsWhatIsThere() throws IOException {
        Files.writeString(folder.resolve("master.key.new"), "half");
        MasterKeyFile file = new MasterKeyFile(folder);
        String id = file.create(secrets).id();
        assertThatThrownBy(() -> file.create(secrets)).isInstanceOf(UncheckedIOException.class);
        assertThat(file.read().orElseThrow().id()).isEqualTo(id);
    }

    @Test
    @DisplayName("a file that others may read is noticed, one that holds no key reads as none")
    void notices() throws IOException {
        MasterKeyFile file = new MasterKeyFile(folder);
        Files.writeString(file.path(), "c2hvcnQ=");
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(file.isOpenToOthers()).isTrue();
        assertThat(file.read()).isEmpty();
    }

    @Test
    @DisplayName("a master key is 32 bytes in either Base64 alphabet, and never prints itself")
    void parses() {
        byte[] bytes = secrets.bytes(32);
        bytes[0] = (byte) 0xFF;
        String text = Base64.getEncoder().encodeToString(bytes);
        MasterKey key = MasterKey.parse(text).orElseThrow();
        String url = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        assertThat(MasterKey.parse(url + "\n").orElseThrow().id()).isEqualTo(key.id());
        assertThat(MasterKey.parse(text.substring(4))).isEmpty();
        assertThat(MasterKey.parse("not base64!")).isEmpty();
        assertThat(MasterKey.parse("")).isEmpty();
        assertThat(key.toString()).doesNotContain(text.substring(0, 8)).contains(key.id());
    }
}
