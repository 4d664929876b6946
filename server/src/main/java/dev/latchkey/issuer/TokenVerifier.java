package dev.latchkey.issuer;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.ephemeral.RecentlyUsed;
import dev.latchkey.jose.Claims;
import dev.latchkey.jose.MalformedTokenException;
import dev.latchkey.jose.SignedJwt;
import dev.latchkey.jose.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Checks access tokens (RFC 9068 section 4). The signature comes first; nothing a token says is believed before. No database and
 * no network is asked.
 */
public final class TokenVerifier {
    /** How far the clocks of two machines may differ. */
    static final Duration SKEW = Duration.ofSeconds(30);

    private static final int WORD_SETS = 128;

    private final VerificationKeys keys;
    private final TokenConfig config;
    private final Clock clock;
    private final RecentlyUsed<TokenDigest, RememberedToken> remembered;
    private final RecentlyUsed<Set<String>, Set<String>> wordSets = new RecentlyUsed<>(WORD_SETS);

    public TokenVerifier(VerificationKeys keys, TokenConfig config, Clock clock) {
        this.keys = keys;
        this.config = config;
        this.clock = clock;
        this.remembered = new RecentlyUsed<>(config.cachedTokens());
    }

    /**
     * Who a token speaks for.
     *
     * @throws Problem {@code TOKEN_EXPIRED}, {@code INVALID_SIGNATURE}, {@code INVALID_TOKEN_TYPE} (another kind of ours, such as
     *     an ID token) or {@code INVALID_TOKEN}
     */
    public VerifiedToken verify(String token) {
        TokenDigest digest = TokenDigest.of(token);
        Optional<RememberedToken> known = remembered.find(digest);
        if (known.isPresent() && keys.find(known.get().kid()).isPresent()) {
            return checkTimes(known.get().token());
        }
        SignedJwt parsed = parse(token);
        VerificationKey key = keys.find(parsed.kid())
                .orElseThrow(() -> Problem.of(ErrorCode.INVALID_SIGNATURE, "signed with a key we do not have"));
        VerifiedToken verified = checkTimes(read(parsed, key));
        remembered.put(digest, RememberedToken.of(key.kid(), verified, this::shared));
        return verified;
    }

    private static SignedJwt parse(String token) {
        try {
            return SignedJwt.parse(token);
        } catch (MalformedTokenException e) {
            throw invalid(e.reason());
        }
    }

    private VerifiedToken read(SignedJwt token, VerificationKey key) {
        try {
            Claims claims = token.signedBy(key)
                    .orElseThrow(() -> Problem.of(ErrorCode.INVALID_SIGNATURE, "signature does not match"));
            if (!token.type().equals(TokenIssuer.ACCESS_TYPE)) {
                throw Problem.of(ErrorCode.INVALID_TOKEN_TYPE, "typ is not " + TokenIssuer.ACCESS_TYPE);
            }
            if (!claims.text("iss").orElse("").equals(config.issuer())) {
                throw invalid("wrong issuer");
            }
            if (!claims.texts("aud").contains(config.audience())) {
                throw invalid("wrong audience");
            }
            return verified(claims);
        } catch (MalformedTokenException e) {
            throw invalid(e.reason());
        }
    }

    private static VerifiedToken verified(Claims claims) {
        required("jti", claims.text("jti"));
        String scope = required("scope", claims.text("scope"));
        return new VerifiedToken(
                required("sub", claims.text("sub").flatMap(UserId::parse)),
                required("sid", claims.text("sid").flatMap(SessionId::parse)),
                claims.number("ep").orElseThrow(() -> invalid("no ep")),
                ClientId.of(required("client_id", claims.text("client_id").filter(id -> !id.isEmpty()))),
                scope.isEmpty() ? Set.of() : Set.of(scope.split(" ")),
                required("iat", claims.time("iat")),
                required("nbf", claims.time("nbf")),
                required("exp", claims.time("exp")),
                new Authentication(required("auth_time", claims.time("auth_time")), Set.copyOf(claims.texts("amr"))));
    }

    private VerifiedToken checkTimes(VerifiedToken token) {
        Instant now = clock.instant();
        // By today's lifetime too: what was revoked is remembered for no longer than that.
        boolean outlived = !token.issuedAt().plus(config.accessTtl()).plus(SKEW).isAfter(now);
        if (outlived || !token.expiresAt().plus(SKEW).isAfter(now)) {
            throw Problem.of(ErrorCode.TOKEN_EXPIRED);
        }
        if (token.notBefore().minus(SKEW).isAfter(now)) {
            throw invalid("not valid yet");
        }
        return token;
    }

    /** The one set that stands for all equal ones, or thousands of tokens would hold a copy each. */
    private Set<String> shared(Set<String> words) {
        return words.isEmpty()
                ? words
                : wordSets.find(words).orElseGet(() -> {
                    wordSets.put(words, words);
                    return words;
                });
    }

    private static <T> T required(String name, Optional<T> claim) {
        return claim.orElseThrow(() -> invalid("no usable " + name));
    }

    private static Problem invalid(String internal) {
        return Problem.of(ErrorCode.INVALID_TOKEN, internal);
    }
}
