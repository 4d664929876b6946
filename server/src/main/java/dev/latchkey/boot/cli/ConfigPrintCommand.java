package dev.latchkey.boot.cli;

import dev.latchkey.config.Settings;
import java.io.PrintStream;
import java.util.LinkedHashMap;
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

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    @Option(names = "--json", description = "Print a JSON array of {key, value, source}.")
    private boolean json;

    ConfigPrintCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        List<Settings.Entry<?>> entries = options.load(System.getenv()).all();
        if (json) {
            out.println(JsonMapper.shared()
                    .writeValueAsString(
                            entries.stream().map(ConfigPrintCommand::row).toList()));
        } else {
            entries.forEach(it -> out.println(it.setting().key() + " = " + it.shown() + "   # " + it.source()));
        }
        return ExitCode.OK;
    }

    private static Map<String, String> row(Settings.Entry<?> entry) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put("key", entry.setting().key());
        row.put("value", entry.shown());
        row.put("source", entry.source());
        return row;
    }
}
