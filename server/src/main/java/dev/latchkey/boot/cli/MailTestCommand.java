package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.logging.Logging;
import dev.latchkey.boot.logging.LoggingConfig;
import dev.latchkey.config.Settings;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.mail.MailCheck;
import dev.latchkey.mail.MailRenderer;
import dev.latchkey.mail.MailStep;
import dev.latchkey.mail.SmtpConfig;
import dev.latchkey.mail.SmtpTransport;
import java.io.PrintStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

@Command
final class MailTestCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Parameters(paramLabel = "ADDRESS", description = "Where the mail goes.")
    private String address = "";

    @Option(names = "--json", description = "Print a JSON array of {result, what, says}.")
    private boolean json;

    MailTestCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        EmailAddress to = EmailAddress.parse(address)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, address + " is no e-mail address. Give one such as name@example.com."));
        Settings settings = options.load(System.getenv());
        Configuration configuration = Configuration.from(settings, System.getenv());
        Logging.install(LoggingConfig.from(settings), configuration.profile());
        SmtpConfig server = configuration
                .mail()
                .smtp()
                .orElseThrow(() -> new Refusal(
                        ExitCode.NO,
                        "No mail server is configured: set mail.smtp.host and mail.from. Until then mails wait in the outbox"
                                + " for seven days."));
        List<MailStep> steps = new ArrayList<>();
        boolean accepted = check(configuration, server).run(id(), to, step -> {
            steps.add(step);
            if (!json) {
                out.printf(Locale.ROOT, "%-7s  %-10s  %s%n", label(step.result()), step.what(), step.says());
                out.flush();
            }
        });
        if (json) {
            out.println(JsonMapper.shared()
                    .writeValueAsString(steps.stream().map(MailTestCommand::row).toList()));
        }
        return accepted ? ExitCode.OK : ExitCode.NO;
    }

    private static MailCheck check(Configuration configuration, SmtpConfig server) {
        Clock clock = Clock.systemUTC();
        EmailAddress from = configuration.mail().from().orElseThrow();
        String application = configuration.pages().applicationName();
        return new MailCheck(
                server,
                from,
                new SmtpTransport(server, from, application, clock),
                new MailRenderer(
                        configuration.pages(),
                        configuration.mail(),
                        configuration.http().effectivePublicUrl()),
                clock);
    }

    private static String id() {
        return new Secrets(Clock.systemUTC()).uuid();
    }

    private static String label(MailStep.Result result) {
        return switch (result) {
            case OK -> "ok";
            case WARNING -> "warning";
            case FAILED -> "FAILED";
        };
    }

    private static Map<String, String> row(MailStep step) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("result", step.result().name().toLowerCase(Locale.ROOT));
        row.put("what", step.what());
        row.put("says", step.says());
        return row;
    }
}
