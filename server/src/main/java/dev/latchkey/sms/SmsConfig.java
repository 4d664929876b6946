package dev.latchkey.sms;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.core.PhoneNumber;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * How text messages leave.
 *
 * @param gateway empty where none is configured
 * @param allowedPrefixes of numbers that may be texted, such as {@code +49}; empty for all
 */
public record SmsConfig(Optional<GatewayConfig> gateway, List<String> allowedPrefixes) {
    private static final Duration MAX_TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    /** What the HTTP client writes itself, and no other header may. */
    private static final Set<String> OWN_HEADERS =
            Set.of("connection", "content-length", "content-type", "expect", "host", "idempotency-key", "upgrade");

    static final Setting<String> URL = Setting.text(
                    "sms.gateway.url",
                    "",
                    "Where text messages are posted to. Without it none are sent; in development they can be read at"
                            + " /dev/mail either way.")
            .check(SmsConfig::isSafe, "must be an https URL (http only on this machine)");
    static final Setting<String> CREDENTIAL = Setting.secret(
                    "sms.gateway.credential",
                    "A header line that the gateway knows this server by, such as \"Authorization: Bearer …\" or"
                            + " \"X-API-Key: …\".")
            .check(
                    SmsConfig::isHeaderLine,
                    "must be one header line, Name: value, and not one that describes the request itself");
    static final Setting<GatewayConfig.BodyFormat> FORMAT = Setting.choice(
            "sms.gateway.format",
            GatewayConfig.BodyFormat.JSON,
            "What sms.gateway.body is, and so how values are escaped in it.");
    static final Setting<String> BODY = Setting.text(
            "sms.gateway.body",
            "{\"to\":\"{to}\",\"from\":\"{from}\",\"text\":\"{text}\"}",
            "What is posted. {to} (as +4930123456), {from} and {text} are filled in, and {id}, the same at every try. For a"
                    + " form: To={to}&From={from}&Body={text}.");
    static final Setting<String> FROM = Setting.text(
            "sms.from", "", "The number or name that text messages come from, where the gateway asks for it.");
    static final Setting<Duration> TIMEOUT = Setting.duration(
                    "sms.gateway.timeout", Duration.ofSeconds(10), "How long the gateway may take to answer.")
            .check(
                    value -> value.isPositive() && value.compareTo(MAX_TIMEOUT) <= 0,
                    "must be more than 0 and at most 30s");
    static final Setting<List<String>> ALLOWED_PREFIXES = Setting.list(
                    "sms.allowed-prefixes",
                    List.of(),
                    "Only numbers that begin with one of these are texted, such as +49,+43; unset for all. Strangers ask for"
                            + " texts to costly numbers that they earn from: name the countries your users live in.")
            .check(
                    prefixes -> prefixes.stream().allMatch(one -> one.matches("\\+[1-9][0-9]{0,14}")),
                    "must be a list of prefixes such as +49");

    public SmsConfig {
        allowedPrefixes = List.copyOf(allowedPrefixes);
    }

    public static List<Setting<?>> settings() {
        return List.of(URL, CREDENTIAL, FORMAT, BODY, FROM, TIMEOUT, ALLOWED_PREFIXES);
    }

    public static SmsConfig from(Settings settings) {
        String url = settings.get(URL);
        Optional<GatewayConfig> gateway = url.isEmpty()
                ? Optional.empty()
                : Optional.of(new GatewayConfig(
                        URI.create(url),
                        settings.get(CREDENTIAL),
                        settings.get(FORMAT),
                        settings.get(BODY),
                        settings.get(FROM),
                        settings.get(TIMEOUT)));
        return new SmsConfig(gateway, settings.get(ALLOWED_PREFIXES));
    }

    /** What is wrong between the keys, each as a sentence that begins with a key; empty where all is well. */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        gateway.ifPresent(used -> {
            for (String value : List.of("{to}", "{text}")) {
                if (!used.body().contains(value)) {
                    problems.add(BODY.key() + " must say where " + value + " goes");
                }
            }
            if (used.body().contains("{from}") && used.from().isEmpty()) {
                problems.add(FROM.key() + " must be set, or {from} left out of " + BODY.key());
            }
        });
        return List.copyOf(problems);
    }

    /** Whether this number may be texted. */
    public boolean allows(PhoneNumber number) {
        return allowedPrefixes.isEmpty() || allowedPrefixes.stream().anyMatch(number.value()::startsWith);
    }

    private static boolean isHeaderLine(String line) {
        return line.isEmpty()
                || (line.matches("[A-Za-z0-9-]{1,64}: ?[\\x21-\\x7E][\\x20-\\x7E]{0,4095}")
                        && !OWN_HEADERS.contains(
                                line.substring(0, line.indexOf(':')).toLowerCase(Locale.ROOT)));
    }

    /** A credential and codes go there. */
    private static boolean isSafe(String text) {
        try {
            URI url = URI.create(text);
            String host = url.getHost();
            boolean plainAtHome = "http".equals(url.getScheme()) && host != null && LOOPBACK.contains(host);
            return host != null && url.getUserInfo() == null && ("https".equals(url.getScheme()) || plainAtHome);
        } catch (IllegalArgumentException notAUrl) {
            return false;
        }
    }
}
