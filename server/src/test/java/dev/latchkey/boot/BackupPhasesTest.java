package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.backup.BackupFile;
import dev.latchkey.core.MutableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupPhasesTest {
    private final MutableClock clock = new MutableClock();

    @TempDir
    Path temporary;

    @Test
    @DisplayName("a backup and a restore tell each phase as it begins, and how far it is where that can be told")
    void phases() throws IOException {
        Installation here = new Installation(temporary.resolve("here"), clock);
        Path file = temporary.resolve("b.zip");
        List<String> begun = new ArrayList<>();
        Set<String> counted = new LinkedHashSet<>();
        Progress progress = (doing, things) -> {
            begun.add(doing);
            return (done, all) -> {
                if (done > 0 && done == all) {
                    counted.add(doing);
                }
            };
        };
        try (Operations operations = here.operations()) {
            operations.backUp(file, "test", Map.of(), progress);
        }
        assertThat(begun).containsExactly("Copying", "Checking the copy", "Packing", "Reading again");
        assertThat(counted).containsExactly("Copying", "Packing", "Reading again");
        begun.clear();
        counted.clear();
        new Restoration(here.configuration(), here::on, clock).restore(new BackupFile(file), true, false, progress);
        assertThat(begun).containsExactly("Unpacking", "Checking the database", "Verifying the audit trail");
        assertThat(counted).containsExactly("Unpacking", "Verifying the audit trail");
    }
}
