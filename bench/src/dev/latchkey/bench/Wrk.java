package dev.latchkey.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One run of wrk: one thread, a script that shapes the requests and prints the result. */
final class Wrk {
    static final int CONNECTIONS = 64;

    /** @param bad answers that were not 2xx, and errors of the connection */
    record Result(double perSecond, double p50Millis, double p99Millis, long bad) {}

    private final Path script;
    private final String url;
    private final Map<String, String> environment = new HashMap<>();
    private int connections = CONNECTIONS;

    Wrk(Path script, String url) {
        this.script = script;
        this.url = url;
    }

    Wrk with(String name, Object value) {
        environment.put(name, value.toString());
        return this;
    }

    Wrk connections(int count) {
        connections = count;
        return this;
    }

    Process begin(int seconds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--timeout", "30s", "-s", script.toString(), url));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Once the machine is quiet. */
    Result run(int seconds) throws IOException, InterruptedException {
        Machine.begins();
        Result result = result(begin(seconds));
        Machine.ends();
        return result;
    }

    /** @throws IOException where an answer was not what it should be: such a run measures nothing */
    Result result(Process process) throws IOException, InterruptedException {
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String line = text.lines().filter(it -> it.startsWith("@ ")).findFirst().orElse("");
        if (line.isEmpty()) {
            throw new IOException("wrk on " + url + " failed:\n" + text);
        }
        String[] fields = line.split(" ");
        Result result = new Result(
                Double.parseDouble(fields[1]),
                Double.parseDouble(fields[2]),
                Double.parseDouble(fields[3]),
                Long.parseLong(fields[4]));
        if (result.bad() > 0) {
            throw new IOException(result.bad() + " bad answers from " + url + ":\n" + text);
        }
        return result;
    }
}
