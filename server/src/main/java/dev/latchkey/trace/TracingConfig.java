package dev.latchkey.trace;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where traces go.
 *
 * @param endpoint empty: nothing is traced
 * @param headers of the collector's credential, names and values in turn
 * @param samplePercent of the traces that begin here
 */
public record TracingConfig(Optional<URI> endpoint, List<String> headers, int samplePercent, String serviceName) {
    public static final Setting<String> ENDPOINT = Setting.text(
                    "tracing.endpoint",
                    "",
                    "Where traces are sent: an OpenTelemetry collector's address for OTLP over HTTP (JSON), such as"
                            + " http://localhost:4318/v1/traces. Unset: nothing is traced.")
            .alias("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT")
            .check(text -> text.isEmpty() || isHttp(text), "must be an http or https URL");
    public static final Setting<String> HEADERS = Setting.secret(
                    "tracing.headers",
                    "Headers that the collector asks for, as name=value with commas between; percent-encoded where they hold"
                            + " one.")
            .alias("OTEL_EXPORTER_OTLP_HEADERS")
            .check(text -> !text.isEmpty() && parsed(text).isPresent(), "must be name=value, with commas between");
    public static final Setting<Integer> SAMPLE_PERCENT = Setting.integer(
            "tracing.sample-percent",
            10,
            0,
            100,
            "Of a hundred traces that begin here so many are recorded. Whether a trace that a trusted proxy began is"
                    + " recorded the proxy says.");
    public static final Setting<String> SERVICE_NAME = Setting.text(
                    "tracing.service-name", "latchkey", "What this server is called in traces.")
            .alias("OTEL_SERVICE_NAME")
            .check(text -> !text.isEmpty(), "must not be empty");

    private static final Set<String> SET_BY_THE_CLIENT =
            Set.of("connection", "content-length", "content-type", "expect", "host", "upgrade");

    public TracingConfig {
        headers = List.copyOf(headers);
    }

    public static List<Setting<?>> settings() {
        return List.of(ENDPOINT, HEADERS, SAMPLE_PERCENT, SERVICE_NAME);
    }

    public static TracingConfig from(Settings settings) {
        String endpoint = settings.get(ENDPOINT);
        return new TracingConfig(
                endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint)),
                parsed(settings.get(HEADERS)).orElse(List.of()),
                settings.get(SAMPLE_PERCENT),
                settings.get(SERVICE_NAME));
    }

    private static boolean isHttp(String text) {
        try {
            URI uri = URI.create(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Optional<List<String>> parsed(String text) {
        List<String> headers = new ArrayList<>();
        for (String part : text.split(",")) {
            if (part.isBlank()) {
                continue;
            }
            int equals = part.indexOf('=');
            String name = part.substring(0, Math.max(equals, 0)).strip();
            String value = decoded(part.substring(equals + 1).strip());
            if (!isName(name) || value.chars().anyMatch(Character::isISOControl)) {
                return Optional.empty();
            }
            headers.add(name);
            headers.add(value);
        }
        return Optional.of(headers);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c)))
                && !SET_BY_THE_CLIENT.contains(name.toLowerCase(Locale.ROOT));
    }

    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return value;
        }
    }

    // A record's own would show the credential.
    @Override
    public String toString() {
        return "TracingConfig[" + endpoint + "]";
    }
}
