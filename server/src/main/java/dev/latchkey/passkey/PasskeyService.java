package dev.latchkey.passkey;

import dev.latchkey.core.PasskeyId;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.ephemeral.ExpiringStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Passkeys and their ceremonies. What begins or verifies a ceremony is called outside a transaction and may throw
 * {@link dev.latchkey.core.Problem} {@code SERVICE_UNAVAILABLE}; what records its result takes the caller's. Every refusal is a
 * result, also of what cannot be read.
 */
public final class PasskeyService {
    /** What a passkey is called that nobody gave a name and whose model is unknown. */
    public static final String UNNAMED = "Passkey";

    private final PasskeyConfig config;
    private final Database database;
    private final PasskeyStore store = new PasskeyStore();
    private final Ceremonies ceremonies;
    private final BrowserOptions options;
    private final Metadata metadata;
    private final Secrets secrets;
    private final Clock clock;
    private final AtomicBoolean warming = new AtomicBoolean();
    private volatile @Nullable CeremonyVerifier verifier;

    public PasskeyService(
            PasskeyConfig config, Database database, ExpiringStore ephemeral, Secrets secrets, Clock clock) {
        this.config = config;
        this.database = database;
        this.ceremonies = new Ceremonies(ephemeral, secrets, config.timeout());
        this.options = new BrowserOptions(config);
        this.metadata = new Metadata(config.metadataFile(), config.metadataRoot(), clock);
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Whether browsers can use passkeys here at all: not where the public URL names an address instead of a domain. */
    public boolean available() {
        return config.available();
    }

    /**
     * Begins a registration; an unfinished one of the same user is void from now on.
     *
     * @param binding what must be the same when the answer comes, such as the session's id; may be empty
     */
    public RegistrationStart beginRegistration(PasskeyOwner owner, String binding) {
        List<Passkey> existing = database.read(sql -> store.ofUser(sql, owner.user()));
        if (existing.size() >= config.perUser()) {
            return new RegistrationStart.TooMany(config.perUser());
        }
        Ceremonies.Begun begun = ceremonies.register(owner, binding);
        warmUp();
        return new RegistrationStart.Started(begun.sessionId(), options.creation(owner, existing, begun));
    }

    /** Verifies the browser's answer, whose ceremony is spent by it whatever it says. */
    public RegistrationCheck verifyRegistration(
            TenantId tenant, UserId user, String sessionId, String binding, RegistrationResponse answer) {
        Optional<Ceremony.Registration> ceremony = ceremonies.takeRegistration(tenant, user, sessionId);
        if (ceremony.isEmpty()) {
            return new RegistrationCheck.Refused(PasskeyRefusal.NO_CEREMONY);
        }
        if (!Ceremonies.isBoundTo(ceremony.get(), binding)) {
            return new RegistrationCheck.Refused(PasskeyRefusal.OTHER_BINDING);
        }
        try {
            return new RegistrationCheck.Verified(verifier().verify(ceremony.get(), answer));
        } catch (CeremonyRefused refused) {
            return new RegistrationCheck.Refused(refused.refusal());
        }
    }

    /**
     * Stores a verified passkey. The caller holds the user's row, or two registrations at once could pass the limit.
     *
     * @param name how the user tells it from others; empty names it after its model
     * @param unnamed what it is called where its model is unknown too
     */
    public RegistrationOutcome register(Tx tx, NewPasskey verified, Optional<String> name, String unnamed) {
        PasskeyId id = new PasskeyId(secrets.uuid());
        String called = name.or(verified::modelName).orElse(unnamed);
        boolean stored = store.insert(tx, id, verified, called, config.perUser(), clock.instant());
        if (stored) {
            return new RegistrationOutcome.Registered(
                    store.byId(tx, verified.user(), id).orElseThrow());
        }
        boolean full = store.ofUser(tx, verified.user()).size() >= config.perUser();
        return new RegistrationOutcome.Refused(full ? PasskeyRefusal.TOO_MANY : PasskeyRefusal.ALREADY_REGISTERED);
    }

    /** Begins an authentication. */
    public AuthenticationStart beginAuthentication(AuthenticationWish wish) {
        List<Passkey> allowed = wish.user()
                .map(user -> database.read(sql -> store.ofUser(sql, user)))
                .orElse(List.of());
        Ceremonies.Begun begun = ceremonies.authenticate(wish);
        if (verifier == null && (!allowed.isEmpty() || database.read(store::any))) {
            warmUp();
        }
        return new AuthenticationStart(begun.sessionId(), options.request(wish, allowed, begun));
    }

    /**
     * Verifies the browser's answer, whose ceremony is spent by it whatever it says. Lets nobody in:
     * {@link #authenticate} does.
     */
    public AuthenticationCheck verifyAuthentication(
            TenantId tenant, String sessionId, String binding, AuthenticationResponse answer) {
        Optional<Ceremony.Authentication> taken = ceremonies
                .takeAuthentication(sessionId)
                .filter(it -> it.tenant().equals(tenant));
        if (taken.isEmpty()) {
            return AuthenticationCheck.Refused.of(PasskeyRefusal.NO_CEREMONY);
        }
        Ceremony.Authentication ceremony = taken.get();
        if (!Ceremonies.isBoundTo(ceremony, binding)) {
            return new AuthenticationCheck.Refused(PasskeyRefusal.OTHER_BINDING, ceremony.user(), Optional.empty());
        }
        return verified(ceremony, answer);
    }

    /**
     * Records the use and lets the user in, unless the passkey is gone or its counter did not grow: then two copies of the key
     * seem to exist, and it is refused from now on. That must commit too.
     */
    public AuthenticationOutcome authenticate(Tx tx, VerifiedPasskey verified) {
        if (store.recordUse(tx, verified, clock.instant())) {
            return new AuthenticationOutcome.Accepted(
                    verified.user(), verified.passkey(), verified.userVerified(), verified.backedUp());
        }
        Optional<Passkey> passkey = store.byId(tx, verified.user(), verified.passkey());
        if (passkey.isEmpty()) {
            return refused(PasskeyRefusal.UNKNOWN_PASSKEY, verified);
        }
        if (passkey.get().cloneSuspectedAt().isPresent()) {
            return refused(PasskeyRefusal.CLONE_SUSPECTED, verified);
        }
        store.suspectClone(tx, verified.user(), verified.passkey(), clock.instant());
        return refused(PasskeyRefusal.COUNTER, verified);
    }

    /** The user's passkeys, oldest first. */
    public List<Passkey> list(Sql sql, UserId user) {
        return store.ofUser(sql, user);
    }

    /**
     * Whether the user has any passkey, also one that is refused: an account is not less protected because its key was copied.
     */
    public boolean enrolled(Sql sql, UserId user) {
        return store.hasAny(sql, user);
    }

    /** How many users have one. */
    public long users(Sql sql) {
        return store.users(sql);
    }

    /** What the metadata says of a model; empty where none is configured or it does not know the model. Outside a transaction. */
    public Optional<AuthenticatorModel> model(Aaguid aaguid) {
        return metadata.entry(aaguid.value()).map(MetadataBlob.Entry::model);
    }

    /** Whether the user has such a passkey. */
    public boolean rename(Tx tx, UserId user, PasskeyId id, String name) {
        return store.rename(tx, user, id, name);
    }

    /** What was removed, or empty where the user has no such passkey. */
    public Optional<Passkey> remove(Tx tx, UserId user, PasskeyId id) {
        return store.delete(tx, user, id);
    }

    /** How many there were. */
    public int removeAll(Tx tx, UserId user) {
        return store.deleteOfUser(tx, user);
    }

    private AuthenticationCheck verified(Ceremony.Authentication ceremony, AuthenticationResponse answer) {
        Optional<UserId> user = ceremony.user();
        Optional<PasskeyId> passkey = Optional.empty();
        try {
            byte[] id = AnswerBytes.credentialId(answer.id(), answer.rawId(), answer.type());
            StoredPasskey stored = find(ceremony.tenant(), id);
            passkey = Optional.of(stored.passkey().id());
            requireOwner(ceremony, stored, answer.response().userHandle());
            user = Optional.of(stored.passkey().user());
            CeremonyRefused.unless(stored.passkey().rpId().equals(config.rpId()), PasskeyRefusal.RP_ID);
            VerifiedPasskey verified = verifier().verify(ceremony, stored, answer);
            CeremonyRefused.unless(stored.passkey().cloneSuspectedAt().isEmpty(), PasskeyRefusal.CLONE_SUSPECTED);
            return new AuthenticationCheck.Verified(verified);
        } catch (CeremonyRefused refused) {
            return new AuthenticationCheck.Refused(refused.refusal(), user, passkey);
        }
    }

    private StoredPasskey find(TenantId tenant, byte[] credentialId) {
        String canonical = Base64UrlText.encode(credentialId);
        return database.read(sql -> store.byCredential(sql, tenant, canonical))
                .orElseThrow(() -> new CeremonyRefused(PasskeyRefusal.UNKNOWN_PASSKEY));
    }

    /** Who begins without a name is named by the handle alone, so there it must be present (WebAuthn section 7.2 step 6). */
    private static void requireOwner(
            Ceremony.Authentication ceremony, StoredPasskey stored, Optional<String> userHandle) {
        boolean expected = ceremony.user().map(stored.passkey().user()::equals).orElse(true);
        CeremonyRefused.unless(expected, PasskeyRefusal.OTHER_USER);
        boolean named = userHandle
                .map(handle ->
                        Base64UrlText.encode(Base64UrlText.decode(handle)).equals(stored.userHandle()))
                .orElse(ceremony.user().isPresent());
        CeremonyRefused.unless(named, PasskeyRefusal.USER_HANDLE);
    }

    private static AuthenticationOutcome refused(PasskeyRefusal refusal, VerifiedPasskey verified) {
        return new AuthenticationOutcome.Refused(refusal, verified.user(), verified.passkey());
    }

    /** Loads the library while the person looks for the key: that takes a second, and longer on a busy machine. */
    private void warmUp() {
        if (verifier == null && warming.compareAndSet(false, true)) {
            Thread.ofVirtual().name("passkey-warm-up").start(() -> verifier().rehearse());
        }
    }

    private CeremonyVerifier verifier() {
        CeremonyVerifier made = verifier;
        if (made != null) {
            return made;
        }
        synchronized (this) {
            CeremonyVerifier raced = verifier;
            if (raced != null) {
                return raced;
            }
            CeremonyVerifier fresh = new CeremonyVerifier(config, metadata, clock);
            verifier = fresh;
            return fresh;
        }
    }
}
