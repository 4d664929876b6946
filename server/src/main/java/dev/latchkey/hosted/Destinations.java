package dev.latchkey.hosted;

import dev.latchkey.http.WebOrigin;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Where a login may lead to: a path on this server, or a page of a front end that the operator lists. Nothing else. */
public final class Destinations {
    private static final int MAX_LENGTH = 2000;

    private final Set<String> origins;

    /** @param origins of the front ends, as browsers send them */
    public Destinations(Iterable<String> origins) {
        Set<String> listed = new HashSet<>();
        origins.forEach(listed::add);
        this.origins = Set.copyOf(listed);
    }

    /** The destination as it may be used, or empty where it is none. */
    public Optional<String> allowed(String wanted) {
        if (wanted.isEmpty() || wanted.length() > MAX_LENGTH || !isPlain(wanted)) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(wanted);
            boolean own = uri.getScheme() == null && uri.getRawAuthority() == null;
            return own ? ownPath(wanted, uri) : listed(uri);
        } catch (URISyntaxException notAnAddress) {
            return Optional.empty();
        }
    }

    private static Optional<String> ownPath(String wanted, URI uri) {
        // "//host" is an address of another server to a browser, and so is what becomes one once dots are resolved.
        // The text itself is looked at: a URI forgets slashes before its path.
        int end = (int) wanted.chars().takeWhile(c -> c != '?' && c != '#').count();
        String path = wanted.substring(0, end);
        boolean plain = path.startsWith("/")
                && !path.contains("//")
                && !uri.normalize().getRawPath().startsWith("//");
        return plain ? Optional.of(wanted) : Optional.empty();
    }

    private Optional<String> listed(URI uri) {
        if (uri.isOpaque() || uri.getRawUserInfo() != null) {
            return Optional.empty();
        }
        return WebOrigin.of(uri.toString())
                .filter(origins::contains)
                .map(origin -> origin
                        + (uri.getRawPath() == null ? "" : uri.getRawPath())
                        + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())
                        + (uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment()));
    }

    /** Visible ASCII without a backslash, which browsers read as a slash. */
    private static boolean isPlain(String text) {
        return text.chars().allMatch(c -> c > ' ' && c < 0x7F && c != '\\');
    }
}
