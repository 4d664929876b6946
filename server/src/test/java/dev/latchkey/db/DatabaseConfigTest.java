package dev.latchkey.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsLoader;
import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.DatabaseAddress.SqliteFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DatabaseConfigTest {
    private static final Path DATA = Path.of("data");

    @Test
    @DisplayName("without settings: SQLite in ./data")
    void defaults() {
        DatabaseConfig config = DatabaseConfig.from(Settings.defaults(DatabaseConfig.settings()));
        assertThat(config).isEqualTo(DatabaseConfig.defaults());
        assertThat(config).isEqualTo(new DatabaseConfig(new SqliteFile(Path.of("data/latchkey.db")), DATA, 10, 4));
    }

    @Test
    @DisplayName("every setting has its effect, also by its environment name")
    void fullMapping() {
        DatabaseConfig config = DatabaseConfig.from(new SettingsLoader(DatabaseConfig.settings())
                .environment(Map.of(
                        "LATCHKEY_DATABASE_URL", "jdbc:postgresql://db:5433/auth",
                        "LATCHKEY_DATA_DIRECTORY", "/var/lib/latchkey",
                        "LATCHKEY_DATABASE_CONNECTIONS", "20",
                        "LATCHKEY_DATABASE_READERS", "8"))
                .load());
        assertThat(config)
                .isEqualTo(new DatabaseConfig(
                        new PostgresServer("jdbc:postgresql://db:5433/auth", "", ""),
                        Path.of("/var/lib/latchkey"),
                        20,
                        8));
    }

    @Test
    @DisplayName("a postgres:// address is taken apart, its password decoded and never printed")
    void postgresUrl() {
        DatabaseAddress address = DatabaseAddress.of("postgres://me:p%40ss+w@db:5433/auth?sslmode=require", DATA);
        assertThat(address)
                .isEqualTo(new PostgresServer("jdbc:postgresql://db:5433/auth?sslmode=require", "me", "p@ss+w"));
        assertThat(address.toString()).doesNotContain("p@ss").contains("db:5433/auth");
        assertThat(DatabaseAddress.of("postgresql://db/auth", DATA))
                .isEqualTo(new PostgresServer("jdbc:postgresql://db/auth", "", ""));
    }

    @Test
    @DisplayName("credentials among the parameters of a jdbc: or postgres:// address are taken out and never printed")
    void credentialsAsParameters() {
        DatabaseAddress address = DatabaseAddress.of(
                "jdbc:postgresql://db:5433/auth?user=me&sslmode=require&password=p%40ss%2Bw&sslpassword=key-secret",
                DATA);

        assertThat(address)
                .isEqualTo(new PostgresServer(
                        "jdbc:postgresql://db:5433/auth?sslmode=require&sslpassword=key-secret", "me", "p@ss+w"));
        assertThat(address.toString())
                .doesNotContain("p%40ss", "p@ss", "key-secret")
                .contains("db:5433/auth");
        assertThat(DatabaseAddress.of("postgres://db/auth?user=me&password=secret", DATA))
                .isEqualTo(new PostgresServer("jdbc:postgresql://db/auth", "me", "secret"));
    }

    @Test
    @DisplayName("N3 of several hosts the one that takes writes is meant, unless the address says otherwise")
    void severalHosts() {
        assertThat(server("postgres://me:p%2Cw@one:5432,two:5433/auth").needsPrimary())
                .isTrue();
        assertThat(server("jdbc:postgresql://one,two/auth?sslmode=require").needsPrimary())
                .isTrue();
        assertThat(server("postgres://one,two/auth?targetServerType=any").needsPrimary())
                .isFalse();
        assertThat(server("postgres://one/auth?options=a,b").needsPrimary()).isFalse();
    }

    private static PostgresServer server(String address) {
        return (PostgresServer) DatabaseAddress.of(address, DATA);
    }

    @Test
    @DisplayName("mysql:// is refused with what to do, and without repeating its password")
    void mysql() {
        assertThatThrownBy(() -> DatabaseAddress.of("mysql://root:secret@db/auth", DATA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("postgres://")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> new SettingsLoader(DatabaseConfig.settings())
                        .environment(Map.of("DATABASE_URL", "mysql://root:secret@db/auth"))
                        .load())
                .hasMessageContaining("postgres://")
                .hasMessageNotContaining("secret");
    }
}
