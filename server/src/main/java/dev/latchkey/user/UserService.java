package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Users, their identifiers and their state. Commands write only their own tables: consequences follow from the audit event. */
public final class UserService {
    static final int SALT_BYTES = 32;
    private static final int WEBAUTHN_HANDLE_BYTES = 32;
    /** As long as the link in the mail about the change works. */
    private static final Duration FORMER_EMAIL_KEPT = Duration.ofDays(7);

    /** More than anybody's credentials change between a backup and its restore. */
    private static final long EPOCHS_BEYOND_REACH = 1_000_000;

    private static final int REAP_BATCH = 500;
    private static final int MOST_CONSENTS = 50;

    private final UserStore store;
    private final OfferStore offers = new OfferStore();
    private final EmailStore emails = new EmailStore();
    private final RoleStore roles = new RoleStore();
    private final PortableUserService portable;
    private final ConsentStore consents = new ConsentStore();
    private final FormerEmailStore formerEmails = new FormerEmailStore();
    private final Secrets secrets;
    private final Clock clock;

    public UserService(Engine engine, Secrets secrets, Clock clock) {
        this.store = new UserStore(engine);
        this.portable = new PortableUserService(engine, store, secrets, clock);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Creates the user unless another has the address, which one statement decides. */
    public UserCreation create(Tx tx, NewUser user) {
        Optional<User> owner = store.byEmail(tx, user.tenant(), user.email());
        if (owner.isPresent()) {
            return new UserCreation.EmailTaken(owner.get());
        }
        UserId id = new UserId(secrets.uuid());
        Instant now = clock.instant();
        store.insert(tx, id, user, secrets.bytes(SALT_BYTES), secrets.bytes(WEBAUTHN_HANDLE_BYTES), now);
        if (!emails.insert(tx, id, user, now)) {
            store.delete(tx, id);
            return new UserCreation.EmailTaken(
                    store.byEmail(tx, user.tenant(), user.email()).orElseThrow());
        }
        // After the insert: that waited for a change of address under way, which keeps the address for whom it leaves.
        Optional<User> former = formerOwner(tx, user.tenant(), user.email().folded(), id, now);
        if (former.isPresent()) {
            store.delete(tx, id);
            return new UserCreation.EmailTaken(former.get());
        }
        user.roles().forEach(role -> roles.add(tx, id, user.tenant(), role));
        return new UserCreation.Created(store.byId(tx, id).orElseThrow());
    }

    /** What authenticators know the user by: random bytes, the same for as long as the account exists. */
    public Optional<byte[]> webauthnHandle(Sql sql, UserId id) {
        return store.webauthnHandle(sql, id);
    }

    public Optional<User> byId(Sql sql, UserId id) {
        return store.byId(sql, id);
    }

    /** The user whose address in force, verified or not, this is. */
    public Optional<User> byEmail(Sql sql, TenantId tenant, EmailAddress email) {
        return store.byEmail(sql, tenant, email);
    }

    /**
     * The same, with the user's row locked: what is made for whoever has this address is made before the address changes, and
     * then ends with that change, or not at all. Runs the same statements whether or not anybody has it.
     */
    public Optional<User> lockByEmail(Tx tx, TenantId tenant, EmailAddress email) {
        emails.lockUser(tx, tenant, email);
        // Read after the lock: what held it may have moved the address.
        return store.byEmail(tx, tenant, email);
    }

    public List<User> page(Sql sql, TenantId tenant, UserListing listing, int limit) {
        return store.page(sql, tenant, listing, limit);
    }

    /**
     * Locks the user row if the user is active and still in this epoch. Whatever creates a session, family or code calls it
     * first: a credential event that commits before makes it fail, one that comes later waits and then ends what was made.
     */
    public boolean guard(Tx tx, UserId id, long epoch) {
        return store.guard(tx, id, epoch);
    }

    /** The new epoch, or empty where the user is gone. Only the consequences of an audit event raise it. */
    public OptionalLong raiseEpoch(Tx tx, UserId id) {
        return store.raiseEpoch(tx, id, clock.instant());
    }

    /**
     * Puts every user of every tenant into an epoch that none can have reached before: for a database that was set back, whose
     * users may have been in later epochs than it knows.
     */
    public void raiseAllEpochs(Tx tx) {
        store.raiseAllEpochs(tx, EPOCHS_BEYOND_REACH, clock.instant());
    }

    /** Whether the status changed; {@code false} where it was so already or the user is gone. */
    public boolean setStatus(Tx tx, UserId id, UserStatus to) {
        UserStatus from = to == UserStatus.ACTIVE ? UserStatus.DISABLED : UserStatus.ACTIVE;
        return store.setStatus(tx, id, from, to, clock.instant());
    }

    /** When the user last said that they want no second factor for now. */
    public Optional<Instant> declinedFactorAt(Sql sql, UserId id) {
        return offers.declinedAt(sql, id);
    }

    public void declineFactor(Tx tx, UserId id) {
        offers.decline(tx, id, clock.instant());
    }

    /** Whether logins ask for a second factor from now on. */
    public void setMfaEnabled(Tx tx, UserId id, boolean enabled) {
        store.setMfaEnabled(tx, id, enabled, clock.instant());
    }

    public void updateProfile(Tx tx, UserId id, Profile profile, String userMetadata) {
        store.updateProfile(tx, id, profile, userMetadata, clock.instant());
    }

    /** Remembers an address that takes the old one's place once it is proved. */
    public void requestEmail(Tx tx, User user, EmailAddress email) {
        emails.putPending(tx, user.id(), user.tenant(), email, clock.instant());
    }

    public void forgetPendingEmail(Tx tx, UserId id) {
        emails.deletePending(tx, id);
    }

    /** Marks the address in force as proved, if it still is {@code folded} and was not proved before. */
    public boolean verifyEmail(Tx tx, UserId id, String folded) {
        return emails.verify(tx, id, folded, clock.instant());
    }

    /**
     * Makes the pending address the one in force; {@code false} where it is not pending any more or was taken meanwhile. A proved
     * address that is left stays out of others' reach for a week, so that "this wasn't me" can bring it back.
     */
    public boolean completeEmailChange(Tx tx, User user, String folded) {
        Instant now = clock.instant();
        Optional<EmailAddress> pending =
                user.pendingEmail().filter(email -> email.folded().equals(folded));
        if (pending.isEmpty()
                || formerOwner(tx, user.tenant(), folded, user.id(), now).isPresent()
                || !emails.replace(tx, user.id(), user.tenant(), pending.get(), now)) {
            return false;
        }
        if (user.emailVerified()) {
            formerEmails.keep(tx, user.id(), user.tenant(), user.email().folded(), now.plus(FORMER_EMAIL_KEPT));
        }
        emails.deletePending(tx, user.id());
        return true;
    }

    /** Whether the user left this address within the last week, and had proved it: only then may it have a say any more. */
    public boolean hasLeft(Sql sql, UserId id, EmailAddress email) {
        return formerEmails.isKeptFor(sql, id, email.folded(), clock.instant());
    }

    /** Deletes a batch of former addresses that are not kept any more. Answers how many. */
    public int reap(Tx tx) {
        return formerEmails.deleteExpired(tx, clock.instant(), REAP_BATCH);
    }

    private Optional<User> formerOwner(Tx tx, TenantId tenant, String folded, UserId except, Instant now) {
        return formerEmails.owner(tx, tenant, folded, except, now).flatMap(owner -> store.byId(tx, owner));
    }

    /** Deletes the user and all that hangs on the row; what was sealed under the user's salt becomes unreadable. */
    public void erase(Tx tx, UserId id) {
        store.delete(tx, id);
    }

    public void addRole(Tx tx, UserId id, TenantId tenant, String role) {
        roles.add(tx, id, tenant, role);
    }

    /** Walks all users. */
    public UserCounts counts(Sql sql, TenantId tenant) {
        return new UserCountStore().counts(sql, tenant);
    }

    /** The active administrators. */
    public List<UserId> administrators(Sql sql, TenantId tenant) {
        return roles.activeWith(sql, tenant, List.of(Roles.ADMIN, Roles.ENTERPRISE_ADMIN));
    }

    /** The active administrators, their rows locked until the end of the transaction. */
    public List<UserId> lockAdministrators(Tx tx, TenantId tenant) {
        return roles.lockActiveWith(tx, tenant, List.of(Roles.ADMIN, Roles.ENTERPRISE_ADMIN));
    }

    /** Puts these roles in the place of all that the user has. */
    public void setRoles(Tx tx, UserId id, TenantId tenant, Set<String> wanted) {
        roles.deleteAll(tx, id);
        wanted.forEach(role -> roles.add(tx, id, tenant, role));
    }

    /** An id for a user to come. */
    public UserId newId() {
        return new UserId(secrets.uuid());
    }

    /** How many users the tenant has. */
    public long count(Sql sql, TenantId tenant) {
        return store.count(sql, tenant);
    }

    /** Whole accounts, as they are imported and exported. */
    public PortableUserService portable() {
        return portable;
    }

    /** The salt that the user's personal data is sealed under. */
    public Optional<byte[]> salt(Sql sql, UserId id) {
        return store.salt(sql, id);
    }

    /** What new tokens and the trail need of many users; who is not there is missing. */
    public Map<UserId, TokenSubject> tokenSubjects(Sql sql, Collection<UserId> ids) {
        return ids.isEmpty() ? Map.of() : store.tokenSubjects(sql, List.copyOf(ids));
    }

    /**
     * Records a decision, unless it is the one in force already. Of each kind the newest {@value #MOST_CONSENTS} are kept; the
     * audit trail has them all.
     *
     * @return whether it was recorded
     */
    public boolean recordConsent(Tx tx, UserId user, Consent consent) {
        boolean inForce = consents.latest(tx, user, consent.kind())
                .filter(latest -> latest.granted() == consent.granted()
                        && latest.version().equals(consent.version()))
                .isPresent();
        if (inForce) {
            return false;
        }
        consents.insert(tx, secrets.uuid(), user, consent);
        consents.keepNewest(tx, user, consent.kind(), MOST_CONSENTS);
        return true;
    }

    /** The decisions of the user, newest first; the first of a kind is in force. */
    public List<Consent> consents(Sql sql, UserId user) {
        return consents.list(sql, user);
    }
}
