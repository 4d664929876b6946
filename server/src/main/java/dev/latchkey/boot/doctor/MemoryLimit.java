package dev.latchkey.boot.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What Linux lets a process have: the least that its control group, or one that this is in, is limited to. */
final class MemoryLimit {
    private static final String UNIFIED = "";

    private final Path root;

    /** @param root of the file system that has {@code /proc} and {@code /sys} */
    MemoryLimit(Path root) {
        this.root = root;
    }

    /** In bytes; empty where nothing but the machine's memory limits it, or this is not Linux. */
    OptionalLong of(String process) {
        Path groups = root.resolve("proc").resolve(process).resolve("cgroup");
        try (Stream<String> lines = Files.lines(groups)) {
            return lines.flatMapToLong(this::limits).min();
        } catch (IOException notLinux) {
            return OptionalLong.empty();
        }
    }

    /** @param line such as {@code 0::/system.slice/latchkey.service}, or {@code 4:memory:/…} of the older interface */
    private LongStream limits(String line) {
        String[] parts = line.split(":", 3);
        if (parts.length < 3) {
            return LongStream.empty();
        }
        List<String> controllers = Arrays.asList(parts[1].split(","));
        Path all = root.resolve("sys/fs/cgroup");
        if (controllers.equals(List.of(UNIFIED))) {
            return upwards(all, parts[2], "memory.max");
        }
        return controllers.contains("memory")
                ? upwards(all.resolve("memory"), parts[2], "memory.limit_in_bytes")
                : LongStream.empty();
    }

    /** In a container the group may be named as its host sees it: the container's own is then what is mounted. */
    private static LongStream upwards(Path mounted, String group, String file) {
        Path own = mounted.resolve(group.replaceFirst("^/+", "")).normalize();
        return Stream.iterate(own.startsWith(mounted) ? own : mounted, it -> it.startsWith(mounted), Path::getParent)
                .map(folder -> folder.resolve(file))
                .flatMapToLong(MemoryLimit::read);
    }

    private static LongStream read(Path file) {
        try {
            String text = Files.readString(file).strip();
            long bytes = text.equals("max") ? Long.MAX_VALUE : Long.parseLong(text);
            // Without a limit the older interface says a number near the largest.
            return bytes > 1L << 50 ? LongStream.empty() : LongStream.of(bytes);
        } catch (IOException | NumberFormatException none) {
            return LongStream.empty();
        }
    }
}
