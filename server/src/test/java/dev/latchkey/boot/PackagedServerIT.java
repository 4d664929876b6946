package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What packaging leaves out of the one jar is not needed. */
class PackagedServerIT {
    private static final Path JAR = Path.of("target", "latchkey.jar");

    @TempDir
    Path folder;

    @Test
    void aUserSignsUpAndInAtTheOneJar() throws IOException, InterruptedException {
        File output = folder.resolve("output").toFile();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        JAR.toString(),
                        "dev.latchkey.boot.Main",
                        "warmup",
                        "--natives",
                        folder.toString())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output.toPath())).contains("Warmed up.");
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void importedHashesFindWhatTheyNeedOfTheTrimmedLibrary() throws Exception {
        byte[] password = "password".getBytes(StandardCharsets.UTF_8);
        byte[] salt = "sixteen bytes ok".getBytes(StandardCharsets.UTF_8);
        try (URLClassLoader onlyTheJar =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> bcrypt = onlyTheJar.loadClass("org.bouncycastle.crypto.generators.BCrypt");
            Method generate = bcrypt.getMethod("generate", byte[].class, byte[].class, int.class);
            assertThat((byte[]) generate.invoke(null, password, salt, 4)).hasSize(24);

            Class<?> scrypt = onlyTheJar.loadClass("org.bouncycastle.crypto.generators.SCrypt");
            Method derive = scrypt.getMethod(
                    "generate", byte[].class, byte[].class, int.class, int.class, int.class, int.class);
            assertThat((byte[]) derive.invoke(null, password, salt, 16, 1, 1, 32))
                    .hasSize(32);

            Class<?> builder = onlyTheJar.loadClass("org.bouncycastle.crypto.params.Argon2Parameters$Builder");
            Object parameters = builder.getMethod("build")
                    .invoke(builder.getMethod("withSalt", byte[].class)
                            .invoke(builder.getConstructor(int.class).newInstance(2), salt));
            Class<?> argon2 = onlyTheJar.loadClass("org.bouncycastle.crypto.generators.Argon2BytesGenerator");
            Object generator = argon2.getConstructor().newInstance();
            argon2.getMethod("init", parameters.getClass()).invoke(generator, parameters);
            byte[] hash = new byte[32];
            assertThat(argon2.getMethod("generateBytes", byte[].class, byte[].class)
                            .invoke(generator, password, hash))
                    .isEqualTo(32);
        }
    }
}
