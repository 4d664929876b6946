package dev.latchkey.grant;

import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Starts, rotates and ends families of refresh tokens. */
public final class RefreshService {
    private static final int REAP_BATCH = 500;
    /** Ended and expired families stay so long, so that an old token is told apart from an invented one. */
    private static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofDays(1);

    private final RefreshFamilyStore store = new RefreshFamilyStore();
    private final Secrets secrets;
    private final Clock clock;

    public RefreshService(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Starts a family and answers its first token. */
    public String start(Tx tx, TenantId tenant, RefreshFamily family) {
        RefreshToken token = RefreshToken.first(secrets);
        store.insert(tx, tenant, token, family, clock.instant());
        return token.text();
    }

    /** Presents a token as a client sent it. Spends it if it is the current one; ends nothing itself on reuse. */
    public Rotation rotate(Tx tx, String text) {
        Optional<RefreshToken> parsed = RefreshToken.parse(text);
        if (parsed.isEmpty()) {
            return new Rotation.Unknown();
        }
        RefreshToken presented = parsed.get();
        RefreshToken successor = presented.successor(secrets);
        Instant now = clock.instant();
        Optional<RefreshFamily> rotated = store.rotate(tx, presented, successor, now);
        if (rotated.isPresent()) {
            return new Rotation.Rotated(rotated.get(), successor.text());
        }
        return store.find(tx, presented.handle()).map(row -> refusal(row, now)).orElseGet(Rotation.Unknown::new);
    }

    /** What limits count a refresh by: the family handle, or empty where the text is none. */
    public static String limitKey(String text) {
        return RefreshToken.parse(text).map(RefreshToken::handle).orElse("");
    }

    public void endOfSession(Tx tx, SessionId session, UserId user, String reason) {
        store.endOfSession(tx, session, user, reason, clock.instant());
    }

    public void endOfUser(Tx tx, UserId user, String reason) {
        store.endOfUser(tx, user, reason, clock.instant());
    }

    /** Deletes a batch of families that expired a day ago or longer. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteExpired(tx, clock.instant().minus(REMEMBERED_AFTER_EXPIRY), REAP_BATCH);
    }

    private static Rotation refusal(RefreshFamilyStore.Row row, Instant now) {
        if (row.ended()) {
            return new Rotation.Ended(row.family());
        }
        return now.isBefore(row.family().expiresAt())
                ? new Rotation.Reused(row.family())
                : new Rotation.Expired(row.family());
    }
}
