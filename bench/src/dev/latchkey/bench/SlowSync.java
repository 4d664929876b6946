package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A library that the server's process loads first and whose fsync and fdatasync wait before they call the real ones. */
final class SlowSync {
    private static final String LIBRARY = "slow-sync.so";
    private static final String PRELOAD = "LD_PRELOAD";

    private SlowSync() {}

    /** The environment that puts it in force. */
    static Map<String, String> build(Place place, int micros) throws IOException, InterruptedException, Unavailable {
        Path library = place.out().resolve(LIBRARY);
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
            throw new Unavailable("commits cannot be slowed down without a C compiler (Debian: apt-get install gcc libc6-dev)");
        }
        return Map.of(PRELOAD, library.toString(), "SLOW_SYNC_MICROS", Integer.toString(micros));
    }

    /** A server that did not load it would be measured as it is. */
    static void requireInForce(Running server, Map<String, String> environment) throws IOException {
        if (environment.containsKey(PRELOAD) && !server.maps(LIBRARY)) {
            throw new IOException("the server did not load " + LIBRARY + ": its commits are as fast as ever");
        }
    }
}
