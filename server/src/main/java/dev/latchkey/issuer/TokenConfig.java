package dev.latchkey.issuer;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How access tokens are made.
 *
 * @param issuer {@code iss}, an URL
 * @param audience {@code aud}: whoever accepts these tokens accepts no others
 * @param additionalClaims the same text claims in every token
 * @param cachedTokens how many verified tokens are remembered, about 160 bytes each
 */
public record TokenConfig(
        String issuer, String audience, Duration accessTtl, Map<String, String> additionalClaims, int cachedTokens) {
    static final Set<String> RESERVED = Set.of(
            "iss",
            "sub",
            "aud",
            "exp",
            "iat",
            "nbf",
            "jti",
            "sid",
            "ep",
            "client_id",
            "scope",
            "roles",
            "permissions",
            "auth_time",
            "acr",
            "amr",
            "cnf",
            "act",
            "may_act",
            "events",
            "nonce");

    static final Setting<Duration> ACCESS_TTL = Setting.duration(
                    "token.access-ttl", Duration.ofMinutes(15), "How long an access token is good for.")
            .check(
                    ttl -> ttl.compareTo(Duration.ofSeconds(10)) >= 0 && ttl.compareTo(Duration.ofHours(24)) <= 0,
                    "must be from 10s to 24h; longer sign-ins are what refresh tokens are for");
    static final Setting<String> ISSUER = Setting.text(
            "token.issuer",
            "",
            "The issuer (iss) named in tokens. Unset: the public URL. Changing it voids all tokens.");
    static final Setting<String> AUDIENCE = Setting.text(
            "token.audience", "", "The audience (aud) of this server's own API in tokens. Unset: the issuer.");
    static final Setting<List<String>> ADDITIONAL_CLAIMS = Setting.list(
                    "token.additional-claims",
                    List.of(),
                    "Text claims put into every access token, written name=value. Names with a meaning of their own are refused.")
            .check(
                    entries -> entries.stream().allMatch(TokenConfig::isAdditionalClaim),
                    "must be name=value entries whose names are none of the registered claims");
    static final Setting<Integer> CACHED_TOKENS = Setting.integer(
            "token.verified-cache",
            20_000,
            0,
            1_000_000,
            "How many access tokens are remembered as verified, about 160 bytes each. 0 checks every signature again.");

    public TokenConfig {
        additionalClaims = Map.copyOf(additionalClaims);
    }

    public static List<Setting<?>> settings() {
        return List.of(ACCESS_TTL, ISSUER, AUDIENCE, ADDITIONAL_CLAIMS, CACHED_TOKENS);
    }

    /** @param publicUrl where clients reach this server, without a slash at the end */
    public static TokenConfig from(Settings settings, String publicUrl) {
        String issuer = orElse(settings.get(ISSUER), publicUrl);
        Map<String, String> additional = new LinkedHashMap<>();
        for (String entry : settings.get(ADDITIONAL_CLAIMS)) {
            int equals = entry.indexOf('=');
            additional.put(
                    entry.substring(0, equals).strip(),
                    entry.substring(equals + 1).strip());
        }
        return new TokenConfig(
                issuer,
                orElse(settings.get(AUDIENCE), issuer),
                settings.get(ACCESS_TTL),
                additional,
                settings.get(CACHED_TOKENS));
    }

    public static TokenConfig defaults(String publicUrl) {
        return from(Settings.defaults(settings()), publicUrl);
    }

    private static boolean isAdditionalClaim(String entry) {
        int equals = entry.indexOf('=');
        return equals > 0 && !RESERVED.contains(entry.substring(0, equals).strip());
    }

    private static String orElse(String value, String otherwise) {
        return value.isEmpty() ? otherwise : value;
    }
}
