package dev.latchkey.db;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

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

        /** Whether it names several servers and not which of them is meant: then the one that writes. */
        boolean needsPrimary() {
            String hosts = jdbcUrl.split("[?]", 2)[0];
            return hosts.contains(",") && !jdbcUrl.contains("targetServerType=");
        }

        // Among the parameters may be the password of a client's key.
        @Override
        public String toString() {
            return jdbcUrl.split("\\?", 2)[0];
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
            return server(address, "", "");
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
        return server("jdbc:postgresql://" + hosts + path + query, decoded(user), decoded(password));
    }

    /** Takes the credentials out of the parameters, which are shown to people. */
    private static PostgresServer server(String jdbcUrl, String user, String password) {
        int question = jdbcUrl.indexOf('?');
        if (question < 0) {
            return new PostgresServer(jdbcUrl, user, password);
        }
        String userFound = user;
        String passwordFound = password;
        List<String> others = new ArrayList<>();
        for (String parameter : jdbcUrl.substring(question + 1).split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = URLDecoder.decode(parameter.substring(equals + 1), StandardCharsets.UTF_8);
            switch (name) {
                case "user" -> userFound = value;
                case "password" -> passwordFound = value;
                default -> others.add(parameter);
            }
        }
        String query = others.isEmpty() ? "" : "?" + String.join("&", others);
        return new PostgresServer(jdbcUrl.substring(0, question) + query, userFound, passwordFound);
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
