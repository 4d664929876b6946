package dev.latchkey.password;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.FieldError;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Hashes, verifies, judges and keeps passwords. What takes a client address waits for the hashing pool, and {@code judge} may
 * also ask the network: call these outside transactions.
 */
public final class PasswordService implements AutoCloseable {
    // One for the process: word lists and the native library are the same for every instance.
    private static final LoadedOnce<Argon2Function> ARGON2 = new LoadedOnce<>(PasswordService::loadArgon2);
    private static final LoadedOnce<Guessability> GUESSABILITY = new LoadedOnce<>(Guessability::new);
    private static final Logger LOG = System.getLogger(PasswordService.class.getName());

    private static final Duration IDLE_TIME = Duration.ofSeconds(10);

    private final PasswordConfig config;
    private final Clock clock;
    private final PasswordStore store = new PasswordStore();
    private final PasswordHasher hasher;
    private final HashingPool pool;
    private final PolicyCheck policyCheck;
    private final StrengthMeter meter;
    private final BreachLookup breaches;

    public PasswordService(PasswordConfig config, Secrets secrets, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.hasher = new PasswordHasher(config.argon2(), secrets, ARGON2);
        this.pool = new HashingPool(config.hashing(), IDLE_TIME, HashingPriority::lower, NativeMemory::release);
        this.policyCheck = new PolicyCheck(GUESSABILITY);
        this.meter = new StrengthMeter(GUESSABILITY, policyCheck);
        this.breaches = new BreachLookup(config.breachUrl(), config.breachTimeout(), clock);
    }

    /**
     * Loads what the first login would wait for. Call once the server answers. The word lists, a dozen megabytes, wait for the
     * first new password.
     */
    public void warm() {
        ARGON2.get();
    }

    /** The policy for new passwords where a path has no other. */
    public PasswordPolicy policy() {
        return config.policy();
    }

    /**
     * Whether {@code password} is right. An absent hash costs the same and never matches, so that a stranger cannot tell an
     * unknown user by the time; so does a hash of an unknown kind.
     *
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public PasswordVerdict verify(Optional<String> storedHash, String password, ClientAddress from) {
        return pool.run(from, () -> hasher.verify(storedHash, password));
    }

    /**
     * A place in the line for {@link #verify(Optional, String, HashingPlace)}, to be taken before anything is looked up.
     *
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public HashingPlace reserve(ClientAddress from) {
        return pool.reserve(from);
    }

    /** The same as {@link #verify(Optional, String, ClientAddress)}, in a place that was taken before. */
    public PasswordVerdict verify(Optional<String> storedHash, String password, HashingPlace place) {
        return pool.run(place, () -> hasher.verify(storedHash, password));
    }

    /**
     * A new hash in PHC form.
     *
     * @param password 1 to 1024 characters
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public String hash(String password, ClientAddress from) {
        return pool.run(from, () -> hasher.hash(password));
    }

    /** A digest under a salt that the caller chooses. */
    byte[] digest(String password, byte[] salt, ClientAddress from) {
        return pool.run(from, () -> hasher.digest(password, salt));
    }

    /**
     * Why a hash from another system cannot be imported; empty where it can. Its scheme is unknown, its form broken, or verifying
     * it at a login would cost more memory or time than one login may.
     */
    public Optional<String> importComplaint(String hash) {
        return StoredHash.complaint(hash);
    }

    /** Why {@code password} may not be set under the configured policy. */
    public PasswordJudgement judge(String field, String password, PasswordOwner owner, ClientAddress from) {
        return judge(config.policy(), field, password, owner, from);
    }

    /**
     * Why {@code password} may not be set.
     *
     * @param field the request field that the errors name
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public PasswordJudgement judge(
            PasswordPolicy policy, String field, String password, PasswordOwner owner, ClientAddress from) {
        List<String> words = words(owner);
        // Measuring takes as long as hashing, so it waits in the same line.
        List<FieldError> errors =
                new ArrayList<>(pool.run(from, () -> policyCheck.errors(policy, field, password, words)));
        if (!errors.isEmpty() || !policy.breachCheck() || !config.breachCheck()) {
            return new PasswordJudgement(errors, BreachAnswer.NOT_ASKED);
        }
        BreachAnswer answer = breaches.look(PasswordHasher.normalised(password));
        if (answer == BreachAnswer.FOUND) {
            errors.add(new FieldError(
                    field,
                    "breached",
                    "This password appeared in a data leak, so it is on attackers' lists. Choose another one, and change it"
                            + " wherever else you use it."));
        }
        return new PasswordJudgement(errors, answer);
    }

    /**
     * How strong {@code password} is, and why it would be refused, under the configured policy; stores and sends nothing.
     *
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public PasswordMeasure measure(String password, PasswordOwner owner, ClientAddress from) {
        List<String> words = words(owner);
        return pool.run(from, () -> meter.measure(config.policy(), password, words));
    }

    /** The user's hash, or empty for an account without a password. */
    public Optional<String> storedHash(Sql sql, UserId user) {
        return store.hash(sql, user);
    }

    /** The hashes that a new password must not match under {@code policy}: the present one and those before it. */
    public List<String> recentHashes(Sql sql, UserId user, PasswordPolicy policy) {
        return policy.history() == 0 ? List.of() : store.recent(sql, user, policy.history());
    }

    /**
     * Whether {@code password} is one of the recent ones.
     *
     * @throws dev.latchkey.core.Problem {@code SERVICE_UNAVAILABLE} with the time to retry after, when too many wait
     */
    public boolean reusesRecent(List<String> recentHashes, String password, ClientAddress from) {
        return !recentHashes.isEmpty()
                && pool.run(
                        from,
                        () -> recentHashes.stream()
                                .anyMatch(hash -> hasher.verify(Optional.of(hash), password)
                                        .matches()));
    }

    /** Makes {@code hash} the user's password and keeps the one before for the history. Lock the user's row first. */
    public void set(Tx tx, UserId user, String hash) {
        long now = clock.millis();
        store.retire(tx, user, now);
        store.put(tx, user, hash, now);
        store.trimHistory(tx, user, Math.max(0, config.policy().history() - 1));
    }

    /** Gives users who have none their first password, as hashes from here or elsewhere; who has one keeps it. */
    public void importAll(Tx tx, Map<UserId, String> hashes) {
        if (!hashes.isEmpty()) {
            store.insertAll(tx, hashes, clock.millis());
        }
    }

    /** The hashes of those users who have a password. */
    public Map<UserId, String> storedHashes(Sql sql, List<UserId> users) {
        return users.isEmpty() ? Map.of() : store.hashes(sql, users);
    }

    /**
     * Stores a better hash of the same password, after {@link PasswordVerdict#needsRehash}.
     *
     * @param expected the hash that was verified
     * @return false where the password was changed meanwhile, and nothing was written
     */
    public boolean upgrade(Tx tx, UserId user, String expected, String better) {
        return store.replace(tx, user, expected, better);
    }

    /** Takes the user's password away; it stays in the history. Does nothing where there is none. */
    public void remove(Tx tx, UserId user) {
        store.retire(tx, user, clock.millis());
        store.delete(tx, user);
    }

    /** Callers waiting for a hashing thread, for metrics. */
    public int waiting() {
        return pool.waiting();
    }

    /** Hashes being computed, for metrics. */
    public int hashing() {
        return pool.running();
    }

    /** Callers refused because too many waited, since the start. */
    public long refused() {
        return pool.refused();
    }

    @Override
    public void close() {
        pool.close();
        breaches.close();
    }

    private List<String> words(PasswordOwner owner) {
        List<String> words = new ArrayList<>(owner.words());
        config.contextWords().forEach(word -> words.add(word.toLowerCase(Locale.ROOT)));
        return words;
    }

    /** The Argon2 implementation of this process; the first call loads it. */
    static Argon2Function argon2() {
        return ARGON2.get();
    }

    private static Argon2Function loadArgon2() {
        try {
            Argon2Function function = new NativeArgon2();
            // The library is only bound by its first use.
            function.digest(Argon2Hash.blank(new Argon2Parameters(8, 1, 1, 16), new byte[16]), new byte[1]);
            return function;
        } catch (LinkageError | RuntimeException e) {
            LOG.log(
                    Level.INFO,
                    "Native Argon2 does not load here, so passwords are hashed in Java, more slowly: {0}",
                    e);
            return new JavaArgon2();
        }
    }
}
