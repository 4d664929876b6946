package dev.latchkey.crypto;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** A master key in a file of its own: one line of Base64, readable by its owner only. */
public final class MasterKeyFile {
    /** Its name in the data directory. */
    public static final String NAME = "master.key";

    private static final Set<PosixFilePermission> OWNER_ONLY =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path directory;
    private final Path path;

    public MasterKeyFile(Path dataDirectory) {
        this.directory = dataDirectory;
        this.path = dataDirectory.resolve(NAME);
    }

    public Path path() {
        return path;
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * The key in the file; empty where its content is none.
     *
     * @throws UncheckedIOException when it cannot be read
     */
    public Optional<MasterKey> read() {
        try {
            return MasterKey.parse(Files.readString(path, StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether others than the owner may read it; {@code false} where the file system has no such notion. */
    public boolean isOpenToOthers() {
        try {
            return !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(path));
        } catch (UnsupportedOperationException noPosix) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes a new key and returns once it would survive a power cut. Data sealed under a key that was lost is lost, so the bytes,
     * the name and the directory are all forced to disk first; an existing file is never overwritten.
     *
     * @throws UncheckedIOException when it cannot be written, also because the file exists
     */
    public MasterKey create(Secrets secrets) {
        byte[] secret = secrets.bytes(32);
        String line = Base64.getEncoder().encodeToString(secret) + "\n";
        Path unfinished = path.resolveSibling(NAME + ".new");
        try {
            Files.deleteIfExists(unfinished);
            write(unfinished, line);
            if (exists()) {
                throw new FileAlreadyExistsException(path.toString());
            }
            Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE);
            forceDirectory(directory);
            return MasterKey.of(secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String line) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                : new FileAttribute<?>[0];
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (AccessDeniedException windows) {
            // A directory cannot be opened there, and needs not be: the move is journalled.
            return;
        }
    }
}
