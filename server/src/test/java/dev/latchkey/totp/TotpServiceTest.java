package dev.latchkey.totp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.boot.Race;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.TotpDeviceId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.SealBrokenException;
import dev.latchkey.crypto.SealPurpose;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import dev.latchkey.ephemeral.SqlExpiringStore;
import dev.latchkey.user.TestUsers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class TotpServiceTest {
    private static final TotpConfig CONFIG = new TotpConfig(1, TotpAlgorithm.SHA1, 6, "Acme", 3);
    private static final Duration STEP = Duration.ofSeconds(30);

    private final Sealer sealer = Sealers.forTests();
    private Database db;
    private MutableClock clock;
    private TestUsers users;
    private ExpiringStore setups;
    private TotpService totp;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.db = database.database();
        this.clock = clock;
        this.users = new TestUsers(db, clock);
        this.setups = switch (database.engine()) {
            case SQLITE -> new MemoryExpiringStore(clock);
            case POSTGRESQL -> new SqlExpiringStore(db, clock);
        };
        this.totp = service(CONFIG);
    }

    @BothEngines
    @DisplayName("S1-19 S3-11 a setup tells secret, URL and groups of 4; its first code makes it a device")
    void enrols() {
        UserId ada = users.create("ada");
        TotpSetup setup = totp.begin(TenantId.MAIN, ada, "ada@example.com", "My phone");
        assertThat(setup.secret()).matches("[A-Z2-7]{32}");
        assertThat(setup.groups()).hasSize(8).allMatch(group -> group.length() == 4);
        assertThat(String.join("", setup.groups())).isEqualTo(setup.secret());
        assertThat(setup.lifetime()).isEqualTo(Duration.ofMinutes(10));
        assertThat(setup.otpauthUrl())
                .isEqualTo("otpauth://totp/Acme:ada%40example.com?secret=" + setup.secret()
                        + "&issuer=Acme&algorithm=SHA1&digits=6&period=30");
        assertThat(enrolled(ada)).isFalse();

        AuthenticatorApp app = AuthenticatorApp.scan(setup.otpauthUrl());
        EnrolOutcome.Enrolled done = (EnrolOutcome.Enrolled) enrol(ada, app.code(clock.instant()));
        assertThat(done.device().name()).isEqualTo("My phone");
        assertThat(enrolled(ada)).isTrue();
        assertThat(devices(ada)).containsExactly(done.device());
        assertThat(done.device().lastUsedAt()).isEmpty();

        clock.advance(STEP);
        assertThat(verify(ada, app.code(clock.instant())))
                .isEqualTo(new TotpOutcome.Accepted(done.device().id(), "My phone"));
        assertThat(devices(ada).getFirst().lastUsedAt()).contains(clock.instant());
    }

    @BothEngines
    @DisplayName("S1-19 without a setup, after ten minutes, or twice nothing is enrolled, each with its own reason")
    void setupsEnd() {
        UserId ada = users.create("ada");
        assertThat(enrol(ada, "123456")).isEqualTo(new EnrolOutcome.NoPendingSetup());

        AuthenticatorApp late = begin(ada, "late");
        clock.advance(Duration.ofMinutes(10));
        assertThat(enrol(ada, late.code(clock.instant()))).isEqualTo(new EnrolOutcome.SetupExpired());
        clock.advance(Duration.ofHours(1));
        assertThat(enrol(ada, late.code(clock.instant()))).isEqualTo(new EnrolOutcome.NoPendingSetup());

        AuthenticatorApp app = begin(ada, "in time");
        Optional<PendingTotp> pending = totp.pending(ada);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(enrol(ada, "000000", pending)).isEqualTo(new EnrolOutcome.WrongCode());
        assertThat(enrol(ada, app.code(clock.instant()), pending)).isInstanceOf(EnrolOutcome.Enrolled.class);
        assertThat(enrol(ada, app.code(clock.instant()), pending)).isEqualTo(new EnrolOutcome.NoPendingSetup());
        totp.discard(ada);
        assertThat(totp.pending(ada)).isEmpty();
        assertThat(devices(ada)).hasSize(1);
    }

    @BothEngines
    @DisplayName("a new setup takes the place of the one before; a setup is its user's alone")
    void oneSetupAtATime() {
        UserId ada = users.create("ada");
        UserId eve = users.create("eve");
        AuthenticatorApp first = begin(ada, "first");
        AuthenticatorApp second = begin(ada, "second");
        assertThat(enrol(ada, first.code(clock.instant()))).isEqualTo(new EnrolOutcome.WrongCode());
        PendingTotp stolen =
                new PendingTotp(eve, totp.pending(ada).orElseThrow().sealed());
        assertThatThrownBy(() -> enrol(eve, second.code(clock.instant()), Optional.of(stolen)))
                .isInstanceOf(SealBrokenException.class);
        assertThat(enrol(ada, second.code(clock.instant()))).isInstanceOf(EnrolOutcome.Enrolled.class);
    }

    @BothEngines
    @DisplayName("N4 V6-5.1 of 50 uses of one code at once exactly one is accepted")
    void raceOnOneStep() {
        UserId ada = users.create("ada");
        AuthenticatorApp app = enrolDevice(ada, "phone");
        clock.advance(STEP);
        String code = app.code(clock.instant());
        List<TotpOutcome> outcomes = Race.of(50, () -> verify(ada, code));
        assertThat(outcomes).filteredOn(TotpOutcome.Accepted.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(TotpOutcome.Replayed.class::isInstance).hasSize(49);
    }

    @BothEngines
    @DisplayName("of 50 completions of one setup at once exactly one makes a device")
    void raceOnOneSetup() {
        UserId ada = users.create("ada");
        String code = begin(ada, "phone").code(clock.instant());
        Optional<PendingTotp> pending = totp.pending(ada);
        List<EnrolOutcome> outcomes = Race.of(50, () -> enrol(ada, code, pending));
        assertThat(outcomes).filteredOn(EnrolOutcome.Enrolled.class::isInstance).hasSize(1);
        assertThat(devices(ada)).hasSize(1);
    }

    @BothEngines
    @DisplayName("S1-20 N4 a spent code is refused for as long as it is in the window, and so is every older one")
    void replay() {
        UserId ada = users.create("ada");
        AuthenticatorApp app = begin(ada, "phone");
        String enrolling = app.code(clock.instant());
        enrol(ada, enrolling);
        assertThat(verify(ada, enrolling)).isInstanceOf(TotpOutcome.Replayed.class);

        clock.advance(STEP.multipliedBy(3));
        String older = app.code(clock.instant().minus(STEP));
        String present = app.code(clock.instant());
        assertThat(verify(ada, present)).isInstanceOf(TotpOutcome.Accepted.class);
        assertThat(verify(ada, present)).isInstanceOf(TotpOutcome.Replayed.class);
        assertThat(verify(ada, older)).isInstanceOf(TotpOutcome.Replayed.class);
        for (int half = 0; half < 3; half++) {
            clock.advance(Duration.ofSeconds(15));
            assertThat(verify(ada, present)).isInstanceOf(TotpOutcome.Replayed.class);
        }
        clock.advance(Duration.ofSeconds(15));
        assertThat(verify(ada, present)).isEqualTo(new TotpOutcome.Wrong());
    }

    @BothEngines
    @DisplayName("N4 the spent step outlives a restart and holds on every node")
    void durable(TestDatabase database) {
        UserId ada = users.create("ada");
        AuthenticatorApp app = enrolDevice(ada, "phone");
        clock.advance(STEP);
        String code = app.code(clock.instant());
        assertThat(verify(ada, code)).isInstanceOf(TotpOutcome.Accepted.class);
        TotpService other = new TotpService(
                CONFIG, new MemoryExpiringStore(clock), sealer, users.service()::salt, new Secrets(clock), clock);
        assertThat(db.<TotpOutcome>tx(tx -> other.verify(tx, ada, code))).isInstanceOf(TotpOutcome.Replayed.class);
    }

    @BothEngines
    @DisplayName("S1-20 where two devices show one code it is good once, not once for each")
    void replayAcrossDevices() {
        UserId ada = users.create("ada");
        enrolDevice(ada, "one");
        clock.advance(STEP);
        enrolDevice(ada, "two");
        // The seeds of the two are made the same, each sealed in its own place.
        List<TotpDevice> both = devices(ada);
        byte[] seed = new byte[20];
        both.forEach(device -> plant(ada, device.id(), seed));
        clock.advance(STEP);
        String code = new TotpGenerator(TotpAlgorithm.SHA1, seed, 6).code(TotpGenerator.stepAt(clock.instant()));
        assertThat(verify(ada, code)).isInstanceOf(TotpOutcome.Accepted.class);
        assertThat(verify(ada, code)).isInstanceOf(TotpOutcome.Replayed.class);
        db.tx(tx -> totp.remove(tx, ada, both.getFirst().id()));
        assertThat(verify(ada, code)).isInstanceOf(TotpOutcome.Replayed.class);
    }

    @BothEngines
    @DisplayName("C6 the window is 0 to 2 steps by configuration")
    void windowByConfiguration() {
        UserId ada = users.create("ada");
        AuthenticatorApp app = enrolDevice(ada, "phone");
        for (int window = 0; window <= 2; window++) {
            TotpService service = service(new TotpConfig(window, TotpAlgorithm.SHA1, 6, "Acme", 3));
            clock.advance(Duration.ofMinutes(10));
            String tooOld = app.code(clock.instant().minus(STEP.multipliedBy(window + 1)));
            String tooNew = app.code(clock.instant().plus(STEP.multipliedBy(window + 1)));
            String oldest = app.code(clock.instant().minus(STEP.multipliedBy(window)));
            String newest = app.code(clock.instant().plus(STEP.multipliedBy(window)));
            assertThat(db.<TotpOutcome>tx(tx -> service.verify(tx, ada, tooOld)))
                    .isEqualTo(new TotpOutcome.Wrong());
            assertThat(db.<TotpOutcome>tx(tx -> service.verify(tx, ada, tooNew)))
                    .isEqualTo(new TotpOutcome.Wrong());
            assertThat(db.<TotpOutcome>tx(tx -> service.verify(tx, ada, oldest)))
                    .isInstanceOf(TotpOutcome.Accepted.class);
            if (window > 0) {
                assertThat(db.<TotpOutcome>tx(tx -> service.verify(tx, ada, newest)))
                        .isInstanceOf(TotpOutcome.Accepted.class);
            }
        }
    }

    @BothEngines
    @DisplayName("every algorithm and length works, and a device keeps its own when the settings change")
    void algorithmsAndDigits() {
        UserId ada = users.create("ada");
        List<AuthenticatorApp> apps = new ArrayList<>();
        List<TotpConfig> configs = new ArrayList<>();
        for (TotpAlgorithm algorithm : TotpAlgorithm.values()) {
            for (int digits : new int[] {6, 8}) {
                configs.add(new TotpConfig(1, algorithm, digits, "Acme", 6));
            }
        }
        for (TotpConfig config : configs) {
            TotpService service = service(config);
            AuthenticatorApp app = AuthenticatorApp.scan(
                    service.begin(TenantId.MAIN, ada, "ada", config.algorithm() + "/" + config.digits())
                            .otpauthUrl());
            assertThat(app.parameter("algorithm")).isEqualTo(config.algorithm().name());
            String code = app.code(clock.instant());
            assertThat(code).hasSize(config.digits());
            Optional<PendingTotp> pending = service.pending(ada);
            assertThat(db.<EnrolOutcome>tx(tx -> service.enrol(tx, pending, code)))
                    .isInstanceOf(EnrolOutcome.Enrolled.class);
            apps.add(app);
        }
        clock.advance(STEP);
        for (int i = 0; i < apps.size(); i++) {
            TotpConfig config = configs.get(i);
            String name = config.algorithm() + "/" + config.digits();
            TotpDevice device = devices(ada).stream()
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow();
            assertThat(device.digits()).isEqualTo(config.digits());
            assertThat(device.algorithm()).isEqualTo(config.algorithm());
            assertThat(verify(ada, apps.get(i).code(clock.instant())))
                    .isEqualTo(new TotpOutcome.Accepted(device.id(), name));
        }
    }

    @BothEngines
    @DisplayName("a code may be typed in groups and in the digits of the reader's own script")
    void typedCodes() {
        UserId ada = users.create("ada");
        AuthenticatorApp app = enrolDevice(ada, "phone");
        List<UnaryOperator<String>> hands = List.of(
                code -> code.substring(0, 3) + " " + code.substring(3),
                code -> " " + code.substring(0, 3) + "-" + code.substring(3) + "\n",
                code -> shifted(code, '\u0660'),
                code -> shifted(code, '\uFF10'));
        for (UnaryOperator<String> hand : hands) {
            clock.advance(STEP);
            assertThat(verify(ada, hand.apply(app.code(clock.instant())))).isInstanceOf(TotpOutcome.Accepted.class);
        }
        for (String nonsense : List.of("", "abc", "-1", "1e5", "\u0000", "9".repeat(100_000), "12345\uD83D")) {
            assertThat(verify(ada, nonsense)).isEqualTo(new TotpOutcome.Wrong());
        }
    }

    @BothEngines
    @DisplayName("S2-14 V6-5.6 devices are listed, renamed and removed by their owner only")
    void ownersOnly() {
        UserId ada = users.create("ada");
        UserId eve = users.create("eve");
        AuthenticatorApp app = enrolDevice(ada, "phone");
        TotpDeviceId device = devices(ada).getFirst().id();
        assertThat(devices(eve)).isEmpty();
        assertThat(db.<Boolean>tx(tx -> totp.rename(tx, eve, device, "mine"))).isFalse();
        assertThat(db.<Optional<String>>tx(tx -> totp.remove(tx, eve, device))).isEmpty();
        clock.advance(STEP);
        assertThat(verify(eve, app.code(clock.instant()))).isEqualTo(new TotpOutcome.Wrong());

        assertThat(db.<Boolean>tx(tx -> totp.rename(tx, ada, device, "old phone")))
                .isTrue();
        assertThat(devices(ada)).extracting(TotpDevice::name).containsExactly("old phone");
        assertThat(db.<Optional<String>>tx(tx -> totp.remove(tx, ada, device))).contains("old phone");
        assertThat(enrolled(ada)).isFalse();
        assertThat(verify(ada, app.code(clock.instant()))).isEqualTo(new TotpOutcome.Wrong());
    }

    @BothEngines
    @DisplayName("a user has as many devices as the setting allows")
    void mostDevices() {
        UserId ada = users.create("ada");
        for (int i = 0; i < 3; i++) {
            enrolDevice(ada, "device " + i);
        }
        AuthenticatorApp fourth = begin(ada, "fourth");
        assertThat(enrol(ada, fourth.code(clock.instant()))).isEqualTo(new EnrolOutcome.TooManyDevices(3));
        assertThat(db.<Integer>tx(tx -> totp.removeAll(tx, ada))).isEqualTo(3);
        assertThat(enrol(ada, fourth.code(clock.instant()))).isInstanceOf(EnrolOutcome.Enrolled.class);
    }

    @BothEngines
    @DisplayName(
            "S1-21 the table and the waiting setup hold no seed that the master key alone opens; erasing shreds it")
    void sealedUnderTheUsersKey() {
        UserId ada = users.create("ada");
        UserId eve = users.create("eve");
        TotpSetup setup = totp.begin(TenantId.MAIN, ada, "ada", "phone");
        AuthenticatorApp app = AuthenticatorApp.scan(setup.otpauthUrl());
        assertThat(totp.pending(ada).orElseThrow().sealed()).doesNotContain(setup.secret());
        enrol(ada, app.code(clock.instant()));
        enrolDevice(eve, "hers");
        clock.advance(STEP);

        // Moved to another user's row, the seed does not open.
        db.tx(tx -> tx.handle()
                .createUpdate("UPDATE totp_device SET seed = (SELECT seed FROM totp_device WHERE user_id = :ada)"
                        + " WHERE user_id = :eve")
                .bind("ada", ada.value())
                .bind("eve", eve.value())
                .execute());
        assertThatThrownBy(() -> verify(eve, app.code(clock.instant()))).isInstanceOf(SealBrokenException.class);

        // With the user's salt gone nothing opens it, whoever kept a copy of the row and has the master key.
        byte[] copy = db.read(sql -> sql.handle()
                .createQuery("SELECT seed FROM totp_device WHERE user_id = :ada")
                .bind("ada", ada.value())
                .mapTo(byte[].class)
                .one());
        users.erase(ada);
        assertThat(devices(ada)).isEmpty();
        assertThat(verify(ada, app.code(clock.instant()))).isEqualTo(new TotpOutcome.Wrong());
        for (SealPurpose purpose : SealPurpose.values()) {
            assertThatThrownBy(() -> sealer.open(purpose, "main|totp_device|seed|x", copy))
                    .isInstanceOf(SealBrokenException.class);
        }
    }

    @BothEngines
    @DisplayName("a setup that outlives its user enrols nobody")
    void setupOfAnErasedUser() {
        UserId ada = users.create("ada");
        AuthenticatorApp app = begin(ada, "phone");
        users.erase(ada);
        assertThat(enrol(ada, app.code(clock.instant()))).isEqualTo(new EnrolOutcome.NoPendingSetup());
    }

    private TotpService service(TotpConfig config) {
        return new TotpService(config, setups, sealer, users.service()::salt, new Secrets(clock), clock);
    }

    private AuthenticatorApp begin(UserId user, String name) {
        return AuthenticatorApp.scan(
                totp.begin(TenantId.MAIN, user, "ada@example.com", name).otpauthUrl());
    }

    private AuthenticatorApp enrolDevice(UserId user, String name) {
        AuthenticatorApp app = begin(user, name);
        assertThat(enrol(user, app.code(clock.instant()))).isInstanceOf(EnrolOutcome.Enrolled.class);
        return app;
    }

    private EnrolOutcome enrol(UserId user, String code) {
        return enrol(user, code, totp.pending(user));
    }

    private EnrolOutcome enrol(UserId user, String code, Optional<PendingTotp> pending) {
        assertThat(pending.map(PendingTotp::user)).isIn(Optional.empty(), Optional.of(user));
        return db.tx(tx -> totp.enrol(tx, pending, code));
    }

    private TotpOutcome verify(UserId user, String code) {
        return db.tx(tx -> totp.verify(tx, user, code));
    }

    private List<TotpDevice> devices(UserId user) {
        return db.read(sql -> totp.devices(sql, user));
    }

    private boolean enrolled(UserId user) {
        return db.<Boolean>read(sql -> totp.enrolled(sql, user));
    }

    private void plant(UserId user, TotpDeviceId device, byte[] seed) {
        byte[] salt = db.read(sql -> users.service().salt(sql, user)).orElseThrow();
        byte[] sealed = sealer.sealFor(salt, SealPurpose.TOTP_SEED, "main|totp_device|seed|" + device.value(), seed);
        db.tx(tx -> tx.handle()
                .createUpdate("UPDATE totp_device SET seed = :seed WHERE id = :id")
                .bind("seed", sealed)
                .bind("id", device.value())
                .execute());
    }

    private static String shifted(String digits, char zero) {
        StringBuilder text = new StringBuilder();
        digits.chars().forEach(c -> text.append((char) (zero + c - '0')));
        return text.toString();
    }
}
