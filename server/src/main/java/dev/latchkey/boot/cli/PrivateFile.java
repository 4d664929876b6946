package dev.latchkey.boot.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Makes files that only their owner can read: they hold personal data or hashes. */
final class PrivateFile {
    private PrivateFile() {}

    /**
     * A new file of mode 0600. Never one that is there already: that may be open to others, or be wanted.
     *
     * @throws Refusal when it exists
     */
    static OutputStream create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try {
            return Channels.newOutputStream(Files.newByteChannel(
                    file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly));
        } catch (FileAlreadyExistsException present) {
            throw new Refusal(ExitCode.NO, "The file " + file + " exists already. Remove it or name another.");
        }
    }

    /** The same for text in UTF-8. */
    static Writer write(Path file) throws IOException {
        return new BufferedWriter(new OutputStreamWriter(create(file), StandardCharsets.UTF_8));
    }
}
