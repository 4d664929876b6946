package dev.latchkey.audit;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** An audit trail on a test's database, with users' salts in memory. */
final class TestTrail {
    static final String USER_AGENT = "Planted-Browser/1.0";
    static final String IP = "203.0.113.77";

    final Database database;
    final Secrets secrets;
    final Sealer sealer = Sealers.forTests();
    final TestKey key = new TestKey("checkpoint-1");
    final Map<UserId, byte[]> salts = new ConcurrentHashMap<>();
    final List<SecurityEvent> followed = new CopyOnWriteArrayList<>();
    final AuditSealer background;
    final AuditService audit;
    final AuditReader reader;
    private final Clock clock;
    private final Duration retention;

    TestTrail(Database database, Clock clock) {
        this(database, clock, Duration.ZERO);
    }

    TestTrail(Database database, Clock clock, Duration retention) {
        this.database = database;
        this.clock = clock;
        this.retention = retention;
        this.secrets = new Secrets(clock);
        this.background = new AuditSealer(database, clock, key, new AuditConfig(retention));
        this.audit = service((tx, event) -> followed.add(event));
        this.reader = new AuditReader(database, sealer, this::salt);
    }

    AuditService service(Consequences consequences) {
        return new AuditService(secrets, sealer, this::salt, consequences, type -> background.rowWaiting());
    }

    UserId user() {
        UserId id = new UserId(secrets.uuid());
        salts.put(id, secrets.bytes(32));
        return id;
    }

    Optional<byte[]> salt(Sql sql, UserId user) {
        return Optional.ofNullable(salts.get(user));
    }

    /** The sealer after a restart: it looks at retention at once. */
    AuditSealer restarted() {
        return new AuditSealer(database, clock, key, new AuditConfig(retention));
    }

    static RequestContext request() {
        return new RequestContext(
                "request-1",
                TenantId.MAIN,
                new ClientAddress(InetAddress.ofLiteral(IP)),
                USER_AGENT,
                Optional.empty(),
                Locale.ENGLISH);
    }

    static SecurityEvent login() {
        return SecurityEvent.of(EventType.LOGIN_FAILED, request()).failed("wrong_password");
    }

    void record(SecurityEvent event) {
        database.tx(tx -> {
            audit.record(tx, event);
            return event;
        });
    }

    void recordLogins(int count) {
        database.tx(tx -> {
            for (int i = 0; i < count; i++) {
                audit.record(tx, login());
            }
            return count;
        });
    }

    /** Blocks with so many rows each. */
    void sealBlocks(int... counts) {
        for (int count : counts) {
            recordLogins(count);
            background.seal();
        }
    }

    VerifyReport verify() {
        return verify(Optional.empty());
    }

    VerifyReport verify(Optional<Checkpoint> held) {
        return verifier().verify(held, (blocks, of) -> {});
    }

    AuditVerifier verifier() {
        return new AuditVerifier(database, key, clock);
    }

    Checkpoint checkpoint() {
        return new AuditExport(database, reader, key).checkpoint().orElseThrow();
    }

    List<StoredEvent> rowsOf(long block) {
        return database.read(sql -> new AuditBlockStore().rows(sql, block, block, 10_000));
    }

    List<StoredEvent> unsealed() {
        return database.read(sql -> new AuditBlockStore().unsealed(sql, 10_000));
    }

    Block block(long number) {
        return database.read(sql -> new AuditBlockStore().find(sql, number)).orElseThrow();
    }

    long count(String table) {
        return database.read(sql -> sql.handle()
                .createQuery("SELECT COUNT(*) FROM " + table)
                .mapTo(long.class)
                .one());
    }

    /** What an intruder with the database's password does. */
    int tamper(String statement, @Nullable Object... arguments) {
        return database.tx((Tx tx) -> tx.handle().execute(statement, arguments));
    }

    List<AuditRecord> all() {
        return reader.list(AuditFilter.everything(TenantId.MAIN), Optional.empty(), 10_000)
                .events();
    }
}
