package dev.latchkey.bench;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** How much of the processors others use: a figure is worth what the machine was left to itself. */
final class Machine {
    /** In processors. */
    private static final double QUIET = 0.15;

    private static final int LONGEST_WAIT_SECONDS = 5;
    private static final double TICKS_PER_SECOND = 100;

    private record Sample(long busy, long ours, long nanos) {}

    /** Daemons that we started and that are nobody's children any more. */
    private static final Set<Long> OURS = new HashSet<>();

    private static Sample begin = null;
    private static double worst = 0;

    private Machine() {}

    /** A daemon that was started for a bench: what it and its children use is not others' work. */
    static void belongsToUs(long pid) {
        OURS.add(pid);
    }

    /** Waits for a second in which others do next to nothing, for five at most; then measures until {@link #ends}. */
    static void begins() throws IOException, InterruptedException {
        for (int waited = 0; waited < LONGEST_WAIT_SECONDS; waited++) {
            Sample before = sample();
            Thread.sleep(1000);
            if (foreign(before, sample()) <= QUIET) {
                break;
            }
        }
        begin = sample();
    }

    static void ends() throws IOException {
        worst = Math.max(worst, foreign(begin, sample()));
    }

    /** The most processors that others used during one run. */
    static double worstForeign() {
        return worst;
    }

    private static double foreign(Sample before, Sample after) {
        double ticks = (after.busy() - before.busy()) - (after.ours() - before.ours());
        return Math.max(0, ticks / TICKS_PER_SECOND / ((after.nanos() - before.nanos()) / 1e9));
    }

    private static Sample sample() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).getFirst().split(" +");
        // User, nice, system, and what a hypervisor gave to somebody else.
        long busy = Long.parseLong(fields[1])
                + Long.parseLong(fields[2])
                + Long.parseLong(fields[3])
                + Long.parseLong(fields[8]);
        return new Sample(busy, ours(), System.nanoTime());
    }

    /** The time of this process and of whatever it started. */
    private static long ours() throws IOException {
        Map<Long, Long> parents = new HashMap<>();
        Map<Long, Long> ticks = new HashMap<>();
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    long pid = Long.parseLong(process.getFileName().toString());
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    parents.put(pid, Long.parseLong(fields[1]));
                    ticks.put(pid, Long.parseLong(fields[11]) + Long.parseLong(fields[12])
                            + Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
                } catch (IOException gone) {
                    continue;
                }
            }
        }
        long sum = 0;
        for (Map.Entry<Long, Long> process : ticks.entrySet()) {
            if (descends(process.getKey(), parents)) {
                sum += process.getValue();
            }
        }
        return sum;
    }

    private static boolean descends(long pid, Map<Long, Long> parents) {
        long self = ProcessHandle.current().pid();
        for (Long at = pid; at != null && at > 1; at = parents.get(at)) {
            if (at == self || OURS.contains(at)) {
                return true;
            }
        }
        return false;
    }
}
