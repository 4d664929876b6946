package dev.latchkey.issuer;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * A token whose signature was checked, in a third of the memory that {@link VerifiedToken} takes: thousands are held. Says nothing
 * about expiry or revocation, and counts only while its key is accepted.
 */
final class RememberedToken {
    private final String kid;
    private final long subjectHigh;
    private final long subjectLow;
    private final long sessionHigh;
    private final long sessionLow;
    private final long epoch;
    private final ClientId client;
    private final Set<String> scope;
    private final Set<String> methods;
    private final long issuedAt;
    private final long notBefore;
    private final long expiresAt;
    private final long authenticatedAt;

    private RememberedToken(String kid, VerifiedToken token, UnaryOperator<Set<String>> shared) {
        UUID subject = UUID.fromString(token.subject().value());
        UUID session = UUID.fromString(token.session().value());
        this.kid = kid;
        this.subjectHigh = subject.getMostSignificantBits();
        this.subjectLow = subject.getLeastSignificantBits();
        this.sessionHigh = session.getMostSignificantBits();
        this.sessionLow = session.getLeastSignificantBits();
        this.epoch = token.epoch();
        this.client = token.client();
        this.scope = shared.apply(token.scope());
        this.methods = shared.apply(token.authentication().methods());
        this.issuedAt = token.issuedAt().getEpochSecond();
        this.notBefore = token.notBefore().getEpochSecond();
        this.expiresAt = token.expiresAt().getEpochSecond();
        this.authenticatedAt = token.authentication().at().getEpochSecond();
    }

    /**
     * @param token of whole seconds, as the times in tokens are
     * @param shared the one set that stands for all equal ones
     */
    static RememberedToken of(String kid, VerifiedToken token, UnaryOperator<Set<String>> shared) {
        return new RememberedToken(kid, token, shared);
    }

    /** The key that signed it. */
    String kid() {
        return kid;
    }

    VerifiedToken token() {
        return new VerifiedToken(
                new UserId(new UUID(subjectHigh, subjectLow).toString()),
                new SessionId(new UUID(sessionHigh, sessionLow).toString()),
                epoch,
                client,
                scope,
                Instant.ofEpochSecond(issuedAt),
                Instant.ofEpochSecond(notBefore),
                Instant.ofEpochSecond(expiresAt),
                new Authentication(Instant.ofEpochSecond(authenticatedAt), methods));
    }
}
