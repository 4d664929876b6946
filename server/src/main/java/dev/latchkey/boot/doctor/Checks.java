package dev.latchkey.boot.doctor;

import java.util.List;

/** The list. */
final class Checks {
    private Checks() {}

    static List<Check> all() {
        return List.of(
                new RunningProfile(),
                // how it is reached
                new PublicUrl(),
                new Certificate(),
                new Cookies(),
                new Proxies(),
                new Origins(),
                new AdministrationAddresses(),
                new OperationsAccess(),
                new RateLimits(),
                // secrets
                new MasterKeyStrength(),
                new MasterKeyPlace(),
                new MasterKeyChange(),
                new SecretFiles(),
                new SigningKeys(),
                // accounts
                new Administrators(),
                new SecondFactors(),
                new Verification(),
                new Lockout(),
                new PasswordHashing(),
                new LeakedPasswords(),
                new TokenLifetimes(),
                // the database
                new Database(),
                new SqliteDurability(),
                new SqliteIntegrity(),
                new PostgresDurability(),
                new PostgresEncryption(),
                new PostgresRole(),
                new PostgresCapacity(),
                new Backups(),
                new LogArchiving(),
                new SlowQueries(),
                new Clocks(),
                new AuditTrail(),
                new Retention(),
                new RedisMemory(),
                // mails
                new MailServer(),
                new Outbox(),
                // the machine
                new JavaRuntime(),
                new Memory(),
                new OpenFiles(),
                new DiskSpace(),
                new RunningServer(),
                new MetricsReading());
    }
}
