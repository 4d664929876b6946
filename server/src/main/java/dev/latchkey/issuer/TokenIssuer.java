package dev.latchkey.issuer;

import dev.latchkey.crypto.Secrets;
import dev.latchkey.jose.SignedJwt;
import dev.latchkey.jose.SigningKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Mints access tokens (RFC 9068 section 2). Signing takes CPU time: never inside a transaction. */
public final class TokenIssuer {
    static final String ACCESS_TYPE = "at+jwt";

    private final Supplier<SigningKey> key;
    private final TokenConfig config;
    private final Secrets secrets;
    private final Clock clock;

    /** @param key the key to sign with now */
    public TokenIssuer(Supplier<SigningKey> key, TokenConfig config, Secrets secrets, Clock clock) {
        this.key = key;
        this.config = config;
        this.secrets = secrets;
        this.clock = clock;
    }

    public MintedToken access(AccessClaims access) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Instant expiresAt = now.plus(config.accessTtl()).truncatedTo(ChronoUnit.SECONDS);
        String id = secrets.uuid();
        Map<String, Object> claims = new LinkedHashMap<>(config.additionalClaims());
        claims.put("iss", config.issuer());
        claims.put("sub", access.subject().value());
        claims.put("aud", config.audience());
        claims.put("exp", expiresAt.getEpochSecond());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("jti", id);
        claims.put("sid", access.session().value());
        claims.put("ep", access.epoch());
        claims.put("client_id", access.client().value());
        claims.put("scope", String.join(" ", sorted(access.scope())));
        claims.put("roles", sorted(access.roles()));
        claims.put("auth_time", access.authentication().at().getEpochSecond());
        claims.put("acr", access.authentication().contextClass());
        claims.put("amr", sorted(access.authentication().methods()));
        return new MintedToken(SignedJwt.sign(key.get(), ACCESS_TYPE, claims), id, expiresAt);
    }

    private static Set<String> sorted(Set<String> words) {
        return words.size() < 2 ? words : new TreeSet<>(words);
    }
}
