package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditReader;
import dev.latchkey.audit.AuditSealer;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.CheckpointSigner;
import dev.latchkey.audit.LimitHits;
import dev.latchkey.change.ChangeLog;
import dev.latchkey.config.Profile;
import dev.latchkey.core.Version;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Databases;
import dev.latchkey.db.TracedDatabase;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import dev.latchkey.ephemeral.SqlExpiringStore;
import dev.latchkey.grant.RefreshService;
import dev.latchkey.jose.SignatureProvider;
import dev.latchkey.jose.SigningKey;
import dev.latchkey.key.KeyImportService;
import dev.latchkey.key.KeyService;
import dev.latchkey.key.KeyUse;
import dev.latchkey.key.MasterKeyService;
import dev.latchkey.key.ResealService;
import dev.latchkey.key.SealedTable;
import dev.latchkey.lease.Leases;
import dev.latchkey.lifecycle.Aftermath;
import dev.latchkey.lifecycle.Endings;
import dev.latchkey.lifecycle.MailboxProof;
import dev.latchkey.lifecycle.SecondFactorRemoval;
import dev.latchkey.lifecycle.SecurityMails;
import dev.latchkey.lifecycle.SecurityTexts;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.mail.DevelopmentMailbox;
import dev.latchkey.mail.MailDelivery;
import dev.latchkey.mail.MailRenderer;
import dev.latchkey.mail.MailTransport;
import dev.latchkey.mail.SmtpTransport;
import dev.latchkey.mail.UnprovedMail;
import dev.latchkey.metrics.Counter;
import dev.latchkey.metrics.Metrics;
import dev.latchkey.otp.BackupCodes;
import dev.latchkey.otp.LinkService;
import dev.latchkey.otp.LoginCodes;
import dev.latchkey.outbox.Delivery;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.passkey.PasskeyService;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.phone.PhoneService;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.redis.Redis;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.SessionService;
import dev.latchkey.sms.GatewayTransport;
import dev.latchkey.sms.SmsDelivery;
import dev.latchkey.sms.SmsRenderer;
import dev.latchkey.sms.SmsTransport;
import dev.latchkey.totp.TotpService;
import dev.latchkey.trace.Tracer;
import dev.latchkey.transfer.UserExport;
import dev.latchkey.transfer.UserImport;
import dev.latchkey.user.UserDirectory;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The features, wired, without any HTTP: what the server serves and what commands call. Opens the database; starts nothing in the
 * background.
 */
public final class Services implements AutoCloseable {
    /**
     * Clocks of two machines may differ by a minute, verifiers allow half a minute more, and a token is signed a moment after its
     * transaction; what is revoked must be known for longer than all of it.
     */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

    final Configuration configuration;
    final Clock clock;
    final Secrets secrets;
    final Metrics metrics = new Metrics();
    final Tracer tracer;
    final Database database;
    final Sealer sealer;
    final ChangeLog changes;
    final Leases leases;
    /** Short-lived state of this node alone. */
    final MemoryExpiringStore nodeMemory;
    /** Short-lived state that all nodes share. */
    final ExpiringStore ephemeral;
    /** Counts that only bound load: shared where that costs no write to the database. */
    final ExpiringStore volume;
    /** Connected to by the server alone; a command has no use for it. */
    final Optional<Redis> redis;

    final UserService users;
    final UserDirectory directory;
    final PasswordService passwords;
    final SignUpAttemptService signUpAttempts;
    final LockoutService lockout;
    final SessionService sessions;
    final KnownDevices devices;
    final RefreshService refresh;
    final LinkService links;
    final TotpService totp;
    final BackupCodes backupCodes;
    final MailboxProof mailboxProof;
    final LoginCodes loginCodes;
    final PhoneService phones;
    final RecoveryService recoveries;
    final PasskeyService passkeys;
    final Optional<DevelopmentMailbox> mailbox;
    final MailRenderer mailRenderer;
    final SmsDelivery sms;
    final Outbox outbox;
    final UnprovedMail unprovedMail;
    final AuditService audit;
    final LimitHits limitHits;
    final AuditSealer auditSealer;
    final AuditReader auditReader;
    final KeyService keys;
    final KeyImportService keyImports;
    final ResealService masterKeys;
    final UserAdministration userAdministration;
    final UserImport userImport;
    final UserExport userExport;

    private final List<AutoCloseable> opened = new ArrayList<>();

    /** @throws dev.latchkey.config.SettingsException when the master key is missing or wrong */
    public Services(Configuration configuration, Clock clock) {
        this(configuration, clock, Databases.open(configuration.database()));
    }

    /** On a database that was opened already; tests give one that fails or counts. Closing closes it. */
    Services(Configuration configuration, Clock clock, Database untraced) {
        this.configuration = configuration;
        this.clock = clock;
        this.secrets = new Secrets(clock);
        this.tracer = closing(Tracer.of(configuration.tracing(), Version.current(), metrics, clock));
        this.database = closing(tracer.isOn() ? new TracedDatabase(untraced) : untraced);
        this.sealer = new MasterKeyService(
                        configuration.masterKey(),
                        database,
                        configuration.database().dataDirectory(),
                        secrets,
                        clock)
                .open();
        this.changes = closing(new ChangeLog(database, clock));
        this.leases = closing(new Leases(database, secrets.uuid()));
        this.nodeMemory = closing(new MemoryExpiringStore(clock));
        this.redis = configuration.redis().map(config -> closing(new Redis(config, clock)));
        this.ephemeral = redis.map(Redis::store).orElseGet(this::ephemeralInDatabase);
        this.volume = redis.map(there -> there.storeOr(nodeMemory)).orElse(nodeMemory);
        this.users = new UserService(database.engine(), secrets, clock);
        this.directory = new UserDirectory(database, users);
        this.passwords = closing(new PasswordService(configuration.passwords(), secrets, clock));
        this.signUpAttempts =
                new SignUpAttemptService(passwords, subject -> sealer.keyedHash("sign-up-attempt", subject), clock);
        this.lockout =
                new LockoutService(configuration.lockout(), subject -> sealer.keyedHashes("lockout", subject), clock);
        this.sessions = new SessionService(configuration.sessions(), secrets, clock);
        this.devices = new KnownDevices(secrets, clock);
        this.refresh = new RefreshService(configuration.grants(), sealer, secrets, clock);
        this.links = new LinkService(secrets, clock);
        this.totp = new TotpService(configuration.totp(), ephemeral, sealer, users::salt, secrets, clock);
        this.backupCodes = new BackupCodes(configuration.otp(), sealer, secrets, clock);
        this.passkeys = new PasskeyService(configuration.passkeys(), database, ephemeral, secrets, clock);
        this.recoveries = new RecoveryService(configuration.recovery(), clock);
        this.loginCodes = new LoginCodes(sealer, secrets, clock);
        this.phones = new PhoneService(clock);
        this.mailbox = configuration.profile() == Profile.DEVELOPMENT
                ? Optional.of(new DevelopmentMailbox(clock))
                : Optional.empty();
        this.mailRenderer = new MailRenderer(
                configuration.pages(),
                configuration.mail(),
                configuration.http().effectivePublicUrl());
        this.sms = smsDelivery();
        this.outbox = closing(new Outbox(
                database, sealer, secrets, clock, Map.of(MailDelivery.KIND, mailDelivery(), SmsDelivery.KIND, sms)));
        this.unprovedMail = new UnprovedMail(sealer, clock);
        this.auditSealer = closing(new AuditSealer(database, clock, this::signCheckpoint, configuration.audit()));
        Counter events = metrics.counter(
                "latchkey_security_events_total",
                "Audited events by name, logins and their failures among them.",
                "name");
        this.audit = new AuditService(secrets, sealer, users::salt, aftermath(), type -> {
            events.increment(type.eventName());
            auditSealer.rowWaiting();
        });
        this.limitHits = closing(new LimitHits(database, audit, sealer, clock));
        this.mailboxProof = new MailboxProof(users, passwords, signUpAttempts, totp, passkeys, phones, audit);
        this.auditReader = new AuditReader(database, sealer, users::salt);
        KeyEvents keyEvents = new KeyEvents(changes, audit, clock);
        this.keys = new KeyService(
                database,
                sealer,
                new SignatureProvider(configuration.keys().signatureProvider()),
                configuration.keys(),
                tokenLifetime(),
                keyEvents::changed,
                clock);
        this.keyImports = new KeyImportService(
                database, sealer, keys, configuration.keys(), tokenLifetime(), keyEvents::imported, clock);
        this.masterKeys = new ResealService(database, sealer, keyEvents::masterKeyChanged, clock);
        this.userAdministration =
                new UserAdministration(database, users, passwords, links, recoveries, outbox, audit, clock);
        this.userImport = new UserImport(database, users, passwords, audit, clock);
        this.userExport = new UserExport(database, users, passwords, audit);
    }

    /** Every table with sealed values; the audit trail, which stays as it was written, is not among them. */
    List<SealedTable> sealedTables() {
        return List.of(
                new SealedTable("signing keys", keys::stale, keys::reseal),
                new SealedTable("authenticator seeds", totp::stale, totp::reseal),
                new SealedTable("queued messages", outbox::stale, outbox::reseal),
                new SealedTable("repeatable refresh tokens", refresh::stale, refresh::reseal));
    }

    private ExpiringStore ephemeralInDatabase() {
        return switch (database.engine()) {
            case SQLITE -> nodeMemory;
            case POSTGRESQL -> closing(new SqlExpiringStore(database, clock));
        };
    }

    /** How long after its end a session's last access token may still be presented somewhere. */
    private Duration tokenLifetime() {
        return configuration.tokens().accessTtl().plus(CLOCK_SKEW);
    }

    private Aftermath aftermath() {
        Endings endings = new Endings(users, sessions, refresh, links, changes, outbox, tokenLifetime(), clock);
        return new Aftermath(
                configuration.aftermath(),
                users,
                passwords,
                signUpAttempts,
                lockout,
                devices,
                new SecondFactorRemoval(users, totp, backupCodes, passkeys, phones, devices, lockout),
                endings,
                new SecurityMails(
                        outbox,
                        links,
                        unprovedMail,
                        (tenant, policy, key) -> limitHits.hit(tenant, policy, key),
                        clock),
                new SecurityTexts(outbox, phones, sms));
    }

    private Delivery mailDelivery() {
        String application = configuration.pages().applicationName();
        List<MailTransport> transports = new ArrayList<>();
        mailbox.ifPresent(transports::add);
        configuration
                .mail()
                .smtp()
                .ifPresent(server -> transports.add(
                        new SmtpTransport(server, configuration.mail().from().orElseThrow(), application, clock)));
        Delivery delivery = new MailDelivery(mailRenderer, transports);
        return tracer.isOn() ? new TracedDelivery(delivery, tracer, "send mail") : delivery;
    }

    private SmsDelivery smsDelivery() {
        List<SmsTransport> transports = new ArrayList<>();
        mailbox.ifPresent(shown ->
                transports.add(message -> shown.text(message.id(), message.to().value(), message.text())));
        configuration.sms().gateway().ifPresent(gateway -> transports.add(closing(new GatewayTransport(gateway))));
        return new SmsDelivery(
                configuration.sms(),
                new SmsRenderer(configuration.pages(), configuration.http().effectivePublicUrl()),
                transports);
    }

    private CheckpointSigner.Signature signCheckpoint(byte[] content) {
        SigningKey key = keys.signing(KeyUse.AUDIT);
        return new CheckpointSigner.Signature(key.kid(), key.sign(content));
    }

    private <T extends AutoCloseable> T closing(T service) {
        opened.add(service);
        return service;
    }

    @Override
    public void close() {
        Closing.inReverse(opened);
    }
}
