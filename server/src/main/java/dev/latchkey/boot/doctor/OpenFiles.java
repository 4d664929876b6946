package dev.latchkey.boot.doctor;

import dev.latchkey.db.ServerLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every connection is a file: a low limit refuses users long before the machine is busy. */
final class OpenFiles implements Check {
    private static final long LEAST = 4096;
    private static final Pattern LIMIT = Pattern.compile("(?m)^Max open files\\s+(\\d+|unlimited)\\s");

    private final Path processes;

    OpenFiles() {
        this(Path.of("/proc"));
    }

    /** @param processes what Linux tells of processes */
    OpenFiles(Path processes) {
        this.processes = processes;
    }

    @Override
    public String name() {
        return "open files";
    }

    @Override
    public List<Finding> run(Installation installation) {
        Optional<String> server =
                ServerLock.holder(installation.configuration().database().dataDirectory());
        OptionalLong limit = limit(processes.resolve(server.orElse("self")).resolve("limits"));
        String whose = server.isPresent() ? "The server" : "A server started like this";
        if (limit.isEmpty()) {
            return List.of();
        }
        return limit.getAsLong() < LEAST
                ? warn(
                        whose + " may have " + limit.getAsLong()
                                + " open files, and so fewer connections. Raise it to 65536: LimitNOFILE of the systemd unit, or ulimit -n.")
                : ok(whose + " may have " + limit.getAsLong() + " open files.");
    }

    private static OptionalLong limit(Path file) {
        try {
            Matcher found = LIMIT.matcher(Files.readString(file));
            if (!found.find()) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(
                    found.group(1).equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(found.group(1)));
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }
}
