package dev.latchkey.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The migrations this version of Latchkey brings, by number. Read without Flyway, which would be loaded at every start: from the
 * folder they are in, or in a jar from the list that the build put beside them, because finding them among thousands of entries takes
 * longer than everything else that is done about them.
 */
final class MigrationFiles {
    private static final String FOLDER = "db/migration";
    private static final String INDEX = FOLDER + "/index";

    private MigrationFiles() {}

    /** File names such as {@code 0001_change.sql}, by version. */
    static SortedMap<Integer, String> all() {
        return all(MigrationFiles.class.getClassLoader());
    }

    static SortedMap<Integer, String> all(ClassLoader build) {
        URL folder = build.getResource(FOLDER);
        if (folder == null) {
            throw new IllegalStateException("This build of Latchkey has no migrations. Build it again.");
        }
        try {
            return folder.getProtocol().equals("file")
                    ? inFolder(Path.of(URI.create(folder.toString())))
                    : listed(build);
        } catch (IOException failed) {
            throw new UncheckedIOException("The migrations of this build cannot be read. Build it again.", failed);
        }
    }

    private static SortedMap<Integer, String> inFolder(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return byVersion(files.map(file -> file.getFileName().toString()));
        }
    }

    private static SortedMap<Integer, String> listed(ClassLoader build) throws IOException {
        try (InputStream index = build.getResourceAsStream(INDEX)) {
            if (index == null) {
                throw new IllegalStateException("This build of Latchkey does not list its migrations. Build it again.");
            }
            return byVersion(new String(index.readAllBytes(), StandardCharsets.UTF_8).lines());
        }
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
