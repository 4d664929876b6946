package dev.latchkey.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The migrations this version of Latchkey brings, by number. Read from the folder or jar they came in, because asking Flyway
 * would load it at every start.
 */
final class MigrationFiles {
    private static final String FOLDER = "db/migration";

    private MigrationFiles() {}

    /** File names such as {@code 0001_change.sql}, by version. */
    static SortedMap<Integer, String> all() {
        URL folder = MigrationFiles.class.getClassLoader().getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("This build of Latchkey has no migrations. Build it again.");
        }
        try {
            return folder.getProtocol().equals("file")
                    ? inFolder(Path.of(URI.create(folder.toString())))
                    : inJar(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException("The migrations of this build cannot be read.", failed);
        }
    }

    private static SortedMap<Integer, String> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return byVersion(files.map(file -> file.getFileName().toString()));
        }
    }

    private static SortedMap<Integer, String> inJar(URL folder) throws IOException {
        URLConnection connection = folder.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            throw new IOException("neither a folder nor a jar: " + folder);
        }
        JarFile file = jar.getJarFile();
        return byVersion(Collections.list(file.entries()).stream()
                .map(entry -> entry.getName())
                .filter(name -> name.startsWith(FOLDER + "/"))
                .map(name -> name.substring(FOLDER.length() + 1)));
    }

    private static SortedMap<Integer, String> byVersion(Stream<String> names) {
        SortedMap<Integer, String> files = new TreeMap<>();
        names.filter(name -> name.endsWith(".sql")).forEach(name -> {
            String twin = files.put(version(name), name);
            if (twin != null) {
                throw new IllegalStateException("two migrations have the same number: " + twin + " and " + name);
            }
        });
        return files;
    }

    private static int version(String name) {
        return Integer.parseInt(name.substring(0, name.indexOf('_')));
    }

    static Reader open(String name) {
        InputStream stream = MigrationFiles.class.getClassLoader().getResourceAsStream(FOLDER + "/" + name);
        if (stream == null) {
            throw new IllegalStateException("migration " + name + " has gone from this build");
        }
        return new InputStreamReader(stream, StandardCharsets.UTF_8);
    }
}
