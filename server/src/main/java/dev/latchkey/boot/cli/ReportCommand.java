package dev.latchkey.boot.cli;

import dev.latchkey.audit.EventType;
import dev.latchkey.boot.Operations;
import dev.latchkey.boot.UsageReport;
import dev.latchkey.user.UserCounts;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class ReportCommand implements Callable<Integer> {
    private static final int NUMBER_WIDTH = 12;

    private final PrintStream out;

    @Mixin
    private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--days",
            description = "Count the events of so many days. The trail goes back as far as audit.retention. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int days = 30;

    @Option(names = "--json", description = "Print the report as JSON.")
    private boolean json;

    ReportCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        if (days < 1) {
            throw new Refusal(ExitCode.USAGE, "--days takes a whole number from 1 on.");
        }
        UsageReport report;
        try (Operations operations = database.openForReading()) {
            report = operations.report(Duration.ofDays(days));
        }
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(document(report)));
        } else {
            print(report);
        }
        return ExitCode.OK;
    }

    private void print(UsageReport report) {
        UserCounts accounts = report.accounts();
        out.println("Accounts at " + report.at());
        line(accounts.all(), "in all");
        line(accounts.disabled(), "disabled");
        line(accounts.unverified(), "with an address that was not verified");
        accounts.withRole().forEach((role, count) -> line(count, "with role " + role));
        out.println();
        UsageReport.SecondFactors factors = report.secondFactors();
        out.println("Second factors");
        line(
                accounts.askedForSecondFactor(),
                "asked for one when they sign in, " + share(accounts) + " of all accounts");
        line(factors.totp(), "with an authenticator app");
        line(factors.passkey(), "with a passkey");
        line(factors.phone(), "with a number for text messages");
        line(factors.administratorsWithout(), "administrators without any");
        out.println();
        out.println("Events since " + report.since());
        report.events().forEach((event, count) -> line(count, event.eventName()));
        if (report.events().isEmpty()) {
            out.println("  none");
        }
    }

    private void line(long count, String what) {
        out.printf(Locale.ROOT, "%" + NUMBER_WIDTH + "d  %s%n", count, what);
    }

    private static String share(UserCounts accounts) {
        double share = accounts.all() == 0 ? 0 : 100.0 * accounts.askedForSecondFactor() / accounts.all();
        return String.format(Locale.ROOT, "%.1f %%", share);
    }

    private static Map<String, Object> document(UsageReport report) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("at", report.at().toString());
        document.put("accounts", accounts(report.accounts()));
        document.put("secondFactors", secondFactors(report));
        document.put("since", report.since().toString());
        document.put("events", events(report));
        return document;
    }

    private static Map<String, Object> accounts(UserCounts counts) {
        Map<String, Object> accounts = new LinkedHashMap<>();
        accounts.put("all", counts.all());
        accounts.put("disabled", counts.disabled());
        accounts.put("unverified", counts.unverified());
        accounts.put("roles", counts.withRole());
        return accounts;
    }

    private static Map<String, Object> secondFactors(UsageReport report) {
        UsageReport.SecondFactors counts = report.secondFactors();
        Map<String, Object> factors = new LinkedHashMap<>();
        factors.put("asked", report.accounts().askedForSecondFactor());
        factors.put("authenticatorApp", counts.totp());
        factors.put("passkey", counts.passkey());
        factors.put("textMessage", counts.phone());
        factors.put("administratorsWithout", counts.administratorsWithout());
        return factors;
    }

    private static Map<String, Object> events(UsageReport report) {
        Map<String, Object> events = new LinkedHashMap<>();
        for (Map.Entry<EventType, Long> each : report.events().entrySet()) {
            events.put(each.getKey().eventName(), each.getValue());
        }
        return events;
    }
}
