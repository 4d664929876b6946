package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.jose.SignatureAlgorithm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeysImportTest {
    private static final String ENCRYPTED = "/dev/latchkey/jose/ec.enc.pem";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("design 8 an encrypted key is imported; it waits to be published before it signs, and comes once only")
    void encrypted() throws IOException {
        Path key = file("key.pem", resource());
        Path passphrase = file("passphrase", "correct-horse\n");
        assertThat(run("keys", "import", key.toString(), "--passphrase-file", passphrase.toString(), "--json"))
                .as(text(err))
                .isEqualTo(ExitCode.OK);
        assertThat(json().at("/state").asString()).isEqualTo("next");
        assertThat(json().at("/algorithm").asString()).isEqualTo("ES256");
        assertThat(run("keys", "import", key.toString(), "--passphrase-file", passphrase.toString(), "--kid", "again"))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("here already");
        assertThat(run("keys", "import", key.toString(), "--passphrase-file", key.toString()))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("passphrase is wrong");
        assertThat(run("keys", "import", key.toString())).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("--passphrase-file");
        assertThat(run(
                        "keys",
                        "import",
                        pem("PRIVATE KEY", SignatureAlgorithm.ES256.generate().getPrivate())))
                .isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("keys rotate --now");
        assertThat(run("audit", "export")).isEqualTo(ExitCode.OK);
        assertThat(text(out)).contains("key.imported.v1");
    }

    @Test
    @DisplayName("V9.1.3 a public key of a former system is published for its time, and cut off like any other")
    void publishedOnly() throws IOException {
        KeyPair pair = SignatureAlgorithm.RS256.generate();
        String key = pem("PUBLIC KEY", pair.getPublic());
        assertThat(run("keys", "import", key)).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("--publish-for");
        assertThat(run("keys", "import", key, "--publish-for", "soon")).isEqualTo(ExitCode.USAGE);
        assertThat(run("keys", "import", key, "--publish-for", "9999d")).isEqualTo(ExitCode.NO);
        assertThat(run("keys", "import", key, "--publish-for", "30d", "--now")).isEqualTo(ExitCode.USAGE);
        assertThat(run("keys", "import", key, "--publish-for", "30d", "--kid", "two words"))
                .isEqualTo(ExitCode.NO);
        assertThat(run("keys", "import", key, "--publish-for", "30d", "--algorithm", "ES256"))
                .isEqualTo(ExitCode.NO);

        assertThat(run("keys", "import", key, "--publish-for", "30d", "--algorithm", "PS256", "--json"))
                .as(text(err))
                .isEqualTo(ExitCode.OK);
        assertThat(json().at("/use").asString()).isEqualTo("foreign");
        assertThat(json().at("/state").asString()).isEqualTo("retired");
        assertThat(json().at("/verifyUntil").asString()).isNotEmpty();
        String kid = json().at("/kid").asString();

        assertThat(run("keys", "cut-off", "--kid", kid, "--json")).isEqualTo(ExitCode.OK);
        assertThat(json().at("/state").asString()).isEqualTo("revoked");
        assertThat(run("keys", "list", "--json")).isEqualTo(ExitCode.OK);
        assertThat(json().valueStream().map(row -> row.at("/kid").asString())).contains(kid);
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", folder.resolve("data").toString()));
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(all.toArray(String[]::new));
    }

    private String pem(String label, Key key) throws IOException {
        String text = "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder().encodeToString(key.getEncoded()) + "\n-----END " + label + "-----\n";
        return file(label.replace(' ', '-') + ".pem", text).toString();
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String resource() throws IOException {
        try (InputStream in = Objects.requireNonNull(KeysImportTest.class.getResourceAsStream(ENCRYPTED))) {
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(text(out));
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
