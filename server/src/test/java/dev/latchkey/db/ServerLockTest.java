package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.SettingsException;
import dev.latchkey.core.OperationalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerLockTest {
    @Test
    @DisplayName("a second server on the same folder is refused and told who holds it; a command may open the database")
    void secondServer(@TempDir Path folder) {
        DatabaseConfig config = DatabaseConfig.sqliteIn(folder);
        try (ServerLock held = ServerLock.take(folder)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> ServerLock.take(folder))
                    .isInstanceOf(OperationalException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data DIR");
            Migrations.of(config).migrate();
            try (Database command = Databases.open(config)) {
                assertThat(command.writable()).isTrue();
            }
        }
        ServerLock.take(folder).close();
    }

    @Test
    @DisplayName("a folder that cannot be used is refused as configuration, for another try would end the same way")
    void unusableFolder(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "in the way");
        for (Path data : List.of(file, file.resolve("data"))) {
            assertThatThrownBy(() -> ServerLock.take(data))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("The data folder " + data + " cannot be used: ")
                    .hasMessageContaining("data.directory");
        }
    }
}
