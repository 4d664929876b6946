package dev.latchkey.db;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * The SQLite driver's native library. The driver unpacks it from its jar at every start, which is a third of the time a server
 * on SQLite takes to start, unless the property {@code org.sqlite.lib.path} names a folder that holds it.
 */
public final class SqliteLibrary {
    private SqliteLibrary() {}

    /** Unpacks the library of this machine into {@code folder}. */
    public static void unpackInto(Path folder) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream packed = LibraryLoaderUtil.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException("the SQLite driver has no library for this machine at " + resource);
            }
            Files.createDirectories(folder);
            Files.copy(packed, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
