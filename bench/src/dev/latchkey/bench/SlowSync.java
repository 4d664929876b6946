package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A library that the server's process loads first and whose fsync and fdatasync wait before they call the real ones. */
final class SlowSync {
    private SlowSync() {}

    /** The environment that puts it in force; empty where there is no compiler for it. */
    static Optional<Map<String, String>> build(Place place, int micros) throws IOException, InterruptedException {
        Path library = place.out().resolve("slow-sync.so");
        try {
            Process compiler = new ProcessBuilder(
                            "cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), place.script("slow-sync.c").toString(),
                            "-ldl")
                    .inheritIO()
                    .start();
            if (compiler.waitFor() != 0) {
                throw new IOException("slow-sync.c does not compile");
            }
        } catch (IOException absent) {
            Report.say("no C compiler: commits cannot be slowed down here (Debian: apt-get install gcc libc6-dev)");
            return Optional.empty();
        }
        return Optional.of(Map.of("LD_PRELOAD", library.toString(), "SLOW_SYNC_MICROS", Integer.toString(micros)));
    }
}
