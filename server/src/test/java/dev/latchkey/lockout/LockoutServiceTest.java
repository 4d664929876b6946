package dev.latchkey.lockout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class LockoutServiceTest {
    private static final String ALICE = "alice@example.com";
    private static final Optional<String> STRANGER = Optional.empty();
    private static final Optional<String> LAPTOP = Optional.of("hash-of-laptop");
    private static final TenantId OTHER = new TenantId("other");
    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private Database db;
    private MutableClock clock;
    private LockoutService lockout;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.db = database.database();
        this.clock = clock;
        Sealer sealer = Sealers.forTests();
        this.lockout = new LockoutService(
                LockoutConfig.defaults(), identifier -> sealer.keyedHashes("lockout", identifier), clock);
    }

    @BothEngines
    @DisplayName(
            "S1-40 C16 the fifth failure in a row locks for 30 minutes; then the account is open and counting starts anew")
    void locksAtFive() {
        for (int i = 1; i <= 4; i++) {
            assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.Counted(i));
            assertThat(check(ALICE, STRANGER)).isInstanceOf(LockState.Open.class);
        }
        Instant until = clock.instant().plus(HALF_AN_HOUR);
        assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.NowLocked(until));
        assertThat(check(ALICE, STRANGER)).isEqualTo(new LockState.Locked(until));

        clock.advance(HALF_AN_HOUR.minusMillis(1));
        assertThat(check(ALICE, STRANGER)).isEqualTo(new LockState.Locked(until));
        clock.advance(Duration.ofMillis(1));
        assertThat(check(ALICE, STRANGER)).isInstanceOf(LockState.Open.class);
        assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.Counted(1));
    }

    @BothEngines
    @DisplayName("S1-40 failures during a lock neither prolong it nor lock again")
    void doesNotProlong() {
        lock(ALICE, STRANGER);
        LockState locked = check(ALICE, STRANGER);
        clock.advance(Duration.ofMinutes(29));
        for (int i = 0; i < 20; i++) {
            assertThat(fail(ALICE, STRANGER)).isInstanceOf(FailureOutcome.AlreadyLocked.class);
        }
        assertThat(check(ALICE, STRANGER)).isEqualTo(locked);
        clock.advance(Duration.ofMinutes(1));
        assertThat(check(ALICE, STRANGER)).isInstanceOf(LockState.Open.class);
    }

    @BothEngines
    @DisplayName("S1-40 the counter itself expires 30 minutes after the first failure")
    void counterExpires() {
        fail(ALICE, STRANGER);
        clock.advance(HALF_AN_HOUR.minusMillis(1));
        for (int i = 2; i <= 4; i++) {
            assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.Counted(i));
        }
        clock.advance(Duration.ofMillis(1));
        assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.Counted(1));
    }

    @BothEngines
    @DisplayName("N5 V6-3.1 50 simultaneous failures lock exactly once")
    void locksOnceUnderRace() throws Exception {
        List<Future<FailureOutcome>> outcomes = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                outcomes.add(callers.submit(() -> fail(ALICE, STRANGER)));
            }
        }
        List<Integer> counted = new ArrayList<>();
        int late = 0;
        int locked = 0;
        for (Future<FailureOutcome> outcome : outcomes) {
            switch (outcome.get()) {
                case FailureOutcome.Counted once -> counted.add(once.failures());
                case FailureOutcome.AlreadyLocked lock -> {
                    late++;
                    assertThat(lock.until()).isEqualTo(clock.instant().plus(HALF_AN_HOUR));
                }
                case FailureOutcome.NowLocked lock -> {
                    locked++;
                    assertThat(lock.until()).isEqualTo(clock.instant().plus(HALF_AN_HOUR));
                }
            }
        }
        assertThat(locked).isOne();
        assertThat(counted).containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(late).isEqualTo(45);
        assertThat(check(ALICE, STRANGER)).isInstanceOf(LockState.Locked.class);
    }

    @BothEngines
    @DisplayName("V6-1.1 a lock is soft: strangers' failures do not lock a known device, nor the other way round")
    void knownDevicesCountForThemselves() {
        lock(ALICE, STRANGER);
        assertThat(check(ALICE, LAPTOP)).isInstanceOf(LockState.Open.class);
        assertThat(fail(ALICE, LAPTOP)).isEqualTo(new FailureOutcome.Counted(1));

        lock("bob@example.com", LAPTOP);
        assertThat(check("bob@example.com", LAPTOP)).isInstanceOf(LockState.Locked.class);
        assertThat(check("bob@example.com", STRANGER)).isInstanceOf(LockState.Open.class);
        assertThat(check("bob@example.com", Optional.of("hash-of-phone"))).isInstanceOf(LockState.Open.class);
    }

    @BothEngines
    @DisplayName("N5 success ends the row of failures on the device's own counter only")
    void successClearsItsOwn() {
        for (int i = 0; i < 4; i++) {
            fail(ALICE, STRANGER);
            fail(ALICE, LAPTOP);
        }
        db.tx(tx -> {
            lockout.succeeded(tx, TenantId.MAIN, ALICE, LAPTOP);
            return true;
        });
        assertThat(fail(ALICE, LAPTOP)).isEqualTo(new FailureOutcome.Counted(1));
        assertThat(fail(ALICE, STRANGER)).isInstanceOf(FailureOutcome.NowLocked.class);
    }

    @BothEngines
    @DisplayName("S1-40 unlocking opens the account for every device and forgets the failures")
    void unlocks() {
        lock(ALICE, STRANGER);
        lock(ALICE, LAPTOP);
        assertThat(db.<Boolean>tx(tx -> lockout.unlock(tx, TenantId.MAIN, ALICE)))
                .isTrue();
        assertThat(check(ALICE, STRANGER)).isInstanceOf(LockState.Open.class);
        assertThat(check(ALICE, LAPTOP)).isInstanceOf(LockState.Open.class);
        assertThat(fail(ALICE, STRANGER)).isEqualTo(new FailureOutcome.Counted(1));
        assertThat(db.<Boolean>tx(tx -> lockout.unlock(tx, OTHER, ALICE))).isFalse();
    }

    @BothEngines
    @DisplayName("tenants count apart")
    void tenantsApart() {
        lock(ALICE, STRANGER);
        assertThat(db.<LockState>read(sql -> lockout.check(sql, OTHER, ALICE, STRANGER)))
                .isInstanceOf(LockState.Open.class);
        assertThat(db.<FailureOutcome>tx(tx -> lockout.failed(tx, OTHER, ALICE, STRANGER)))
                .isEqualTo(new FailureOutcome.Counted(1));
    }

    @BothEngines
    @DisplayName("the table holds no identifier, only its keyed hash")
    void namesNobody() {
        fail(ALICE, STRANGER);
        List<String> subjects = db.read(sql -> sql.handle()
                .createQuery("SELECT subject FROM failure_counter")
                .mapTo(String.class)
                .list());
        assertThat(subjects).hasSize(1);
        assertThat(subjects.getFirst()).doesNotContain("alice").hasSizeGreaterThanOrEqualTo(43);
    }

    @BothEngines
    @DisplayName("expired counters are deleted in small batches; running counters and locks stay")
    void deletesExpired() {
        for (int i = 0; i < 25; i++) {
            fail("expired-" + i, STRANGER);
        }
        clock.advance(HALF_AN_HOUR);
        fail("running", STRANGER);
        lock("locked", STRANGER);
        List<Integer> batches = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            batches.add(db.bulk(tx -> lockout.deleteExpired(tx, 10)));
        }
        assertThat(batches).containsExactly(10, 10, 5, 0);
        assertThat(fail("running", STRANGER)).isEqualTo(new FailureOutcome.Counted(2));
        assertThat(check("locked", STRANGER)).isInstanceOf(LockState.Locked.class);
    }

    private LockState check(String identifier, Optional<String> device) {
        return db.read(sql -> lockout.check(sql, TenantId.MAIN, identifier, device));
    }

    private FailureOutcome fail(String identifier, Optional<String> device) {
        return db.tx(tx -> lockout.failed(tx, TenantId.MAIN, identifier, device));
    }

    private void lock(String identifier, Optional<String> device) {
        for (int i = 0; i < 5; i++) {
            fail(identifier, device);
        }
    }
}
