package dev.latchkey.boot.cli;

import dev.latchkey.boot.Configuration;
import dev.latchkey.boot.DerivedValues;
import dev.latchkey.config.Settings;
import dev.latchkey.config.SettingsException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;

@Command
final class ConfigPrintCommand implements Callable<Integer> {
    private final PrintStream out;

    private static final String DERIVED = "default, worked out";

    record Row(String key, String value, String source) {}

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print a JSON array of {key, value, source}.")
    private boolean json;

    ConfigPrintCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Settings settings = options.load(System.getenv());
        Map<String, String> derived = derived(settings);
        List<Row> rows = settings.all().stream()
                .map(entry -> row(settings, entry, derived))
                .toList();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(rows));
        } else {
            rows.forEach(row -> out.println(row.key() + " = " + row.value() + "   # " + row.source()));
        }
        return ExitCode.OK;
    }

    private static Row row(Settings settings, Settings.Entry<?> entry, Map<String, String> derived) {
        String key = entry.setting().key();
        String inForce = derived.getOrDefault(key, entry.shown());
        // What an operator wrote is shown as written, unless it only says "work it out".
        boolean workedOut = !inForce.equals(entry.shown()) && (!settings.isSet(entry.setting()) || entry.isDefault());
        return workedOut ? new Row(key, inForce, DERIVED) : new Row(key, entry.shown(), entry.source());
    }

    /** Settings that do not fit together are still shown, as they were given. */
    private static Map<String, String> derived(Settings settings) {
        try {
            return DerivedValues.of(Configuration.from(settings, System.getenv()));
        } catch (SettingsException unfit) {
            return Map.of();
        }
    }
}
