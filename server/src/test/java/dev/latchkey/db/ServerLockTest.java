package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
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
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data DIR");
            Migrations.of(config).migrate();
            try (Database command = Databases.open(config)) {
                assertThat(command.writable()).isTrue();
            }
        }
        ServerLock.take(folder).close();
    }
}
