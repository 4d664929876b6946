package dev.latchkey.boot;

import dev.latchkey.core.Version;
import dev.latchkey.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** What the process itself uses, under the names that Prometheus' own client libraries give. Looked up only when asked. */
final class ProcessGauges {
    private static final Path MEMORY = Path.of("/proc/self/statm");
    private static final int PAGE = 4096;

    private ProcessGauges() {}

    static void register(Metrics metrics, Clock clock) {
        double started = clock.millis() / 1000.0;
        metrics.gauge("latchkey_build_info", "1; the label is the version.", "version", Version.current(), () -> 1);
        metrics.gauge("process_start_time_seconds", "When the server started, in seconds since 1970.", () -> started);
        metrics.counter("process_cpu_seconds_total", "Processor time used.", ProcessGauges::cpuSeconds);
        Runtime runtime = Runtime.getRuntime();
        metrics.gauge(
                "jvm_heap_used_bytes",
                "Heap in use, what can be collected included.",
                () -> runtime.totalMemory() - runtime.freeMemory());
        metrics.gauge("jvm_heap_max_bytes", "The most the heap may grow to.", runtime::maxMemory);
        if (Files.isReadable(MEMORY)) {
            metrics.gauge(
                    "process_resident_memory_bytes", "Memory that the process holds.", ProcessGauges::residentBytes);
        }
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                        .info()
                        .totalCpuDuration()
                        .orElse(Duration.ZERO)
                        .toMillis()
                / 1000.0;
    }

    private static double residentBytes() {
        try {
            return (double) Long.parseLong(Files.readString(MEMORY).split(" ", -1)[1]) * PAGE;
        } catch (IOException gone) {
            return Double.NaN;
        }
    }
}
