package dev.latchkey.db;

import dev.latchkey.config.SettingsException;
import dev.latchkey.core.FileFailure;
import dev.latchkey.core.OperationalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second server off a data folder. The server takes it; commands do not, so they may open the same database beside a
 * running server. The operating system drops it with the process, also after a crash.
 */
public final class ServerLock implements AutoCloseable {
    private final FileChannel channel;

    private ServerLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws OperationalException when another server holds it, saying which and what to do
     * @throws SettingsException when this user cannot use the folder
     */
    public static ServerLock take(Path dataDirectory) {
        try {
            SqliteFiles.createFolder(dataDirectory);
            Path file = dataDirectory.resolve(".lock");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            @Nullable FileLock lock = tryLock(channel);
            if (lock == null) {
                String holder = Files.readString(file).strip();
                channel.close();
                throw new OperationalException(
                        "Another Latchkey server" + (holder.isEmpty() ? "" : " (process " + holder + ")")
                                + " uses the data folder " + dataDirectory.toAbsolutePath()
                                + ". Stop it, or start this one with another folder (--data DIR).");
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new ServerLock(channel);
        } catch (IOException failed) {
            throw unusable(dataDirectory, failed);
        }
    }

    /** What another try would not cure counts as configuration, so that whoever restarts servers can let it be. */
    private static RuntimeException unusable(Path folder, IOException failed) {
        String problem = "The data folder " + folder.toAbsolutePath() + " cannot be used: "
                + FileFailure.of(failed).reason()
                + ". Check that this user may write to it and that the disk has room, or name another folder"
                + " (data.directory, --data DIR).";
        boolean lasting =
                failed instanceof AccessDeniedException || !Files.isDirectory(folder) || !Files.isWritable(folder);
        return lasting ? new SettingsException(List.of(problem)) : new OperationalException(problem, failed);
    }

    /** Whether a server of another process holds the folder at this moment; {@code false} where there is no such folder. */
    public static boolean isTaken(Path dataDirectory) {
        Path file = dataDirectory.resolve(".lock");
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** The process id of the server that holds the folder. */
    public static Optional<String> holder(Path dataDirectory) {
        try {
            return isTaken(dataDirectory)
                    ? Optional.of(
                            Files.readString(dataDirectory.resolve(".lock")).strip())
                    : Optional.empty();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
