package dev.latchkey.boot.doctor;

import dev.latchkey.password.PasswordConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** Heap and hashing memory together must fit what the machine or container gives, or the process is killed at its busiest. */
final class Memory implements Check {
    /** What the JVM needs beside its heap. */
    private static final long BESIDE_HEAP = 120L << 20;

    private final List<Path> limits;

    Memory() {
        this(List.of(Path.of("/sys/fs/cgroup/memory.max"), Path.of("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
    }

    /** @param limits files of which the first that can be read holds the container's limit in bytes */
    Memory(List<Path> limits) {
        this.limits = limits;
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Finding> run(Installation installation) {
        PasswordConfig passwords = installation.configuration().passwords();
        long hashing = (long) passwords.hashing().threads() * passwords.argon2().memoryKib() * 1024;
        long heap = Runtime.getRuntime().maxMemory();
        OptionalLong limit = limits.stream().flatMapToLong(Memory::read).findFirst();
        String needs = "At its busiest the server holds " + mib(heap) + " MiB of heap and " + mib(hashing)
                + " MiB for hashing";
        if (limit.isEmpty()) {
            return ok(needs + "; no container limits it.");
        }
        if (heap + hashing + BESIDE_HEAP > limit.getAsLong()) {
            return warn(needs + ", and is killed at " + mib(limit.getAsLong())
                    + " MiB. Raise the container's limit, or lower the heap (LATCHKEY_JAVA_OPTS=-Xmx…), password.hashing-threads"
                    + " or password.argon2-memory-kib.");
        }
        return ok(needs + "; the container may hold " + mib(limit.getAsLong()) + " MiB.");
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

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
