package dev.latchkey.password;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.ClientAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PasswordServiceTest {
    private static final ClientAddress HERE = Addresses.number(1);

    private final MutableClock clock = new MutableClock();
    private final Secrets secrets = new Secrets(clock);
    private final PasswordService passwords = service(2, 20);

    @AfterEach
    void close() {
        passwords.close();
    }

    @BothEngines
    @DisplayName("a password is stored, replaced, upgraded in place and taken away")
    void keeps(TestDatabase database) {
        Database db = database.database();
        UserId user = user(db);
        assertThat(stored(db, user)).isEmpty();
        set(db, user, "one");
        set(db, user, "two");
        assertThat(stored(db, user)).contains("two");
        assertThat(db.<Boolean>tx(tx -> passwords.upgrade(tx, user, "two", "better two")))
                .isTrue();
        assertThat(stored(db, user)).contains("better two");
        assertThat(recent(db, user)).containsExactly("better two", "one");
        db.tx(tx -> {
            passwords.remove(tx, user);
            return true;
        });
        assertThat(stored(db, user)).isEmpty();
        assertThat(recent(db, user)).containsExactly("better two", "one");
        set(db, user, "three");
        assertThat(recent(db, user)).containsExactly("three", "better two", "one");
    }

    @BothEngines
    @DisplayName("a rehash that lost against a password change writes nothing")
    void upgradeNeverRevertsAChange(TestDatabase database) {
        Database db = database.database();
        UserId user = user(db);
        set(db, user, "old");
        set(db, user, "changed meanwhile");
        assertThat(db.<Boolean>tx(tx -> passwords.upgrade(tx, user, "old", "better old")))
                .isFalse();
        assertThat(stored(db, user)).contains("changed meanwhile");
    }

    @BothEngines
    @DisplayName("S1-37 the last five passwords are kept, newest first, and no more")
    void keepsFive(TestDatabase database) {
        Database db = database.database();
        UserId user = user(db);
        UserId other = user(db);
        set(db, other, "another user's");
        for (int i = 1; i <= 8; i++) {
            set(db, user, "hash " + i);
        }
        assertThat(recent(db, user)).containsExactly("hash 8", "hash 7", "hash 6", "hash 5", "hash 4");
        assertThat(db.<Integer>read(sql -> sql.handle()
                        .createQuery("SELECT count(*) FROM password_history")
                        .mapTo(Integer.class)
                        .one()))
                .isEqualTo(4);
        assertThat(recent(db, other)).containsExactly("another user's");
    }

    @BothEngines
    @DisplayName("deleting a user deletes the hashes")
    void cascades(TestDatabase database) {
        Database db = database.database();
        UserId user = user(db);
        set(db, user, "one");
        set(db, user, "two");
        db.tx(tx -> tx.handle().execute("DELETE FROM app_user WHERE id = ?", user.value()));
        assertThat(recent(db, user)).isEmpty();
    }

    @Test
    @DisplayName("S1-37 C8 a recent password is recognised, also one hashed by another system")
    void recognisesRecent() {
        String argon2 = passwords.hash("first password", HERE);
        String bcrypt = "$2b$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";
        List<String> recent = List.of(argon2, bcrypt);
        assertThat(passwords.reusesRecent(recent, "first password", HERE)).isTrue();
        assertThat(passwords.reusesRecent(recent, "correct horse", HERE)).isTrue();
        assertThat(passwords.reusesRecent(recent, "never used", HERE)).isFalse();
        assertThat(passwords.reusesRecent(List.of(), "never used", HERE)).isFalse();
    }

    @Test
    @DisplayName("the default hash is Argon2id with 19 MiB, 2 passes, 1 lane, and it is current")
    void defaultCost() {
        String hash = passwords.hash("correct horse", HERE);
        assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
        assertThat(passwords.verify(Optional.of(hash), "correct horse", HERE))
                .isEqualTo(new PasswordVerdict(true, false));
    }

    @Test
    @DisplayName(
            "500 parallel logins against a 2-slot pool: never more than 2 hashes, some answers, the rest honest 503s")
    void fiveHundredLogins() throws Exception {
        passwords.warm();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<PasswordVerdict>> logins = new ArrayList<>();
        int peak = 0;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 500; i++) {
                ClientAddress from = Addresses.number(i);
                logins.add(callers.submit(() -> {
                    start.await();
                    return passwords.verify(Optional.empty(), "guess", from);
                }));
            }
            start.countDown();
            while (!logins.stream().allMatch(Future::isDone)) {
                peak = Math.max(peak, passwords.hashing());
                assertThat(passwords.waiting()).isLessThanOrEqualTo(20);
                Thread.onSpinWait();
            }
        }
        int answered = 0;
        for (Future<PasswordVerdict> login : logins) {
            try {
                assertThat(login.get().matches()).isFalse();
                answered++;
            } catch (ExecutionException e) {
                assertThat(e.getCause()).isInstanceOfSatisfying(Problem.class, problem -> {
                    assertThat(problem.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
                    assertThat(problem.retryAfter()).isPresent();
                });
            }
        }
        assertThat(peak).isBetween(1, 2);
        assertThat(answered).isGreaterThanOrEqualTo(22);
        assertThat(passwords.refused()).isEqualTo(500 - answered);
    }

    private PasswordService service(int threads, int queue) {
        PasswordConfig defaults = PasswordConfig.defaults();
        return new PasswordService(
                new PasswordConfig(
                        defaults.policy(),
                        defaults.argon2(),
                        new PasswordConfig.Hashing(threads, queue, 2, Duration.ofSeconds(30)),
                        false,
                        defaults.breachUrl(),
                        defaults.breachTimeout(),
                        List.of()),
                secrets,
                clock);
    }

    private UserId user(Database db) {
        UserId user = new UserId(secrets.uuid());
        db.tx(tx -> tx.handle().execute("""
                        INSERT INTO app_user (id, tenant_id, status, epoch, user_metadata, app_metadata, data_salt,
                            webauthn_handle, created_at, updated_at)
                        VALUES (?, 'main', 'active', 1, '{}', '{}', ?, ?, 0, 0)""", user.value(), new byte[] {1}, new byte[] {1}));
        return user;
    }

    private void set(Database db, UserId user, String hash) {
        db.tx(tx -> {
            passwords.set(tx, user, hash);
            return true;
        });
    }

    private Optional<String> stored(Database db, UserId user) {
        return db.read(sql -> passwords.storedHash(sql, user));
    }

    private List<String> recent(Database db, UserId user) {
        return db.read(sql -> passwords.recentHashes(sql, user, PasswordPolicy.BALANCED));
    }
}
