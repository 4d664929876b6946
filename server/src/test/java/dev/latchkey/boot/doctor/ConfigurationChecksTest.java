package dev.latchkey.boot.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** S3-15: what the settings alone tell. */
class ConfigurationChecksTest {
    @TempDir
    Path folder;

    @Test
    void profile() {
        production().fine(new RunningProfile());
        here().warns(new RunningProfile(), "server.public-url");
        production()
                .with("danger_development", "true")
                .with("accepted-dangers", "danger_development")
                .warns(new RunningProfile(), "danger_development");
    }

    @Test
    @DisplayName("S3-15 HTTPS only")
    void publicUrl() {
        here().fine(new PublicUrl());
        production().fine(new PublicUrl());
        plain().fails(new PublicUrl(), "not https");
    }

    @Test
    @DisplayName("V3.3.1 cookies are named __Host- where they can be")
    void cookies() {
        here().fine(new Cookies());
        production().fine(new Cookies());
        plain().fails(new Cookies(), "__Host-");
    }

    @Test
    void proxies() {
        here().fine(new Proxies());
        production().warns(new Proxies(), "server.trusted-proxies");
        production().with("server.trusted-proxies", "10.1.2.3").fine(new Proxies());
        production().with("server.trusted-proxies", "0.0.0.0/0").fails(new Proxies(), "0.0.0.0/0");
        production().with("server.trusted-proxies", "2000::/3").fails(new Proxies(), "void");
    }

    @Test
    @DisplayName("S3-15 CORS origins")
    void origins() {
        production().fine(new Origins());
        production().with("server.cors-origins", "https://app.example.com").fine(new Origins());
        production().with("server.cors-origins", "http://app.example.com").warns(new Origins(), "Use https");
        production().with("server.cors-origins", "http://localhost:3000").warns(new Origins(), "visitor's own machine");
        here().with("server.cors-origins", "http://localhost:3000").fine(new Origins());
    }

    @Test
    @DisplayName("S3-15 the list of addresses for administration")
    void administrationAddresses() {
        here().fine(new AdministrationAddresses());
        production().warns(new AdministrationAddresses(), "admin.allowed-addresses");
        production().with("admin.allowed-addresses", "10.0.0.0/8").fine(new AdministrationAddresses());
        production()
                .with("admin.allowed-addresses", "10.0.0.0/8,::/0")
                .warns(new AdministrationAddresses(), "everybody");
    }

    @Test
    void operationsAccess() {
        here().fine(new OperationsAccess());
        here().with("operations.host", "10.0.0.5").fine(new OperationsAccess());
        here().with("operations.host", "0.0.0.0").warns(new OperationsAccess(), "operations.host");
        here().with("operations.host", "203.0.113.9").warns(new OperationsAccess(), "anyone");
    }

    @Test
    @DisplayName("S3-15 rate limiting")
    void rateLimits() {
        here().fine(new RateLimits());
        here().with("limits.enabled", "false").warns(new RateLimits(), "limits.enabled");
    }

    @Test
    @DisplayName("S3-15 strong secrets: a master key that is a text or a pattern is found out")
    void masterKeyStrength() {
        here().with("master-key", Examined.MASTER_KEY).fine(new MasterKeyStrength());
        here().fine(new MasterKeyStrength());
        // "0123…", all zeros, and a sentence of 32 letters.
        for (String weak : List.of(
                "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "Y29ycmVjdGhvcnNlYmF0dGVyeXN0YXBsZTEyMzQ1Njc=")) {
            here().with("master-key", weak).fails(new MasterKeyStrength(), "openssl rand");
        }
    }

    @Test
    @DisplayName("S3-15 a master key beside its database is warned about in production")
    void masterKeyPlace() throws IOException {
        production().fine(new MasterKeyPlace());
        production()
                .with("database.url", "postgres://a:b@localhost/c")
                .fails(new MasterKeyPlace(), "LATCHKEY_MASTER_KEY");
        Path key = Files.writeString(folder.resolve("master.key"), Examined.MASTER_KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        production().fine(new MasterKeyPlace());
        Files.createFile(folder.resolve("latchkey.db"));
        here().fine(new MasterKeyPlace());
        production().warns(new MasterKeyPlace(), "LATCHKEY_MASTER_KEY_FILE");
        production().with("master-key", Examined.MASTER_KEY).fine(new MasterKeyPlace());
        production().with("master-key-command", "true").fine(new MasterKeyPlace());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        here().fails(new MasterKeyPlace(), "chmod 600");
    }

    @Test
    @DisplayName("S3-15 files with secrets are readable by nobody else")
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no POSIX permissions")
    void secretFiles() throws IOException {
        here().fine(new SecretFiles());
        here().with("master-key", Examined.MASTER_KEY).warns(new SecretFiles(), "command line");
        Path yaml = Files.writeString(
                folder.resolve("latchkey.yaml"), "version: 1\nmaster-key: " + Examined.MASTER_KEY + "\n");
        Files.setPosixFilePermissions(yaml, PosixFilePermissions.fromString("rw-r-----"));
        here().file(yaml).fine(new SecretFiles());
        Files.setPosixFilePermissions(yaml, PosixFilePermissions.fromString("rw-r--r--"));
        here().file(yaml).fails(new SecretFiles(), yaml.toString());

        Path key = Files.writeString(folder.resolve("key"), Examined.MASTER_KEY);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw--w----"));
        here().with("master-key-file", key.toString()).fails(new SecretFiles(), key.toString());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        here().with("master-key-file", key.toString()).fine(new SecretFiles());
        Path url = Files.writeString(folder.resolve("url"), "postgres://latchkey:short@localhost/latchkey");
        Files.setPosixFilePermissions(url, PosixFilePermissions.fromString("rw-------"));
        here().with("database.url-file", url.toString()).warns(new SecretFiles(), "password of the database");
    }

    @Test
    void verification() {
        here().fine(new Verification());
        production().warns(new Verification(), "registration.verification");
        production().with("registration.verification", "required").fine(new Verification());
        production().with("registration.mode", "invite-only").fine(new Verification());
    }

    @Test
    void lockout() {
        here().fine(new Lockout());
        here().with("lockout.threshold", "50").warns(new Lockout(), "lockout.threshold");
        here().with("lockout.duration", "5s").warns(new Lockout(), "guessing");
    }

    @Test
    @DisplayName("what a hash costs is measured on this machine")
    void passwordHashing() {
        here().with("password.hashing-threads", "1").fine(new PasswordHashing());
        here().with("password.hashing-threads", "1")
                .warns(new PasswordHashing(Duration.ofNanos(1)), "latchkey calibrate");
    }

    @Test
    void leakedPasswords() {
        here().fine(new LeakedPasswords());
        here().with("password.breach-check", "false").warns(new LeakedPasswords(), "password.breach-check");
        here().with("password.preset", "classic").warns(new LeakedPasswords(), "password.preset");
    }

    @Test
    @DisplayName("S3-15 15 minutes and 7 days")
    void tokenLifetimes() {
        here().fine(new TokenLifetimes());
        here().with("token.access-ttl", "2h").warns(new TokenLifetimes(), "token.access-ttl");
        here().with("token.refresh-ttl", "90d").warns(new TokenLifetimes(), "token.refresh-ttl");
    }

    @Test
    void mailServer() {
        here().fine(new MailServer());
        production().warns(new MailServer(), "mail.smtp.host");
        withMail().fine(new MailServer());
        withMail().with("mail.smtp.tls", "none").warns(new MailServer(), "mail.smtp.tls");
        withMail()
                .with("mail.smtp.tls", "none")
                .with("mail.smtp.host", "127.0.0.1")
                .fine(new MailServer());
    }

    @Test
    @DisplayName("S3-15 MFA is enforced for administrators")
    void secondFactorsDemanded() {
        here().with("mfa.required-roles", "USER").warns(new SecondFactors(), "mfa.required-roles");
    }

    private Examined withMail() {
        return production().with("mail.smtp.host", "mail.example.com").with("mail.from", "auth@example.com");
    }

    private Examined here() {
        return Examined.in(folder);
    }

    private Examined production() {
        return here().production();
    }

    private Examined plain() {
        return here().with("server.public-url", "http://login.example.com");
    }
}
