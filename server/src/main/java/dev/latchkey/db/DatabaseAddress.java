package dev.latchkey.db;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the database is. Accepts {@code postgres://}, {@code postgresql://}, {@code jdbc:postgresql://} and {@code jdbc:sqlite:}. */
public sealed interface DatabaseAddress {
    String COMPLAINT =
            "is not an address Latchkey can use. It runs on SQLite (leave the address out: the file is made in the data"
                    + " folder) or on PostgreSQL: postgres://user:password@host:5432/name or jdbc:postgresql://host:5432/name."
                    + " MySQL and others are not supported: make a PostgreSQL database and give its address here.";

    Engine engine();

    /** A file of this machine. */
    record SqliteFile(Path file) implements DatabaseAddress {
        @Override
        public Engine engine() {
            return Engine.SQLITE;
        }
    }

    /** A PostgreSQL server; {@code jdbcUrl} holds neither user nor password, which may both be empty. */
    record PostgresServer(String jdbcUrl, String user, String password) implements DatabaseAddress {
        @Override
        public Engine engine() {
            return Engine.POSTGRESQL;
        }

        @Override
        public String toString() {
            return jdbcUrl;
        }
    }

    /**
     * Reads an address; an empty one means the file {@code latchkey.db} in {@code dataDirectory}.
     *
     * @throws IllegalArgumentException saying what to do, and never repeating the address, which may hold a password
     */
    static DatabaseAddress of(String address, Path dataDirectory) {
        if (address.isEmpty()) {
            return new SqliteFile(dataDirectory.resolve("latchkey.db"));
        }
        if (address.startsWith("jdbc:sqlite:")) {
            return new SqliteFile(Path.of(address.substring("jdbc:sqlite:".length())));
        }
        if (address.startsWith("jdbc:postgresql:")) {
            return new PostgresServer(address, "", "");
        }
        if (address.startsWith("postgres://") || address.startsWith("postgresql://")) {
            return postgres(address);
        }
        throw new IllegalArgumentException("The database address " + COMPLAINT);
    }

    private static PostgresServer postgres(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "The database address is not a URL. Percent-encode special characters of the user"
                            + " and password (@ is %40, / is %2F), as in postgres://user:p%40ss@host:5432/name.");
        }
        String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
        int at = authority.lastIndexOf('@');
        String hosts = authority.substring(at + 1);
        String credentials = at < 0 ? "" : authority.substring(0, at);
        int colon = credentials.indexOf(':');
        String user = colon < 0 ? credentials : credentials.substring(0, colon);
        String password = colon < 0 ? "" : credentials.substring(colon + 1);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new PostgresServer("jdbc:postgresql://" + hosts + path + query, decoded(user), decoded(password));
    }

    private static String decoded(String text) {
        // URLDecoder reads + as a space, which is right for forms and wrong here.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    /** Whether {@link #of} accepts it. */
    static boolean accepts(String address) {
        try {
            of(address, Path.of("."));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
