package dev.latchkey.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;

/** Origins as browsers send them: scheme, host and any port that is not the scheme's own (RFC 6454 section 6.2). */
public final class WebOrigin {
    private WebOrigin() {}

    /** Whether a URL is an origin and nothing more, but for a slash. */
    static boolean isBare(String url) {
        Optional<String> origin = of(url);
        String text = url.strip();
        String bare = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return origin.isPresent() && bare.indexOf('/', bare.indexOf("://") + 3) < 0 && bare.indexOf('?') < 0;
    }

    /** The origin of a URL, or empty where it has none. */
    public static Optional<String> of(String url) {
        try {
            URI uri = new URI(url.strip());
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            String host = uri.getHost();
            if (host == null || uri.getUserInfo() != null || !(scheme.equals("http") || scheme.equals("https"))) {
                return Optional.empty();
            }
            int own = scheme.equals("https") ? 443 : 80;
            String port = uri.getPort() < 0 || uri.getPort() == own ? "" : ":" + uri.getPort();
            return Optional.of(scheme + "://" + host.toLowerCase(Locale.ROOT) + port);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
