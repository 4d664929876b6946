package dev.latchkey.grant;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Starts, rotates and ends families of refresh tokens. */
public final class RefreshService {
    private static final int REAP_BATCH = 500;
    private static final int RESEAL_BATCH = 500;
    /** Ended and expired families stay so long, so that an old token is told apart from an invented one. */
    private static final Duration REMEMBERED_AFTER_EXPIRY = Duration.ofDays(1);

    private final RefreshFamilyStore store = new RefreshFamilyStore();
    private final GrantConfig config;
    private final Sealer sealer;
    private final Secrets secrets;
    private final Clock clock;

    public RefreshService(GrantConfig config, Sealer sealer, Secrets secrets, Clock clock) {
        this.config = config;
        this.sealer = sealer;
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Starts a family and answers its first token. */
    public String start(Tx tx, TenantId tenant, RefreshFamily family) {
        RefreshToken token = RefreshToken.first(secrets);
        store.insert(tx, tenant, token, family, clock.instant());
        return token.text();
    }

    /**
     * Presents a token as a client sent it. Spends it if it is the current one; ends nothing itself on reuse.
     *
     * @param device what the client's device is known by; a repetition within the grace period must come from the same one
     */
    public Rotation rotate(Tx tx, String text, String device) {
        Optional<RefreshToken> parsed = RefreshToken.parse(text);
        if (parsed.isEmpty()) {
            return new Rotation.Unknown();
        }
        RefreshToken presented = parsed.get();
        RefreshToken successor = presented.successor(secrets);
        Instant now = clock.instant();
        Optional<RefreshFamily> rotated =
                store.rotate(tx, presented, successor, repeatable(presented, successor, device, now), now);
        if (rotated.isPresent()) {
            return new Rotation.Rotated(rotated.get(), successor.text());
        }
        return store.find(tx, presented.handle())
                .map(row -> repeated(row, presented, device, now).orElseGet(() -> refusal(row, now)))
                .orElseGet(Rotation.Unknown::new);
    }

    /**
     * The same for many tokens at once, no two of one family.
     *
     * @return in their order
     */
    public List<Rotation> rotateAll(Tx tx, List<Presented> many) {
        if (many.size() == 1 || !config.grace().isZero()) {
            return many.stream()
                    .map(presented -> rotate(tx, presented.token(), presented.device()))
                    .toList();
        }
        List<Optional<RefreshToken>> parsed = many.stream()
                .map(presented -> RefreshToken.parse(presented.token()))
                .toList();
        List<RefreshToken> tokens = parsed.stream().flatMap(Optional::stream).toList();
        List<RefreshToken> successors =
                tokens.stream().map(token -> token.successor(secrets)).toList();
        Instant now = clock.instant();
        Map<String, RefreshFamily> rotated = tokens.isEmpty() ? Map.of() : store.rotateAll(tx, tokens, successors, now);
        Map<String, Rotation> outcomes = new HashMap<>();
        for (int i = 0; i < tokens.size(); i++) {
            String handle = tokens.get(i).handle();
            outcomes.put(handle, outcome(tx, rotated, successors.get(i), now));
        }
        return parsed.stream()
                .map(token -> token.map(RefreshToken::handle).map(outcomes::get).orElseGet(Rotation.Unknown::new))
                .toList();
    }

    private Rotation outcome(Tx tx, Map<String, RefreshFamily> rotated, RefreshToken successor, Instant now) {
        RefreshFamily family = rotated.get(successor.handle());
        if (family != null) {
            return new Rotation.Rotated(family, successor.text());
        }
        return store.find(tx, successor.handle()).map(row -> refusal(row, now)).orElseGet(Rotation.Unknown::new);
    }

    private Optional<RefreshFamilyStore.Last> repeatable(
            RefreshToken presented, RefreshToken successor, String device, Instant now) {
        if (config.grace().isZero()) {
            return Optional.empty();
        }
        byte[] sealed = sealer.seal(
                SealPurpose.REFRESH_SUCCESSOR,
                place(presented),
                successor.text().getBytes(StandardCharsets.US_ASCII));
        return Optional.of(new RefreshFamilyStore.Last(presented.hash(), now, device(device), sealed));
    }

    /** The same answer once more, while its token is the current one: nobody has used it, so nothing was stolen with it. */
    private Optional<Rotation> repeated(
            RefreshFamilyStore.Row row, RefreshToken presented, String device, Instant now) {
        return row.last()
                .filter(last -> !row.ended()
                        && row.generation() == presented.generation() + 1L
                        && last.previousHash().equals(presented.hash())
                        && last.rotatedBy().equals(device(device))
                        && now.isBefore(last.rotatedAt().plus(config.grace()))
                        && now.isBefore(row.family().expiresAt()))
                .map(last -> new Rotation.Rotated(
                        row.family(),
                        new String(
                                sealer.open(SealPurpose.REFRESH_SUCCESSOR, place(presented), last.successor()),
                                StandardCharsets.US_ASCII)));
    }

    private static String place(RefreshToken token) {
        return place(token.handle());
    }

    private static String place(String handle) {
        return TenantId.MAIN + "|refresh_family|successor|" + handle;
    }

    private static String device(String device) {
        return TokenHash.of("refresh-device", device);
    }

    /** What limits count a refresh by: the family handle, or empty where the text is none. */
    public static String limitKey(String text) {
        return RefreshToken.parse(text).map(RefreshToken::handle).orElse("");
    }

    /** What the user of the session has proved by now, as in {@code amr}; the next access token says so. */
    public void proved(Tx tx, SessionId session, Set<String> methods) {
        store.proved(tx, session, Authentication.stored(methods));
    }

    public void endOfSession(Tx tx, SessionId session, UserId user, String reason) {
        store.endOfSession(tx, session, user, reason, clock.instant());
    }

    public void endOfUser(Tx tx, UserId user, String reason) {
        store.endOfUser(tx, user, reason, clock.instant());
    }

    public void endEverybodys(Tx tx, String reason) {
        store.endEverybodys(tx, reason, clock.instant());
    }

    /** Deletes a batch of families that expired a day ago or longer. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteExpired(tx, clock.instant().minus(REMEMBERED_AFTER_EXPIRY), REAP_BATCH);
    }

    /** Tokens kept for a repetition under another master key than the current one. */
    public long stale(Sql sql) {
        return store.stale(sql, sealer.prefix());
    }

    /** Seals a batch of them anew, and forgets those that are no longer repeated. */
    public Resealed reseal(Tx tx, String after) {
        Instant repeatable = clock.instant().minus(config.grace());
        List<RefreshFamilyStore.SealedSuccessor> rows = store.stale(tx, sealer.prefix(), after, RESEAL_BATCH);
        return Resealed.batch(
                rows,
                RESEAL_BATCH,
                row -> row.rotatedAt().isBefore(repeatable)
                        ? store.forgetLast(tx, row)
                        : store.reseal(
                                tx, row, sealer.reseal(SealPurpose.REFRESH_SUCCESSOR, place(row.handle()), row.blob())),
                RefreshFamilyStore.SealedSuccessor::handle);
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
