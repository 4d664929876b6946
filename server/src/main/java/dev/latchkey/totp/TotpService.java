package dev.latchkey.totp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.TenantId;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.core.TypedCode;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Resealed;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Sets authenticator apps up, and accepts each of their codes once. */
public final class TotpService {
    /** How long a setup waits for its first code. */
    public static final Duration SETUP_LIFETIME = Duration.ofMinutes(10);

    /** A setup that is over is remembered a little longer, so that its owner is told so and not that there was none. */
    private static final int RESEAL_BATCH = 200;

    private static final Duration REMEMBERED = Duration.ofMinutes(30);

    private static final EntryKind SETUPS = new EntryKind("totp-setup", 100_000);

    private final TotpConfig config;
    private final ExpiringStore setups;
    private final Sealer sealer;
    private final UserSalts salts;
    private final Secrets secrets;
    private final Clock clock;
    private final TotpStore store = new TotpStore();

    public TotpService(
            TotpConfig config, ExpiringStore setups, Sealer sealer, UserSalts salts, Secrets secrets, Clock clock) {
        this.config = config;
        this.setups = setups;
        this.sealer = sealer;
        this.salts = salts;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * Makes a seed and keeps it, sealed, until its first code; a setup of the user that still waits is forgotten. Call outside
     * a transaction.
     *
     * @param accountName what the app shows beside the issuer, such as the e-mail address
     * @param deviceName 1 to {@link TotpDevice#MAX_NAME} characters, checked by the caller
     * @throws dev.latchkey.core.Problem SERVICE_UNAVAILABLE when too many setups wait
     */
    public TotpSetup begin(TenantId tenant, UserId user, String accountName, String deviceName) {
        byte[] seed = secrets.bytes(config.algorithm().seedBytes());
        SealedSetup setup = new SealedSetup(
                new TotpDeviceId(secrets.uuid()),
                tenant,
                deviceName,
                config.algorithm(),
                config.digits(),
                seed,
                clock.instant().plus(SETUP_LIFETIME));
        setups.put(SETUPS, user.value(), setup.seal(sealer, user).sealed(), REMEMBERED);
        return setup(seed, config.algorithm(), config.digits(), accountName);
    }

    /** The setup that waits for {@link #enrol}. Call outside a transaction. */
    public Optional<PendingTotp> pending(UserId user) {
        return setups.get(SETUPS, user.value()).map(setup -> new PendingTotp(user, setup));
    }

    /**
     * The same setup under another name.
     *
     * @param name 1 to {@link TotpDevice#MAX_NAME} characters, checked by the caller; empty leaves it as it is
     */
    public PendingTotp named(PendingTotp pending, Optional<String> name) {
        return name.map(other -> SealedSetup.open(sealer, pending).named(other).seal(sealer, pending.user()))
                .orElse(pending);
    }

    /**
     * The setup that waits, for whoever knows its secret already. Call outside a transaction.
     *
     * @param secret in Base32
     * @param accountName as at {@link #begin}
     */
    public Optional<TotpSetup> again(UserId user, String secret, String accountName) {
        return pending(user)
                .map(setup -> SealedSetup.open(sealer, setup))
                .filter(setup -> clock.instant().isBefore(setup.expiresAt()))
                .filter(setup ->
                        MessageDigest.isEqual(Base32.encode(setup.seed()).getBytes(UTF_8), secret.getBytes(UTF_8)))
                .map(setup -> setup(setup.seed(), setup.algorithm(), setup.digits(), accountName));
    }

    private TotpSetup setup(byte[] seed, TotpAlgorithm algorithm, int digits, String accountName) {
        String secret = Base32.encode(seed);
        String url = OtpauthUrl.of(config.issuer(), accountName, secret, algorithm, digits);
        return new TotpSetup(secret, url, SETUP_LIFETIME);
    }

    /**
     * Makes the setup a device, and spends the code that proved it. A setup becomes one device, however often this is called.
     * The caller has locked the user's row ({@code UserService.guard}), and calls {@link #discard} once this is committed.
     *
     * @param pending from {@link #pending}; empty answers {@link EnrolOutcome.NoPendingSetup}
     */
    public EnrolOutcome enrol(Tx tx, Optional<PendingTotp> pending, String code) {
        if (pending.isEmpty()) {
            return new EnrolOutcome.NoPendingSetup();
        }
        UserId user = pending.get().user();
        SealedSetup setup = SealedSetup.open(sealer, pending.get());
        Instant now = clock.instant();
        if (!now.isBefore(setup.expiresAt())) {
            return new EnrolOutcome.SetupExpired();
        }
        OptionalLong step = new TotpGenerator(setup.algorithm(), setup.seed(), setup.digits())
                .match(TypedCode.plain(code), TotpGenerator.stepAt(now), config.window());
        if (step.isEmpty()) {
            return new EnrolOutcome.WrongCode();
        }
        if (store.count(tx, user) >= config.maxDevices()) {
            return new EnrolOutcome.TooManyDevices(config.maxDevices());
        }
        return insert(tx, user, setup, step.getAsLong(), now);
    }

    private EnrolOutcome insert(Tx tx, UserId user, SealedSetup setup, long step, Instant now) {
        Optional<byte[]> salt = salts.of(tx, user);
        if (salt.isEmpty()) {
            return new EnrolOutcome.NoPendingSetup();
        }
        TotpDevice device =
                new TotpDevice(setup.id(), setup.name(), setup.algorithm(), setup.digits(), now, Optional.empty());
        byte[] seed =
                sealer.sealFor(salt.get(), SealPurpose.TOTP_SEED, place(setup.tenant(), setup.id()), setup.seed());
        return store.insert(tx, user, new TotpStore.Row(device, setup.tenant(), seed), step)
                ? new EnrolOutcome.Enrolled(device)
                : new EnrolOutcome.NoPendingSetup();
    }

    /** Forgets the setup that waits. Call outside a transaction. */
    public void discard(UserId user) {
        setups.remove(SETUPS, user.value());
    }

    /** Accepts a code of any of the user's devices, once. */
    public TotpOutcome verify(Tx tx, UserId user, String code) {
        Optional<byte[]> salt = salts.of(tx, user);
        if (salt.isEmpty()) {
            return new TotpOutcome.Wrong();
        }
        String plain = TypedCode.plain(code);
        Instant now = clock.instant();
        TotpOutcome outcome = new TotpOutcome.Wrong();
        for (TotpStore.Row row : store.list(tx, user)) {
            OptionalLong step = generator(salt.get(), row).match(plain, TotpGenerator.stepAt(now), config.window());
            if (step.isPresent() && !(outcome instanceof TotpOutcome.Replayed)) {
                // Where two devices happen to show the same code it is spent on both, or it would be good twice.
                outcome = spend(tx, user, row.device(), step.getAsLong(), now);
            }
        }
        return outcome;
    }

    private TotpOutcome spend(Tx tx, UserId user, TotpDevice device, long step, Instant now) {
        return store.spend(tx, user, device.id(), step, now)
                ? new TotpOutcome.Accepted(device.id(), device.name())
                : new TotpOutcome.Replayed(device.id(), device.name());
    }

    private TotpGenerator generator(byte[] salt, TotpStore.Row row) {
        TotpDevice device = row.device();
        byte[] seed = sealer.openFor(salt, SealPurpose.TOTP_SEED, place(row.tenant(), device.id()), row.seed());
        return new TotpGenerator(device.algorithm(), seed, device.digits());
    }

    /** The user's devices, oldest first. */
    public List<TotpDevice> devices(Sql sql, UserId user) {
        return store.list(sql, user).stream().map(TotpStore.Row::device).toList();
    }

    public boolean enrolled(Sql sql, UserId user) {
        return store.exists(sql, user);
    }

    /** How many users have an app. */
    public long users(Sql sql) {
        return store.users(sql);
    }

    /**
     * @param name 1 to {@link TotpDevice#MAX_NAME} characters, checked by the caller
     * @return whether the user has this device
     */
    public boolean rename(Tx tx, UserId user, TotpDeviceId device, String name) {
        return store.rename(tx, user, device, name);
    }

    /** Answers the name of the device that was removed; empty where the user has no such. */
    public Optional<String> remove(Tx tx, UserId user, TotpDeviceId device) {
        return store.delete(tx, user, device);
    }

    /** Answers how many there were. */
    public int removeAll(Tx tx, UserId user) {
        return store.deleteOfUser(tx, user);
    }

    /** Seeds under another master key than the current one. */
    public long stale(Sql sql) {
        return store.stale(sql, sealer.prefix());
    }

    /** Seals a batch of them anew. */
    public Resealed reseal(Tx tx, String after) {
        List<TotpStore.SealedSeed> rows = store.stale(tx, sealer.prefix(), after, RESEAL_BATCH);
        return Resealed.batch(
                rows,
                RESEAL_BATCH,
                row -> salts.of(tx, row.user())
                        .map(salt -> store.reseal(
                                tx,
                                row,
                                sealer.resealFor(
                                        salt, SealPurpose.TOTP_SEED, place(row.tenant(), row.device()), row.blob())))
                        .orElse(false),
                row -> row.device().value());
    }

    private static String place(TenantId tenant, TotpDeviceId device) {
        return tenant.value() + "|totp_device|seed|" + device.value();
    }
}
