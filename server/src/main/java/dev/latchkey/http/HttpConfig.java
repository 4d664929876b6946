package dev.latchkey.http;

import dev.latchkey.config.DataSize;
import dev.latchkey.config.Profile;
import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How the server is reached.
 *
 * @param port 0 takes any free one
 * @param publicUrl scheme, host and port that browsers see; empty means http://localhost and the port
 * @param corsOrigins exact origins of other sites that may call with credentials, and may write with cookies
 * @param maxBody bytes of a request body
 * @param operationsPort of metrics and health detail; 0 takes any free one
 * @param stepUp how long after proving a credential a user counts as recent
 * @param adminAddresses empty lets administrators in from anywhere
 * @param docs empty means: in development only
 * @param https empty where plain HTTP is spoken
 * @param h2c whether HTTP/2 is also spoken without TLS, to clients that begin with it
 */
public record HttpConfig(
        String host,
        int port,
        Optional<URI> publicUrl,
        List<AddressRange> trustedProxies,
        ForwardedHeader forwardedHeader,
        List<String> corsOrigins,
        long maxBody,
        int maxConcurrentRequests,
        Duration drain,
        boolean accessLog,
        String operationsHost,
        int operationsPort,
        Duration stepUp,
        List<AddressRange> adminAddresses,
        Optional<Boolean> docs,
        boolean limits,
        Optional<HttpsConfig> https,
        boolean h2c) {
    public static final Setting<String> HOST = Setting.text(
            "server.host", "127.0.0.1", "The address to listen on. 0.0.0.0 or :: listens on every network.");
    public static final Setting<Integer> PORT = Setting.integer(
                    "server.port", 3001, 0, 65_535, "The port to listen on; 0 takes any free one.")
            .alias("PORT");
    public static final Setting<String> PUBLIC_URL = Setting.text(
                    "server.public-url",
                    "",
                    "Scheme, host and port at which browsers reach the server, such as https://login.example.com. Links in"
                            + " mails, cookies and origins follow it. Unset: localhost and the port.")
            .alias("LATCHKEY_PUBLIC_URL")
            .check(
                    text -> text.isEmpty() || WebOrigin.isBare(text),
                    "must be an http or https URL of scheme, host and port, without a path");
    public static final Setting<List<String>> TRUSTED_PROXIES = ranges(
            "server.trusted-proxies",
            "Addresses or CIDR ranges of your own proxies. Only they are believed when they name a client's address.");
    public static final Setting<ForwardedHeader> FORWARDED_HEADER = Setting.choice(
            "server.forwarded-header",
            ForwardedHeader.X_FORWARDED_FOR,
            "The header in which your trusted proxies name their clients. Any other one is ignored.");
    public static final Setting<List<String>> CORS_ORIGINS = origins(Setting.list(
            "server.cors-origins",
            List.of(),
            "Exact origins of browser applications that may call the API with credentials, such as"
                    + " https://app.example.com."));
    public static final Setting<List<String>> FRONTEND_URL = origins(Setting.list(
                    "server.frontend-url",
                    List.of(),
                    "Where your own application runs. Its origin may call the API with credentials.")
            .alias("FRONTEND_URL"));
    public static final Setting<DataSize> MAX_BODY =
            Setting.size("server.max-body", DataSize.ofMebibytes(1), "The largest request body that is read.");
    public static final Setting<Integer> MAX_CONCURRENT = Setting.integer(
            "server.max-concurrent-requests",
            1024,
            1,
            100_000,
            "Requests served at the same time. More are answered 503 with Retry-After; health checks are exempt.");
    public static final Setting<Duration> DRAIN = Setting.duration(
            "server.drain",
            Duration.ofSeconds(20),
            "How long a stopping server waits for requests that are being served.");
    public static final Setting<Boolean> ACCESS_LOG =
            Setting.flag("server.access-log", true, "Writes one JSON line per request to standard output.");
    public static final Setting<String> OPERATIONS_HOST = Setting.text(
            "operations.host",
            "127.0.0.1",
            "The address on which metrics and health detail are served, to anyone who asks.");
    public static final Setting<Integer> OPERATIONS_PORT = Setting.integer(
            "operations.port",
            0,
            0,
            65_535,
            "The port of metrics and health detail. 0: the main port plus one, or any free one where the main port is 0.");
    public static final Setting<Duration> STEP_UP = Setting.duration(
            "access.step-up",
            Duration.ofMinutes(15),
            "How long after proving a credential a user may change credentials without proving one again.");
    public static final Setting<List<String>> ADMIN_ADDRESSES = ranges(
                    "admin.allowed-addresses",
                    "Addresses or CIDR ranges from which administration is allowed. Empty: from anywhere. In development"
                            + " loopback is always allowed.")
            .alias("ADMIN_WHITELIST_IPS");
    public static final Setting<Boolean> RESTRICT_ADMIN = Setting.flag(
                    "admin.restrict-addresses", true, "Whether admin.allowed-addresses is in force.")
            .alias("ENABLE_IP_WHITELIST");
    public static final Setting<Boolean> DOCS = Setting.flag(
            "docs.enabled", false, "Serves interactive API documentation at /api/docs. Unset: in development only.");
    public static final Setting<Boolean> LIMITS = Setting.flag(
            "limits.enabled",
            true,
            "Rate limits. May be off in development only; never concerns account lockout or the MFA cap.");

    public static final Setting<Boolean> H2C = Setting.flag(
            "server.h2c",
            false,
            "Whether a server without TLS also takes HTTP/2 from clients that begin with it, such as a load balancer that"
                    + " is told to. With TLS, HTTP/2 is always offered.");

    public HttpConfig {
        trustedProxies = List.copyOf(trustedProxies);
        corsOrigins = List.copyOf(corsOrigins);
        adminAddresses = List.copyOf(adminAddresses);
    }

    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                HOST,
                PORT,
                PUBLIC_URL,
                TRUSTED_PROXIES,
                FORWARDED_HEADER,
                CORS_ORIGINS,
                FRONTEND_URL,
                MAX_BODY,
                MAX_CONCURRENT,
                DRAIN,
                ACCESS_LOG,
                OPERATIONS_HOST,
                OPERATIONS_PORT,
                STEP_UP,
                ADMIN_ADDRESSES,
                RESTRICT_ADMIN,
                DOCS,
                LIMITS,
                H2C));
        all.addAll(HttpsConfig.settings());
        return List.copyOf(all);
    }

    /** What of {@code settings} does not fit together; each a sentence. */
    public static List<String> problems(Settings settings) {
        return HttpsConfig.problems(settings);
    }

    public static HttpConfig from(Settings settings) {
        int port = settings.get(PORT);
        int operations = settings.get(OPERATIONS_PORT);
        List<String> origins = new ArrayList<>(settings.get(CORS_ORIGINS));
        origins.addAll(settings.get(FRONTEND_URL));
        return new HttpConfig(
                settings.get(HOST),
                port,
                WebOrigin.of(settings.get(PUBLIC_URL)).map(URI::create),
                parsed(settings.get(TRUSTED_PROXIES)),
                settings.get(FORWARDED_HEADER),
                origins.stream().flatMap(text -> WebOrigin.of(text).stream()).toList(),
                settings.get(MAX_BODY).bytes(),
                settings.get(MAX_CONCURRENT),
                settings.get(DRAIN),
                settings.get(ACCESS_LOG),
                settings.get(OPERATIONS_HOST),
                operations == 0 && port != 0 ? port + 1 : operations,
                settings.get(STEP_UP),
                settings.get(RESTRICT_ADMIN) ? parsed(settings.get(ADMIN_ADDRESSES)) : List.of(),
                settings.isSet(DOCS) ? Optional.of(settings.get(DOCS)) : Optional.empty(),
                settings.get(LIMITS),
                HttpsConfig.from(settings),
                settings.get(H2C));
    }

    public static HttpConfig defaults() {
        return from(Settings.defaults(settings()));
    }

    /** The URL that browsers use, without a slash at its end; the port stands in until a free one is taken. */
    public URI effectivePublicUrl() {
        return publicUrl.orElseGet(() -> URI.create(scheme() + "://localhost:" + port));
    }

    /** {@code https} or {@code http}: what the server itself speaks. */
    public String scheme() {
        return https.isPresent() ? "https" : "http";
    }

    /** Whether the operations listener speaks TLS. */
    public boolean operationsTls() {
        return https.map(HttpsConfig::operations).orElse(false);
    }

    /** Scheme, host and port that browsers use, once it is known which port was taken. */
    String origin(int taken) {
        return publicUrl.flatMap(url -> WebOrigin.of(url.toString())).orElse(scheme() + "://localhost:" + taken);
    }

    /** The host names of the pages that people use: this server's own and the front ends'. */
    public Set<String> pageHosts() {
        Set<String> hosts = new HashSet<>(Set.of(effectivePublicUrl().getHost()));
        corsOrigins.forEach(origin -> hosts.add(URI.create(origin).getHost()));
        return hosts;
    }

    /** Whether this server shows the interactive documentation. */
    public boolean servesDocs(Profile profile) {
        return docs.orElse(profile == Profile.DEVELOPMENT);
    }

    private static Setting<List<String>> ranges(String key, String description) {
        return Setting.list(key, List.of(), description)
                .check(
                        texts -> texts.stream()
                                .allMatch(text -> AddressRange.parse(text).isPresent()),
                        "must be addresses or CIDR ranges such as 10.0.0.0/8 or 2001:db8::/32, not names");
    }

    private static Setting<List<String>> origins(Setting<List<String>> setting) {
        return setting.check(
                texts -> texts.stream().allMatch(text -> WebOrigin.of(text).isPresent()),
                "must be origins such as https://app.example.com; a wildcard is not possible");
    }

    private static List<AddressRange> parsed(List<String> texts) {
        return texts.stream().flatMap(text -> AddressRange.parse(text).stream()).toList();
    }
}
