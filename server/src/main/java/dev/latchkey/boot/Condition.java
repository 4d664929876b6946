package dev.latchkey.boot;

import dev.latchkey.audit.AuditVerifier;
import dev.latchkey.audit.VerifyReport;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Database;
import dev.latchkey.db.DatabaseFacts;
import dev.latchkey.db.Databases;
import dev.latchkey.key.KeyInfo;
import dev.latchkey.key.MasterKeyService;
import dev.latchkey.outbox.OutboxCounts;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** What the database of an installation tells about its condition. Only reads, so it may be asked beside a running server. */
public final class Condition implements AutoCloseable {
    /**
     * How the master key stands.
     *
     * @param inForce the id of the one that seals
     * @param wanted the id of the configured one
     * @param needed ids of former ones that a reseal has not done with
     * @param stale values under other keys than the one in force
     */
    public record MasterKeys(String inForce, String wanted, List<String> needed, long stale) {}

    private final Services services;
    private final DatabaseFacts facts;

    private Condition(Services services) {
        this.services = services;
        this.facts = new DatabaseFacts(
                services.database, services.configuration.database().address());
        services.keys.reload();
    }

    /**
     * Empty where no server has used the database yet.
     *
     * @throws dev.latchkey.core.OperationalException when it cannot be opened, saying what to do
     * @throws dev.latchkey.config.SettingsException when its master key is missing
     */
    public static Optional<Condition> of(Configuration configuration, Clock clock) {
        Database database = Databases.openForReading(configuration.database());
        try {
            if (!MasterKeyService.isRecorded(database)) {
                database.close();
                return Optional.empty();
            }
            return Optional.of(new Condition(new Services(configuration, clock, database)));
        } catch (RuntimeException failed) {
            database.close();
            throw failed;
        }
    }

    public DatabaseFacts facts() {
        return facts;
    }

    public List<KeyInfo> keys() {
        return services.keys.list();
    }

    public MasterKeys masterKeys() {
        return new MasterKeys(
                services.sealer.keyId(),
                services.sealer.wantedKeyId(),
                services.masterKeys.needed(),
                services.masterKeys.stale(services.sealedTables()));
    }

    /** How many active administrators there are. */
    public int administrators() {
        return services.database
                .read(sql -> services.users.administrators(sql, TenantId.MAIN))
                .size();
    }

    /** How many of them have no second factor. */
    public int administratorsWithoutSecondFactor() {
        return Math.toIntExact(services.database.read(sql -> SecondFactorOwners.administratorsWithout(services, sql)));
    }

    public OutboxCounts outbox() {
        return services.outbox.counts();
    }

    /** The newest blocks of the audit trail. */
    public VerifyReport newestAudit(int blocks) {
        return new AuditVerifier(services.database, new AuditKeys(services.keys), services.clock).verifyNewest(blocks);
    }

    @Override
    public void close() {
        services.close();
    }
}
