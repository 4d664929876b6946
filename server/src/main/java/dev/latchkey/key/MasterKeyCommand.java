package dev.latchkey.key;

import dev.latchkey.config.SettingsException;
import dev.latchkey.crypto.MasterKey;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** Runs the command that prints the master key. What it prints is never logged nor quoted. */
final class MasterKeyCommand {
    private static final int MOST_OUTPUT = 64 * 1024;
    private static final int MOST_QUOTED = 300;
    /** What a key looks like, should the command complain about one. */
    private static final Pattern KEY_LIKE = Pattern.compile("[A-Za-z0-9+/_-]{40,}={0,2}");

    private final String command;
    private final Duration timeout;

    MasterKeyCommand(String command, Duration timeout) {
        this.command = command;
        this.timeout = timeout;
    }

    /**
     * The keys, the one to seal with first.
     *
     * @throws SettingsException when the command fails, takes too long or prints something else, saying what to do
     */
    List<MasterKey> run() {
        Process process = start();
        CompletableFuture<String> output = read(process.getInputStream());
        CompletableFuture<String> complaint = read(process.getErrorStream());
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            // Also for the streams: a child the command left behind may hold them open.
            if (!process.waitFor(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw tooSlow();
            }
            String said = output.get(left(deadline), TimeUnit.NANOSECONDS);
            String complained = complaint.get(left(deadline), TimeUnit.NANOSECONDS);
            if (process.exitValue() != 0) {
                throw refusal("ended with exit code " + process.exitValue() + quoted(complained));
            }
            return keys(said);
        } catch (TimeoutException late) {
            throw tooSlow();
        } catch (ExecutionException unreadable) {
            throw refusal("could not be read: " + unreadable.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refusal("was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start() {
        boolean windows = File.separatorChar == '\\';
        List<String> shell = windows ? List.of("cmd.exe", "/c", command) : List.of("/bin/sh", "-c", command);
        try {
            Process process = new ProcessBuilder(shell).start();
            // It must not wait for input that nobody gives.
            process.getOutputStream().close();
            return process;
        } catch (IOException failed) {
            throw refusal("could not be started: " + failed.getMessage());
        }
    }

    private List<MasterKey> keys(String said) {
        List<MasterKey> keys = said.lines()
                .filter(line -> !line.isBlank())
                .map(line -> MasterKey.parse(line).orElseThrow(this::noKey))
                .toList();
        if (keys.isEmpty()) {
            throw noKey();
        }
        return keys;
    }

    private SettingsException noKey() {
        return refusal("did not print a master key: its output must be Base64 of 32 bytes (openssl rand -base64 32),"
                + " former keys on further lines");
    }

    private SettingsException tooSlow() {
        return refusal("took longer than " + timeout.toSeconds() + " s and was stopped");
    }

    private static SettingsException refusal(String what) {
        return new SettingsException(List.of("master-key-command " + what
                + ". Run it by hand as the server's user to see what it does; master-key-command-timeout says how long"
                + " it may take."));
    }

    private static long left(long deadline) {
        return Math.max(1, deadline - System.nanoTime());
    }

    private static CompletableFuture<String> read(InputStream stream) {
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.ofVirtual().name("master-key-command").start(() -> {
            try (stream) {
                text.complete(new String(stream.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8));
            } catch (IOException failed) {
                text.completeExceptionally(failed);
            }
        });
        return text;
    }

    private static String quoted(String complaint) {
        String line = KEY_LIKE.matcher(complaint.strip()).replaceAll("…").replaceAll("\\s+", " ");
        if (line.isEmpty()) {
            return "";
        }
        return " and said \"" + (line.length() <= MOST_QUOTED ? line : line.substring(0, MOST_QUOTED) + "…") + "\"";
    }
}
