package dev.latchkey.boot.doctor;

import dev.latchkey.db.ServerLock;
import dev.latchkey.password.PasswordConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/** Heap and hashing memory together must fit what the server may have, or it is killed at its busiest. */
final class Memory implements Check {
    /** What the JVM needs beside its heap. */
    private static final long BESIDE_HEAP = 120L << 20;

    private final MemoryLimit limits;

    Memory() {
        this(Path.of("/"));
    }

    /** @param root of the file system that tells what processes may have */
    Memory(Path root) {
        this.limits = new MemoryLimit(root);
    }

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Finding> run(Installation installation) {
        PasswordConfig passwords = installation.configuration().passwords();
        long hashing = (long) passwords.hashing().threads() * passwords.argon2().memoryKib() * 1024;
        Optional<String> server =
                ServerLock.holder(installation.configuration().database().dataDirectory());
        long heap = server.isPresent() ? serversHeap(installation) : ownHeap();
        OptionalLong limit = limits.of(server.orElse("self"));
        String needs = "At its busiest " + (server.isPresent() ? "the server" : "a server started like this")
                + " holds " + mib(heap) + " MiB of heap and " + mib(hashing) + " MiB for hashing";
        if (limit.isEmpty()) {
            return ok(needs + "; no container or service limits it to less than the machine has.");
        }
        if (heap + hashing + BESIDE_HEAP > limit.getAsLong()) {
            return warn(needs + ", and is killed at " + mib(limit.getAsLong())
                    + " MiB. Raise the limit (the container's, or MemoryMax of the systemd unit), or lower the heap"
                    + " (LATCHKEY_JAVA_OPTS=-Xmx…), password.hashing-threads or password.argon2-memory-kib.");
        }
        return ok(needs + "; it may have " + mib(limit.getAsLong()) + " MiB.");
    }

    /** The JVM makes its heap by the limit it is under, and this one may be under another. */
    private static long serversHeap(Installation installation) {
        try {
            String info = installation.listener().get("/info").body();
            return JsonMapper.shared().readTree(info).at("/heapMaxBytes").asLong(ownHeap());
        } catch (IOException away) {
            return ownHeap();
        }
    }

    private static long ownHeap() {
        return Runtime.getRuntime().maxMemory();
    }

    private static long mib(long bytes) {
        return bytes >> 20;
    }
}
