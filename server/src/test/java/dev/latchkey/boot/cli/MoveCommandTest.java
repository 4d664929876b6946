package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.DatabaseAddress.PostgresServer;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.db.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MoveCommandTest {
    private static final String PASSWORD = "s3cret/with@signs:in it";

    @TempDir
    Path folder;

    @Test
    @DisplayName("an installation moves to a server that asks for the password typed; servers then start there")
    void moves() throws IOException {
        Shell shell = new Shell("--data", folder.resolve("data").toString());
        Path users = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\nbob@example.com\n");
        assertThat(shell.run("users", "import", users.toString())).isEqualTo(ExitCode.OK);
        try (TestPostgres server = demandingPassword();
                TestDatabase target = server.database()) {
            TestDatabase.outsideTransaction(target, "CREATE ROLE mover LOGIN SUPERUSER PASSWORD '" + PASSWORD + "'");
            String address = address(target);
            assertThat(shell.type("wrong", "move", "--to", address, "--password-stdin"))
                    .isEqualTo(ExitCode.NO);
            assertThat(shell.err()).contains("cannot be opened").doesNotContain("\tat ");
            assertThat(folder.resolve("data").resolve("latchkey.db")).exists();

            assertThat(shell.type(PASSWORD, "move", "--to", address, "--password-stdin"))
                    .as(shell.err())
                    .isEqualTo(ExitCode.OK);

            assertThat(shell.out())
                    .contains("app_user", "audited events are proved there", "LATCHKEY_DATABASE_URL to " + address)
                    .doesNotContain(PASSWORD);
            assertThat(folder.resolve("data").resolve("latchkey.db.moved")).exists();
            assertThat(shell.run("users", "list")).isEqualTo(ExitCode.NO);
            Shell there = new Shell(
                    "--data",
                    folder.resolve("data").toString(),
                    "--set",
                    "database.url=" + address.replace("mover", "postgres"));
            assertThat(there.run("users", "list")).as(there.err()).isEqualTo(ExitCode.OK);
            assertThat(there.out()).contains("ada@example.com", "bob@example.com");
        }
    }

    @Test
    void tablesAsJson() throws IOException {
        Shell shell = new Shell("--data", folder.resolve("data").toString());
        Path users = Files.writeString(folder.resolve("users.csv"), "email\nada@example.com\n");
        assertThat(shell.run("users", "import", users.toString())).isEqualTo(ExitCode.OK);
        try (TestPostgres server = TestPostgres.own(Map.of());
                TestDatabase target = server.database()) {
            String address = address(target).replace("mover", "postgres");
            assertThat(shell.run("move", "--to", address, "--json"))
                    .as(shell.err())
                    .isEqualTo(ExitCode.OK);
            JsonNode user = shell.json()
                    .valueStream()
                    .filter(table -> table.at("/table").asString().equals("app_user"))
                    .findFirst()
                    .orElseThrow();
            assertThat(user.at("/rows").asLong()).isEqualTo(1);
            assertThat(user.at("/sha256").asString()).matches("[0-9a-f]{64}");
        }
    }

    @Test
    void refusals() {
        Shell shell = new Shell("--data", folder.resolve("data").toString());
        assertThat(shell.run("move")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.run("move", "--to", "mysql://db/latchkey")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("address of a PostgreSQL database");
        String away = "postgres://latchkey@127.0.0.1:1/latchkey";
        assertThat(shell.type("", "move", "--to", away, "--password-stdin")).isEqualTo(ExitCode.USAGE);
        assertThat(shell.err()).contains("no password on standard input");
        assertThat(shell.run("move", "--to", away)).isEqualTo(ExitCode.NO);
        assertThat(shell.err()).contains("There is no database").contains("to move");
        assertThat(shell.run("migrate")).isEqualTo(ExitCode.OK);
        assertThat(shell.run("move", "--to", away)).isEqualTo(ExitCode.NO);
        assertThat(shell.err()).contains("cannot be opened");
        assertThat(shell.run("move", "--to", away, "--set", "database.url=" + away))
                .isEqualTo(ExitCode.NO);
        assertThat(shell.err()).contains("not on SQLite");
    }

    private TestPostgres demandingPassword() throws IOException {
        Path rules = Files.writeString(folder.resolve("pg_hba.conf"), """
                host all postgres all trust
                host all all all scram-sha-256
                """);
        return TestPostgres.own(Map.of("hba_file", rules.toString()));
    }

    private static String address(TestDatabase target) {
        PostgresServer postgres = (PostgresServer) target.config().address();
        return "postgres://mover@" + postgres.jdbcUrl().substring("jdbc:postgresql://".length());
    }
}
