package dev.latchkey.otp;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.util.Optional;

/** Makes and spends mailed links. */
public final class LinkService {
    private static final int REAP_BATCH = 500;

    private final LinkStore store = new LinkStore();
    private final Secrets secrets;
    private final Clock clock;

    public LinkService(Secrets secrets, Clock clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** A new link's secret, 43 base64url characters. Older links of the user stay good until one of the kind is spent. */
    public String create(Tx tx, TenantId tenant, LinkKind kind, UserId user, long epoch, String subject) {
        return insert(
                tx, tenant, kind, new SpentLink(Optional.of(user), epoch, subject, Optional.empty(), clock.instant()));
    }

    /**
     * A link that says "this wasn't me".
     *
     * @param mailedTo the address that it brings back
     * @param factor that was added, where that is what the mail tells
     */
    public String createDisavowal(
            Tx tx, TenantId tenant, UserId user, long epoch, String mailedTo, Optional<LinkedFactor> factor) {
        return insert(
                tx,
                tenant,
                LinkKind.DISAVOW,
                new SpentLink(Optional.of(user), epoch, mailedTo, factor, clock.instant()));
    }

    /** A link that names nobody: for the first administrator, and as the same write where no account is known. */
    public String createAnonymous(Tx tx, TenantId tenant, LinkKind kind) {
        return insert(tx, tenant, kind, new SpentLink(Optional.empty(), 0, "", Optional.empty(), clock.instant()));
    }

    /** What the link says, without spending it: for pages that show what a click would do. */
    public Optional<SpentLink> peek(Sql sql, LinkKind kind, String secret) {
        return store.find(sql, hash(kind, secret), kind, clock.instant());
    }

    /**
     * Spends the link: exactly one of many parallel tries gets it. Voids the user's other links of this kind; "this wasn't me"
     * only voids those made after it, or whoever took an account over could void the link that its owner was sent.
     */
    public Optional<SpentLink> spend(Tx tx, LinkKind kind, String secret) {
        Optional<SpentLink> taken = store.take(tx, hash(kind, secret), kind, clock.instant());
        taken.ifPresent(spent -> spent.user().ifPresent(user -> {
            if (kind == LinkKind.DISAVOW) {
                store.deleteYounger(tx, user, kind, spent);
            } else {
                store.deleteOfKind(tx, user, kind);
            }
        }));
        return taken;
    }

    /** Voids the user's links of every kind but "this wasn't me" and unlock, which must outlive what they answer to. */
    public void voidUnfinished(Tx tx, UserId user) {
        for (LinkKind kind : LinkKind.values()) {
            if (kind != LinkKind.DISAVOW && kind != LinkKind.UNLOCK) {
                store.deleteOfKind(tx, user, kind);
            }
        }
    }

    /** Voids the user's links of one kind. */
    public void voidKind(Tx tx, UserId user, LinkKind kind) {
        store.deleteOfKind(tx, user, kind);
    }

    /** Voids every link of a kind that names nobody. */
    public void voidAnonymous(Tx tx, TenantId tenant, LinkKind kind) {
        store.deleteAnonymous(tx, tenant, kind);
    }

    /** Voids every link there is, those that outlive a change of epoch too. */
    public void voidEverybodys(Tx tx) {
        store.deleteEverybodys(tx);
    }

    /** Deletes a batch of links that are over. Answers how many. */
    public int reap(Tx tx) {
        return store.deleteExpired(tx, clock.instant(), REAP_BATCH);
    }

    private String insert(Tx tx, TenantId tenant, LinkKind kind, SpentLink link) {
        String secret = secrets.token();
        store.insert(tx, tenant, hash(kind, secret), kind, link);
        return secret;
    }

    private static String hash(LinkKind kind, String secret) {
        return TokenHash.of("link." + kind.stored(), secret);
    }
}
