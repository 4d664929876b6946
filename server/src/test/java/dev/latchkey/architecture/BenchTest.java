package dev.latchkey.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.db.ChildJvm;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benches are compiled when they are run, which is seldom: here they break with what they call. */
class BenchTest {
    private static final Path SOURCES = Path.of("../bench/src");

    @Test
    void theBenchesCompile(@TempDir Path classes) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        List<String> options = List.of(
                "--release",
                "25",
                "-proc:none",
                "-Xlint:all,-options,-try,-classfile,-path",
                "-Werror",
                "-d",
                classes.toString(),
                "-classpath",
                ChildJvm.classPath(BenchTest.class));
        StringWriter complaints = new StringWriter();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            boolean compiled = compiler.getTask(
                            complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources()))
                    .call();
            assertThat(compiled).as(complaints.toString()).isTrue();
        }
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
