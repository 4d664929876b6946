package dev.latchkey.boot.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("every check has a name of its own and is explained in the documentation")
    void explained() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "operations.md"));
        List<String> names = Checks.all().stream().map(Check::name).toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allSatisfy(name -> assertThat(page).contains("| " + name + " | "));
    }

    @Test
    @DisplayName("every class that is a check is in the list")
    void listed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/latchkey/boot/doctor"))) {
            List<String> classes = files.filter(file -> contains(file, "implements Check"))
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .sorted()
                    .toList();
            assertThat(Checks.all().stream()
                            .map(check -> check.getClass().getSimpleName())
                            .sorted()
                            .toList())
                    .isEqualTo(classes);
        }
    }

    @Test
    @DisplayName("a check that breaks is a warning and stops no other")
    void brokenCheck() {
        Check broken = new Check() {
            @Override
            public String name() {
                return "broken";
            }

            @Override
            public List<Finding> run(Installation installation) {
                throw new IllegalStateException("no such view");
            }
        };
        Examined.in(folder).warns(broken, "could not be looked at: no such view");
    }

    private static boolean contains(Path file, String text) {
        try {
            return Files.readString(file).contains(text);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
