package dev.latchkey.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** One backup, written and read. */
public final class BackupFile {
    static final int FORMAT = 1;

    private static final String DATABASE = "latchkey.db";
    private static final String MANIFEST = "manifest.json";
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final JsonMapper json = new JsonMapper();

    public BackupFile(Path file) {
        this.file = file;
    }

    public Path path() {
        return file;
    }

    /** What {@link #write} found out of the database while it read it. */
    private record Measured(long bytes, String sha256) {}

    /**
     * Writes the backup; returns once it would survive a power cut. To be sure of it, {@link #prove} reads it again.
     *
     * @param facts the manifest, whose length and digest are still empty
     * @param progress told how many bytes of the database are in
     */
    public Manifest write(Path database, Manifest facts, LongConsumer progress) throws IOException {
        Manifest manifest;
        try (FileChannel channel = create(file);
                ZipOutputStream zip =
                        new ZipOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER))) {
            // Most of it is hashes and sealed bytes: more effort would gain little.
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry(DATABASE));
            Measured measured;
            try (InputStream in = Files.newInputStream(database)) {
                measured = transfer(in, zip, progress);
            }
            zip.closeEntry();
            manifest = facts.measured(measured.bytes(), measured.sha256());
            zip.putNextEntry(new ZipEntry(MANIFEST));
            zip.write(json.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
            zip.closeEntry();
            zip.finish();
            zip.flush();
            channel.force(true);
        }
        return manifest;
    }

    /**
     * Reads all of it.
     *
     * @param progress told how many bytes of the database were read
     * @throws BackupException when it does not hold the database that was backed up, byte for byte
     */
    public void prove(LongConsumer progress) throws IOException {
        extract(manifest(), OutputStream.nullOutputStream(), progress);
    }

    /** @throws BackupException when the file is no backup of a format that this version reads */
    public Manifest manifest() throws IOException {
        try (ZipFile zip = open()) {
            Manifest manifest = json.readValue(entry(zip, MANIFEST).readAllBytes(), Manifest.class);
            if (manifest.format() != FORMAT) {
                throw new BackupException(
                        file + " is of format " + manifest.format() + ", and this version reads format " + FORMAT
                                + ". Restore it with the version that took it (" + manifest.version() + ").");
            }
            return manifest;
        } catch (JacksonException | ZipException unreadable) {
            throw new BackupException(file + " is damaged: its manifest cannot be read. Take another backup.");
        }
    }

    /**
     * Writes the database to a new file, readable by its owner only.
     *
     * @throws BackupException when it is not the database that was backed up, byte for byte
     */
    public void extract(Path target, LongConsumer progress) throws IOException {
        Manifest manifest = manifest();
        try (FileChannel channel = create(target);
                OutputStream out = Channels.newOutputStream(channel)) {
            extract(manifest, out, progress);
            channel.force(true);
        }
    }

    private void extract(Manifest manifest, OutputStream out, LongConsumer progress) throws IOException {
        Measured measured;
        try (ZipFile zip = open();
                InputStream in = entry(zip, DATABASE)) {
            measured = transfer(in, out, progress);
        } catch (ZipException broken) {
            throw new BackupException(file + " is damaged: " + broken.getMessage() + ". Take another backup.");
        }
        if (measured.bytes() != manifest.bytes() || !measured.sha256().equals(manifest.sha256())) {
            throw new BackupException(
                    file + " is damaged: the database in it is not the one that was backed up (SHA-256 "
                            + measured.sha256() + " instead of " + manifest.sha256() + "). Take another backup.");
        }
    }

    private ZipFile open() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException("There is no backup " + file.toAbsolutePath() + ".");
        }
        try {
            return new ZipFile(file.toFile());
        } catch (ZipException broken) {
            throw new BackupException(file + " is no backup, or only the first part of one: " + broken.getMessage()
                    + ". Give a file that \"latchkey backup\" wrote.");
        }
    }

    private InputStream entry(ZipFile zip, String name) throws IOException {
        ZipEntry entry = Optional.ofNullable(zip.getEntry(name))
                .orElseThrow(() -> new BackupException(
                        file + " is no backup: it holds no " + name + ". Give a file that \"latchkey backup\" wrote."));
        return zip.getInputStream(entry);
    }

    private static Measured transfer(InputStream from, OutputStream to, LongConsumer progress) throws IOException {
        MessageDigest digest = sha256();
        DigestInputStream in = new DigestInputStream(from, digest);
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            to.write(buffer, 0, read);
            bytes += read;
            progress.accept(bytes);
        }
        return new Measured(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static FileChannel create(Path target) throws IOException {
        boolean posix = target.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        Set<OpenOption> anew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return FileChannel.open(target, anew, ownerOnly);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
