package dev.latchkey.session;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The browsers that completed a login, each recognised by a random secret that only a full login gives out. */
public final class KnownDevices {
    /** How long a browser keeps the cookie at most, and so how long one is remembered here. */
    public static final Duration REMEMBERED = Duration.ofDays(400);

    private static final String SECRET = "device";
    private static final String PUBLIC_ID = "device-id";
    private static final int REAP_BATCH = 500;
    /** When a browser was seen is kept to the day: one that comes back within it costs no write. */
    private static final Duration RENEWED_EVERY = Duration.ofDays(1);
    /** A program that keeps no cookies would else leave a row with every login. */
    private static final int PER_USER = 50;

    private final KnownDeviceStore store = new KnownDeviceStore();
    private final Secrets secrets;
    private final Clock clock;

    public KnownDevices(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** What a login learned of the browser it came from. */
    public sealed interface Sighting {
        /** The browser brought a secret that this user is known by. */
        record Known() implements Sighting {}

        /**
         * A browser not seen before.
         *
         * @param secret for its cookie
         * @param firstEver whether the user had no known browser at all, as at registration
         */
        record New(String secret, boolean firstEver) implements Sighting {
            @Override
            public String toString() {
                return "New[redacted]";
            }
        }
    }

    /** The hash of the request's device secret if this user is known by it; what lockout counts by. */
    public Optional<String> recognise(Sql sql, UserId user, RequestContext context) {
        return find(sql, user, context).map(KnownDeviceStore.Row::hash);
    }

    private Optional<KnownDeviceStore.Row> find(Sql sql, UserId user, RequestContext context) {
        return context.device()
                .map(secret -> TokenHash.of(SECRET, secret))
                .flatMap(hash -> store.find(sql, user, hash));
    }

    /** Called once a login is complete: renews the browser's mark or gives it one. */
    public Sighting seen(Tx tx, UserId user, RequestContext context) {
        Instant now = clock.instant();
        Optional<KnownDeviceStore.Row> known = find(tx, user, context);
        if (known.isPresent()) {
            if (known.get().lastSeen().plus(RENEWED_EVERY).isBefore(now)) {
                store.renew(tx, user, known.get().hash(), now);
            }
            return new Sighting.Known();
        }
        boolean firstEver = !store.hasAny(tx, user);
        // A browser that has a mark from another account keeps it, or the two would take turns in forgetting each
        // other. A mark
        // that we never gave out is not adopted: someone else may know it.
        String secret = context.device()
                .filter(mark -> store.isIssued(tx, TokenHash.of(SECRET, mark)))
                .orElseGet(secrets::token);
        store.insert(tx, user, TokenHash.of(SECRET, secret), context.userAgent(), now);
        store.keepNewest(tx, user, PER_USER);
        return new Sighting.New(secret, firstEver);
    }

    /**
     * Whether this browser passes for the user's second factor now.
     *
     * @param most for how long one may today, whatever it was promised; zero: none does
     */
    public boolean trusted(Sql sql, UserId user, Duration most, RequestContext context) {
        Instant now = clock.instant();
        return most.isPositive()
                && recognise(sql, user, context)
                        .filter(hash -> store.isTrusted(sql, user, hash, now, now.minus(most)))
                        .isPresent();
    }

    /** Lets the browser pass for the second factor for so long. */
    public void trust(Tx tx, UserId user, Sighting sighting, RequestContext context, Duration lifetime) {
        Instant now = clock.instant();
        Instant until = now.plus(lifetime);
        switch (sighting) {
            case Sighting.New seen -> store.trust(tx, user, TokenHash.of(SECRET, seen.secret()), now, until);
            case Sighting.Known ignored ->
                recognise(tx, user, context).ifPresent(hash -> store.trust(tx, user, hash, now, until));
        }
    }

    /**
     * The browsers that pass for the user's second factor, the one signed in from last first.
     *
     * @param most as in {@link #trusted(Sql, UserId, Duration, RequestContext)}
     */
    public List<TrustedBrowser> trustedBrowsers(Sql sql, UserId user, Duration most, RequestContext context) {
        Instant now = clock.instant();
        if (!most.isPositive()) {
            return List.of();
        }
        Optional<String> here = context.device().map(secret -> TokenHash.of(SECRET, secret));
        return store.trusted(sql, user, now, now.minus(most)).stream()
                .map(row -> new TrustedBrowser(
                        id(row.hash()),
                        DeviceName.of(row.userAgent()),
                        row.since(),
                        row.lastSeen(),
                        earlier(row.until(), row.since().plus(most)),
                        here.filter(row.hash()::equals).isPresent()))
                .toList();
    }

    /** Every browser that the user is known by, the one signed in from last first. */
    public List<KnownBrowser> browsers(Sql sql, UserId user) {
        Instant now = clock.instant();
        return store.known(sql, user).stream()
                .map(row -> new KnownBrowser(
                        DeviceName.of(row.userAgent()),
                        row.userAgent(),
                        row.since(),
                        row.lastSeen(),
                        row.trustedUntil().filter(now::isBefore)))
                .toList();
    }

    /** The browser does not pass any more; false where none of the user's has this id and did. */
    public boolean distrust(Tx tx, UserId user, String id) {
        return store.trusted(tx, user, Instant.EPOCH, Instant.EPOCH).stream()
                .filter(row -> id(row.hash()).equals(id))
                .anyMatch(row -> store.distrust(tx, user, row.hash()));
    }

    /** What the secret is kept as would do, but it is nobody's business. */
    private static String id(String hash) {
        return TokenHash.of(PUBLIC_ID, hash);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** No browser passes for the second factor any more. */
    public void distrust(Tx tx, UserId user) {
        store.distrust(tx, user);
    }

    /** No browser but the request's own passes for the second factor any more. */
    public void distrustOthers(Tx tx, UserId user, RequestContext context) {
        Optional<String> here = recognise(tx, user, context);
        store.trusted(tx, user, Instant.EPOCH, Instant.EPOCH).stream()
                .map(KnownDeviceStore.Trusted::hash)
                .filter(hash -> here.filter(hash::equals).isEmpty())
                .forEach(hash -> store.distrust(tx, user, hash));
    }

    /** Forgets every browser of the user, as after a takeover. */
    public void forget(Tx tx, UserId user) {
        store.deleteOfUser(tx, user);
    }

    /** Deletes a batch of browsers not seen for so long that their cookie is gone. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteSeenBefore(tx, clock.instant().minus(REMEMBERED), REAP_BATCH);
    }
}
