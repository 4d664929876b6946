package dev.latchkey.boot;

import dev.latchkey.admin.UserAdministration;
import dev.latchkey.audit.AuditExport;
import dev.latchkey.audit.AuditVerifier;
import dev.latchkey.audit.Checkpoint;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.VerifyProgress;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.backup.Manifest;
import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Databases;
import dev.latchkey.db.Engine;
import dev.latchkey.db.Migrations;
import dev.latchkey.db.ServerLock;
import dev.latchkey.jose.SignatureAlgorithm;
import dev.latchkey.key.KeyImportService;
import dev.latchkey.key.KeyInfo;
import dev.latchkey.key.KeyUse;
import dev.latchkey.key.ResealReport;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.transfer.FileFormat;
import dev.latchkey.transfer.ImportListener;
import dev.latchkey.transfer.ImportOptions;
import dev.latchkey.transfer.ImportReport;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.User;
import dev.latchkey.user.UserListing;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What an operator does on the command line: the same services as the server's, on the same database, beside a running server or
 * without one. A running server hears of every change within a second.
 */
public final class Operations implements AutoCloseable {
    private static final ClientAddress HERE = new ClientAddress(InetAddress.getLoopbackAddress());

    private final Services services;

    /**
     * Brings the schema forward as a start of the server would, and opens the database.
     *
     * @throws dev.latchkey.core.OperationalException when it cannot be opened or migrated, saying what to do
     */
    public Operations(Configuration configuration, Clock clock) {
        this(migrated(configuration, clock));
    }

    private Operations(Services services) {
        this.services = services;
        services.keys.reload();
    }

    private static Services migrated(Configuration configuration, Clock clock) {
        Migrations.of(configuration.database()).migrate();
        return new Services(configuration, clock);
    }

    /**
     * For what only looks: nothing is migrated, made or sealed.
     *
     * @throws dev.latchkey.core.OperationalException when there is no database of this version, saying what to do
     */
    public static Operations reading(Configuration configuration, Clock clock) {
        return new Operations(new Services(configuration, clock, Databases.openForReading(configuration.database())));
    }

    /**
     * Creates a user; the password passes the same policy as anybody's.
     *
     * @throws dev.latchkey.core.Problem VALIDATION_ERROR with the reasons, USER_EXISTS
     */
    public User createUser(NewUser wanted, String password) {
        PasswordOwner owner = PasswordOwner.of(wanted.email(), wanted.profile().name());
        services.passwords.judge("password", password, owner, HERE).require();
        String hash = services.passwords.hash(password, HERE);
        return services.userAdministration.create(wanted, hash, UserAdministration.byOperator(EventType.USER_CREATED));
    }

    public List<User> users(UserListing listing, int limit) {
        return services.userAdministration.page(TenantId.MAIN, listing, limit);
    }

    /** @throws dev.latchkey.core.Problem NOT_FOUND, CONFLICT for the last administrator */
    public User disable(EmailAddress email) {
        User user = services.userAdministration.find(TenantId.MAIN, email);
        return services.userAdministration.disable(
                TenantId.MAIN, user.id(), UserAdministration.byOperator(EventType.USER_DISABLED));
    }

    /** @throws dev.latchkey.core.Problem NOT_FOUND */
    public User enable(EmailAddress email) {
        User user = services.userAdministration.find(TenantId.MAIN, email);
        return services.userAdministration.enable(
                TenantId.MAIN, user.id(), UserAdministration.byOperator(EventType.USER_ENABLED));
    }

    /** @throws dev.latchkey.core.Problem NOT_FOUND */
    public User unlock(EmailAddress email) {
        User user = services.userAdministration.find(TenantId.MAIN, email);
        return services.userAdministration.unlock(
                TenantId.MAIN, user.id(), UserAdministration.byOperator(EventType.USER_UNLOCKED));
    }

    /**
     * Takes users in from a file; leaves a server on the same SQLite file its turns.
     *
     * @throws dev.latchkey.transfer.UserFileException when nothing of the file can be used
     * @throws IOException when it cannot be read on; what was taken stays
     */
    public ImportReport importUsers(InputStream file, FileFormat format, ImportOptions options, ImportListener listener)
            throws IOException {
        return services.userImport.run(TenantId.MAIN, file, format, options, listener);
    }

    /** Counts accounts, second factors, and the events of the time before now. */
    public UsageReport report(Duration back) {
        Instant now = services.clock.instant();
        Instant since = now.minus(back);
        return services.database.read(sql -> new UsageReport(
                now,
                services.users.counts(sql, TenantId.MAIN),
                new UsageReport.SecondFactors(
                        services.totp.users(sql),
                        services.passkeys.users(sql),
                        services.phones.users(sql),
                        SecondFactorOwners.administratorsWithout(services, sql)),
                since,
                services.auditReader.counts(sql, TenantId.MAIN, since)));
    }

    /** How many users {@link #exportUsers} will write. */
    public long countUsers() {
        return services.userExport.count(TenantId.MAIN);
    }

    /** Writes every user and puts on record that it was done. Answers how many. */
    public long exportUsers(Writer out, FileFormat format, boolean hashes, LongConsumer progress) throws IOException {
        return services.userExport.write(TenantId.MAIN, out, format, hashes, progress);
    }

    /** Backs the database up; SQLite only. A running server goes on. */
    public Manifest backUp(Path target, String version, Map<String, String> settings, Progress progress)
            throws IOException {
        return new BackupTaking(services, version, settings).into(target, progress);
    }

    /** Whether a server holds this data folder now, which on SQLite means that it waits while others write. */
    public boolean besideServer() {
        return services.database.engine() == Engine.SQLITE
                && ServerLock.isTaken(services.configuration.database().dataDirectory());
    }

    public List<KeyInfo> keys() {
        return services.keys.list();
    }

    /** Publishes the next token key, or with {@code now} signs with it at once. */
    public KeyInfo rotateKey(boolean now) {
        services.keys.start();
        return now ? services.keys.rotateNow(KeyUse.TOKEN) : services.keys.rotate(KeyUse.TOKEN);
    }

    /**
     * Emergency: nothing the key signed is accepted any more; another signs from now on.
     *
     * @throws dev.latchkey.core.Problem NOT_FOUND
     */
    public KeyInfo cutOffKey(String kid) {
        return services.keys.cutOff(kid);
    }

    /** Takes over a key of a former system; {@link KeyImportService} says what is refused. */
    public KeyImportService keyImports() {
        return services.keyImports;
    }

    /** What access tokens are signed with. */
    public SignatureAlgorithm tokenAlgorithm() {
        return services.configuration.keys().algorithm();
    }

    /** Moves the database to the configured master key and seals anew what is under another. */
    public ResealReport reseal(ResealReport.Progress progress) {
        return services.masterKeys.reseal(services.sealedTables(), progress);
    }

    /** Proves the trail; writes nothing. */
    public VerifyReport verifyAudit(Optional<Checkpoint> held, VerifyProgress progress) {
        return new AuditVerifier(services.database, new AuditKeys(services.keys), services.clock)
                .verify(held, progress);
    }

    /** How many events {@link #exportAudit} will write, but for those that come meanwhile. */
    public long countAudit() {
        return services.auditReader.count();
    }

    /** Writes the whole trail as lines of JSON and puts on record that it was exported. Answers how many events. */
    public long exportAudit(Writer out, LongConsumer progress) throws IOException {
        services.database.tx(tx -> {
            services.audit.record(
                    tx, UserAdministration.byOperator(EventType.AUDIT_EXPORTED).with(Detail.COMMAND, "audit export"));
            return tx;
        });
        services.auditSealer.seal();
        return new AuditExport(services.database, services.auditReader, new AuditKeys(services.keys))
                .write(out, progress);
    }

    @Override
    public void close() {
        services.close();
    }
}
