package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Eventually;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher of a release, with a server that only says which version it is. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    @TempDir
    Path home;

    private Path jar;

    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void unpackRelease() throws IOException {
        jar = Files.createDirectory(home.resolve("lib")).resolve("latchkey.jar");
        Files.copy(Path.of("..", "latchkey"), home.resolve("latchkey"), StandardCopyOption.COPY_ATTRIBUTES);
        install("VERSION-ONE");
    }

    @Test
    @DisplayName("a replaced jar takes effect although a start cache of the old one is there")
    void aReplacedJarTakesEffect() throws Exception {
        FileTime time = Files.getLastModifiedTime(jar);
        long size = Files.size(jar);
        assertThat(launch("serve").err()).contains("Preparing the start cache");
        Outcome again = launch("serve");
        assertThat(again.err()).isEmpty();
        assertThat(again.out()).contains("VERSION-ONE").contains("from the cache");

        install("VERSION-TWO");
        Files.setLastModifiedTime(jar, time);
        assertThat(Files.size(jar))
                .as("the change cannot be seen by size or time")
                .isEqualTo(size);
        Outcome other = launch("users", "list");
        assertThat(other.out()).contains("VERSION-TWO").contains("from the jar");
        assertThat(other.err()).isEmpty();
        assertThat(launch("serve").out()).contains("VERSION-TWO");
        assertThat(launch("serve").out()).contains("VERSION-TWO").contains("from the cache");
    }

    @Test
    void otherOptionsOfTheJvmDoNotUseTheCache() throws Exception {
        launch("warmup");
        assertThat(launch("users").out()).contains("from the cache");
        assertThat(launch(Map.of("LATCHKEY_JAVA_OPTS", "-Dx=y"), "users").out()).contains("from the jar");
        assertThat(launch(Map.of("LATCHKEY_CACHE", "off"), "users").out()).contains("from the jar");
    }

    @Test
    @DisplayName("a cache that came with an image is used whatever the number of processors")
    void anotherNumberOfProcessorsUsesTheCache() throws Exception {
        assertThat(launch(Map.of("PATH", processors(2)), "warmup").err()).contains("Preparing");
        Outcome many = launch(Map.of("PATH", processors(16)), "serve");
        assertThat(many.out()).contains("from the cache");
        assertThat(many.err()).isEmpty();
    }

    /** A path on which the machine has so many. */
    private String processors(int number) throws IOException {
        Path folder = Files.createDirectories(home.resolve("processors-" + number));
        Path getconf = Files.writeString(folder.resolve("getconf"), "#!/bin/sh\necho " + number + "\n");
        assertThat(getconf.toFile().setExecutable(true)).isTrue();
        return folder + ":" + System.getenv("PATH");
    }

    @Test
    void whereNoCacheCanBeWrittenTheServerStartsWithout() throws Exception {
        Path file = Files.writeString(home.resolve("file"), "");
        Outcome outcome = launch(Map.of("LATCHKEY_CACHE", file.resolve("cache").toString()), "serve");
        assertThat(outcome.out()).contains("VERSION-ONE").contains("from the jar");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    @DisplayName("a start that is stopped while it prepares its cache ends at once and leaves no process and no cache")
    void aStopDuringThePreparationLeavesNothing() throws Exception {
        Process process = builder(home.resolve("latchkey"), Map.of("LATCHKEY_JAVA_OPTS", "-Dstuck=true"), "serve")
                .start();
        Path log = home.resolve("lib").resolve("cache").resolve("warmup.log");
        assertThat(Eventually.holdsWithin(
                        Duration.ofSeconds(30),
                        () -> Files.exists(log) && text(log).contains("VERSION-ONE")))
                .isTrue();
        List<ProcessHandle> children = process.descendants().toList();
        assertThat(children).isNotEmpty();

        process.destroy();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(143);
        assertThat(children).noneMatch(ProcessHandle::isAlive);
        try (Stream<Path> files = Files.list(log.getParent())) {
            assertThat(files).noneMatch(file -> file.toString().contains(".aot"));
        }
    }

    @Test
    void argumentsAndTheExitCodePassUnchanged() throws Exception {
        Outcome outcome = launch("exit", "a b", "*", "");
        assertThat(outcome.out()).contains("[exit, a b, *, ]");
        assertThat(outcome.exitCode()).isEqualTo(7);
    }

    @Test
    void aSymbolicLinkFindsItsHome() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("lib").resolve("link"), Path.of("..", "latchkey"));
        assertThat(run(link, Map.of(), "users").out()).contains("VERSION-ONE");
    }

    @Test
    @DisplayName("a build leaves the jar whole that a server runs from")
    void aBuildLeavesARunningServerItsJar() throws Exception {
        Path built = Files.createDirectories(home.resolve("server/target")).resolve("latchkey.jar");
        Files.move(jar, built);
        byte[] before = Files.readAllBytes(built);
        install("VERSION-TWO");
        Path made = Files.move(jar, home.resolve("made.jar"));
        // As Maven's plugins do, it writes into the file that is there.
        Path maven = Files.createDirectory(home.resolve("bin")).resolve("mvn");
        Files.writeString(maven, "#!/bin/sh\ncat '" + made + "' >'" + built + "'\n");
        Files.setPosixFilePermissions(maven, PosixFilePermissions.fromString("rwx------"));
        Files.writeString(home.resolve("pom.xml"), "newer than the jar");
        Files.setLastModifiedTime(built, FileTime.fromMillis(1_000));

        try (InputStream running = Files.newInputStream(built)) {
            Outcome outcome = launch(Map.of("PATH", home.resolve("bin") + ":" + System.getenv("PATH")), "users");

            assertThat(outcome.out()).as(outcome.err()).contains("VERSION-TWO");
            assertThat(Arrays.equals(running.readAllBytes(), before)).isTrue();
        }
    }

    private void install(String version) throws IOException {
        Path folder = Files.createDirectories(home.resolve(version));
        Path source = folder.resolve("Main.java");
        Files.writeString(source, """
                package dev.latchkey.boot;
                public class Main {
                    public static void main(String[] arguments) {
                        boolean cached = java.lang.management.ManagementFactory.getRuntimeMXBean()
                                .getInputArguments().stream().anyMatch(it -> it.startsWith("-XX:AOTCache="));
                        System.out.println("%s from the " + (cached ? "cache " : "jar ")
                                + java.util.Arrays.toString(arguments));
                        if (Boolean.getBoolean("stuck")) {
                            java.util.concurrent.locks.LockSupport.park();
                        }
                        System.exit(arguments[0].equals("exit") ? 7 : 0);
                    }
                }
                """.formatted(version));
        int compiled =
                ToolProvider.getSystemJavaCompiler().run(null, null, null, "-d", folder.toString(), source.toString());
        assertThat(compiled).isZero();
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(file)) {
            entries.setLevel(0);
            JarEntry entry = new JarEntry("dev/latchkey/boot/Main.class");
            entry.setTime(0);
            entries.putNextEntry(entry);
            entries.write(Files.readAllBytes(folder.resolve("dev/latchkey/boot/Main.class")));
        }
    }

    private Outcome launch(String... arguments) throws IOException, InterruptedException {
        return launch(Map.of(), arguments);
    }

    private Outcome launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        return run(home.resolve("latchkey"), environment, arguments);
    }

    private Outcome run(Path launcher, Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        Process process = builder(launcher, environment, arguments).start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return new Outcome(process.exitValue(), text(home.resolve("out")), text(home.resolve("err")));
    }

    private ProcessBuilder builder(Path launcher, Map<String, String> environment, String... arguments) {
        String[] command = new String[arguments.length + 1];
        command[0] = launcher.toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Path out = home.resolve("out");
        Path err = home.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("LATCHKEY_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
