package dev.latchkey.boot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.latchkey.mail.FakeDns;
import java.io.IOException;
import javax.naming.Context;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MailTestCommandTest {
    private final GreenMail server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    private FakeDns dns;

    @BeforeEach
    void start() throws IOException {
        server.start();
        dns = new FakeDns();
        // What the JDK asks where nobody names a resolver.
        System.setProperty(Context.PROVIDER_URL, dns.url());
    }

    @AfterEach
    void stop() {
        System.clearProperty(Context.PROVIDER_URL);
        dns.close();
        server.stop();
    }

    @Test
    @DisplayName("a mail goes through the configured server, and each step is a line")
    void sends() throws Exception {
        Shell shell = shell(server.getSmtp().getPort());
        assertThat(shell.run("mail", "test", "ada@example.com")).as(shell.out()).isEqualTo(ExitCode.OK);
        assertThat(shell.out())
                .containsPattern("(?m)^ok +Connection +")
                .containsPattern("(?m)^warning +TLS +")
                .containsPattern("(?m)^ok +Delivery +The server took the mail to ada@example.com")
                .containsPattern("(?m)^warning +SPF +");
        assertThat(server.getReceivedMessages()).hasSize(1);
        assertThat(server.getReceivedMessages()[0].getFrom()[0].toString()).contains("auth@acme.example");
    }

    @Test
    void stepsAsJson() {
        Shell shell = shell(server.getSmtp().getPort());
        assertThat(shell.run("mail", "test", "ada@example.com", "--json")).isEqualTo(ExitCode.OK);
        assertThat(shell.json()).anySatisfy(step -> {
            assertThat(step.at("/what").asString()).isEqualTo("Delivery");
            assertThat(step.at("/result").asString()).isEqualTo("ok");
        });
    }

    @Test
    void refusals() {
        int port = server.getSmtp().getPort();
        server.stop();
        Shell away = shell(port);
        assertThat(away.run("mail", "test", "ada@example.com")).isEqualTo(ExitCode.NO);
        assertThat(away.out()).containsPattern("(?m)^FAILED +Connection +").contains("mail.smtp.port");
        assertThat(away.run("mail", "test", "nobody")).isEqualTo(ExitCode.USAGE);
        assertThat(away.err()).contains("nobody is no e-mail address");
        Shell unset = new Shell();
        assertThat(unset.run("mail", "test", "ada@example.com")).isEqualTo(ExitCode.NO);
        assertThat(unset.err()).contains("No mail server is configured", "mail.smtp.host");
    }

    private static Shell shell(int port) {
        return new Shell(
                "--set",
                "mail.from=auth@acme.example",
                "--set",
                "mail.smtp.host=127.0.0.1",
                "--set",
                "mail.smtp.port=" + port,
                "--set",
                "mail.smtp.tls=none");
    }
}
