package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TestServer;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;

class KeysResealCommandTest {
    private static final String OLD = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
    private static final String NEW = "ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=";

    @TempDir
    Path folder;

    @BothEngines
    @DisplayName("the database moves to the new key once; then the former one is needed no more")
    void moves(TestDatabase database) {
        assertThat(shell(database, OLD).run("keys", "rotate")).isEqualTo(ExitCode.OK);
        assertThat(shell(database, NEW).run("keys", "reseal")).isEqualTo(ExitCode.CONFIGURATION);

        Shell both = shell(database, NEW, "--set", "master-key-previous=" + OLD);
        assertThat(both.run("keys", "reseal", "--json")).as(both.err()).isEqualTo(ExitCode.OK);
        assertThat(both.json().at("/moved").asBoolean()).isTrue();
        assertThat(both.json().at("/sealed").asLong()).isPositive();
        assertThat(both.json().at("/left").asLong()).isZero();
        assertThat(both.json().at("/former").size()).isEqualTo(1);

        assertThat(both.run("keys", "reseal")).isEqualTo(ExitCode.OK);
        assertThat(both.out())
                .startsWith("The master key is ")
                .contains("0 values were sealed anew", "Take it out of master-key-previous");
        Shell after = shell(database, NEW);
        assertThat(after.run("keys", "reseal")).as(after.err()).isEqualTo(ExitCode.OK);
        assertThat(after.run("keys", "list")).isEqualTo(ExitCode.OK);
    }

    @BothEngines
    @DisplayName("what does not open is left, which is exit code 1 and said")
    void left(TestDatabase database) {
        assertThat(shell(database, OLD).run("keys", "rotate")).isEqualTo(ExitCode.OK);
        String broken = switch (database.engine()) {
            case SQLITE -> "CAST(substr(sealed_private, 1, length(sealed_private) - 4) || x'00000000' AS BLOB)";
            case POSTGRESQL -> "substr(sealed_private, 1, length(sealed_private) - 4) || '\\x00000000'::bytea";
        };
        Integer changed = database.database()
                .tx(tx -> tx.handle()
                        .execute("UPDATE signing_key SET sealed_private = " + broken + " WHERE state = 'next'"));
        assertThat(changed).isEqualTo(1);

        Shell both = shell(database, NEW, "--set", "master-key-previous=" + OLD);
        assertThat(both.run("keys", "reseal")).as(both.err()).isEqualTo(ExitCode.NO);
        assertThat(both.out()).contains("1 values are still under a former key", "Keep master-key-previous");
    }

    private Shell shell(TestDatabase database, String key, String... more) {
        List<String> options = new ArrayList<>(List.of("--set", "master-key=" + key));
        if (database.engine() == Engine.POSTGRESQL) {
            options.addAll(List.of("--set", "database.url=" + TestServer.url(database), "--data", folder.toString()));
        } else {
            options.addAll(List.of("--data", database.config().dataDirectory().toString()));
        }
        options.addAll(List.of(more));
        return new Shell(options.toArray(String[]::new));
    }
}
