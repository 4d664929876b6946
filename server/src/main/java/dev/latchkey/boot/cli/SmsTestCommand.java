package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.outbox.Outcome;
import dev.latchkey.sms.GatewayConfig;
import dev.latchkey.sms.GatewayTransport;
import dev.latchkey.sms.SmsDelivery;
import dev.latchkey.sms.SmsMessage;
import dev.latchkey.sms.SmsRenderer;
import dev.latchkey.sms.SmsTemplate;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command
final class SmsTestCommand implements Callable<Integer> {
    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--to",
            required = true,
            paramLabel = "NUMBER",
            description = "The number that gets the test message, such as +4930123456.")
    private String to = "";

    SmsTestCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        PhoneNumber number = PhoneNumber.parse(to)
                .orElseThrow(() -> new Refusal(
                        ExitCode.USAGE, to + " is no number with a country code. Give one such as +4930123456."));
        Configuration configuration = Configuration.from(options.load(System.getenv()), System.getenv());
        GatewayConfig gateway = configuration
                .sms()
                .gateway()
                .orElseThrow(() -> new Refusal(
                        ExitCode.NO,
                        "No SMS gateway is configured, so nothing was sent. Set sms.gateway.url; docs/config.md lists"
                                + " what belongs to it."));
        try (GatewayTransport transport = new GatewayTransport(gateway)) {
            report(number, send(configuration, transport, number));
        }
        return ExitCode.OK;
    }

    private static Outcome send(Configuration configuration, GatewayTransport transport, PhoneNumber number) {
        SmsRenderer renderer =
                new SmsRenderer(configuration.pages(), configuration.http().effectivePublicUrl());
        SmsMessage message = new SmsMessage(TenantId.MAIN, number, SmsTemplate.TEST, Map.of(), Locale.ENGLISH);
        String id = new Secrets(Clock.systemUTC()).uuid();
        return new SmsDelivery(configuration.sms(), renderer, List.of(transport)).send(id, message);
    }

    private void report(PhoneNumber number, Outcome outcome) {
        switch (outcome) {
            case Outcome.Delivered taken ->
                out.println("The gateway took the message to " + number.masked()
                        + ". If it does not arrive within a minute, look at the gateway's own log.");
            case Outcome.Failed failed -> throw refusal(failed.reason());
            case Outcome.Refused refused -> throw refusal(refused.reason());
        }
    }

    private static Refusal refusal(String reason) {
        return new Refusal(
                ExitCode.NO, "The message was not sent: " + reason + ". Check the sms settings, and try again.");
    }
}
