package dev.latchkey.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same codes as the OATH Toolkit's {@code oathtool}, where that is installed. */
class OathtoolTest {
    /** Any will do, and a failure can be repeated. */
    private static final long SEED_OF_SEEDS = 6238;

    private static final int SEEDS = 12;
    private static final int STEPS = 20;

    @BeforeAll
    static void needsOathtool() {
        boolean installed = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "oathtool"))
                .anyMatch(Files::isExecutable);
        assumeTrue(installed, "oathtool is not installed (Debian: apt-get install oathtool): nothing to compare with");
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("S1-19 codes of random seeds at random times are oathtool's")
    void sameCodes(TotpAlgorithm algorithm) throws Exception {
        Random random = new Random(SEED_OF_SEEDS);
        for (int i = 0; i < SEEDS; i++) {
            byte[] seed = new byte[algorithm.seedBytes()];
            random.nextBytes(seed);
            int digits = i % 2 == 0 ? 6 : 8;
            long start = random.nextLong(20_000_000_000L);
            List<String> expected = oathtool(
                    HexFormat.of().formatHex(seed),
                    "--totp=" + algorithm.name().toLowerCase(Locale.ROOT),
                    "--digits=" + digits,
                    "--now=@" + start,
                    "--window=" + (STEPS - 1));
            TotpGenerator generator = new TotpGenerator(algorithm, seed, digits);
            long first = start / 30;
            assertThat(Stream.iterate(first, step -> step + 1).limit(STEPS).map(generator::code))
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    @DisplayName("S1-19 the Base32 text of a setup is what oathtool reads")
    void sameBase32() throws Exception {
        Random random = new Random(SEED_OF_SEEDS);
        for (TotpAlgorithm algorithm : TotpAlgorithm.values()) {
            byte[] seed = new byte[algorithm.seedBytes()];
            random.nextBytes(seed);
            String name = algorithm.name().toLowerCase(Locale.ROOT);
            List<String> shown = oathtool(Base32.encode(seed), "--base32", "--totp=" + name, "--now=@1234567890");
            assertThat(shown).containsExactly(new TotpGenerator(algorithm, seed, 6).code(1234567890L / 30));
        }
    }

    /** The seed goes by standard input: a command line is for all to see. */
    private static List<String> oathtool(String seed, String... options) throws IOException, InterruptedException {
        String[] command = Stream.concat(Stream.concat(Stream.of("oathtool"), Stream.of(options)), Stream.of("-"))
                .toArray(String[]::new);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((seed + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        String output;
        try (InputStream out = process.getInputStream()) {
            output = new String(out.readAllBytes(), StandardCharsets.US_ASCII);
        }
        assertThat(process.waitFor()).as(output).isZero();
        return output.lines().toList();
    }
}
