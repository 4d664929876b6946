package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The address of a PostgreSQL database as somebody typed it, and the password that belongs to it. */
record PostgresTarget(String address) {
    private static final String JDBC = "jdbc:postgresql:";
    private static final Pattern URL = Pattern.compile("(postgres(?:ql)?://)([^/@:]+)(:[^/@]*)?@(.*)");
    private static final Pattern PASSWORD = Pattern.compile("([?&])password=[^&]*");

    /** @throws Refusal when it is no such address */
    static PostgresTarget of(String typed) {
        if (!typed.startsWith(JDBC) && !typed.startsWith("postgres://") && !typed.startsWith("postgresql://")) {
            throw new Refusal(
                    ExitCode.USAGE,
                    "Give the address of a PostgreSQL database, such as postgres://latchkey@db.example.com:5432/latchkey.");
        }
        return new PostgresTarget(typed);
    }

    boolean holdsPassword() {
        Matcher url = URL.matcher(address);
        return PASSWORD.matcher(address).find() || (url.matches() && url.group(3) != null);
    }

    /** The address with this password, where it holds none. */
    String with(Optional<String> password) {
        if (password.isEmpty() || holdsPassword()) {
            return address;
        }
        String encoded = URLEncoder.encode(password.get(), UTF_8).replace("+", "%20");
        Matcher url = URL.matcher(address);
        if (url.matches()) {
            return url.group(1) + url.group(2) + ":" + encoded + "@" + url.group(4);
        }
        return address + (address.indexOf('?') < 0 ? "?" : "&") + "password=" + encoded;
    }

    /** Without any password. */
    String shown() {
        Matcher url = URL.matcher(address);
        String open = url.matches() ? url.group(1) + url.group(2) + "@" + url.group(4) : address;
        return PASSWORD.matcher(open).replaceAll("$1password=…");
    }

    @Override
    public String toString() {
        return shown();
    }
}
