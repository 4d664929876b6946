package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.sms.TestGateway;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SmsTestCommandTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    @DisplayName("an operator sends a test message and is told what the gateway said")
    void sends() {
        try (TestGateway gateway = new TestGateway()) {
            String[] arguments = {
                "sms",
                "test",
                "--to",
                "+49 30 123456",
                "--set",
                "sms.gateway.url=" + gateway.url(),
                "--set",
                "sms.from=Acme"
            };
            assertThat(run(arguments)).isEqualTo(ExitCode.OK);
            assertThat(text(out)).startsWith("The gateway took the message to •••• 56.");
            assertThat(gateway.posted())
                    .singleElement()
                    .satisfies(posted -> assertThat(posted.body())
                            .contains("\"to\":\"+4930123456\"", "This is a test of Latchkey."));

            gateway.answers(401);
            assertThat(run(arguments)).isEqualTo(ExitCode.NO);
            assertThat(text(err)).contains("refuses sms.gateway.credential: HTTP 401");
        }
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(run("sms", "test", "--to", "+4930123456")).isEqualTo(ExitCode.NO);
        assertThat(text(err)).contains("No SMS gateway is configured").contains("sms.gateway.url");
        assertThat(run("sms", "test", "--to", "030 123")).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("no number with a country code");
        assertThat(run("sms", "test")).isEqualTo(ExitCode.USAGE);
        assertThat(run("sms", "test", "--to", "+4930123456", "--set", "sms.gateway.url=https://gateway.example.com/"))
                .isEqualTo(ExitCode.CONFIGURATION);
        assertThat(text(err)).contains("sms.from must be set");
    }

    private int run(String... arguments) {
        out.reset();
        err.reset();
        return new CommandRunner(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
