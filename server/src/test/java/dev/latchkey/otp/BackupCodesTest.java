package dev.latchkey.otp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.user.TestUsers;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class BackupCodesTest {
    private final Sealer sealer = Sealers.forTests();
    private Database db;
    private MutableClock clock;
    private TestUsers users;
    private BackupCodes codes;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.db = database.database();
        this.clock = clock;
        this.users = new TestUsers(db, clock);
        this.codes = new BackupCodes(OtpConfig.defaults(), sealer, new Secrets(clock), clock);
    }

    @BothEngines
    @DisplayName("S0-30 S1-41 C7 C34 ten codes of more than 50 bits, each good once")
    void tenCodes() {
        UserId ada = users.create("ada");
        assertThat(left(ada)).isZero();
        List<String> set = renew(ada);
        assertThat(set)
                .hasSize(10)
                .doesNotHaveDuplicates()
                .allMatch(code -> code.matches("[2-9B-DF-HJKMNP-TV-Z]{4}" + "(-[2-9B-DF-HJKMNP-TV-Z]{4}){2}"));
        for (int i = 0; i < 10; i++) {
            SpendOutcome spent = spend(ada, set.get(i));
            assertThat(spent).isEqualTo(new SpendOutcome.Spent(9 - i));
            assertThat(((SpendOutcome.Spent) spent).fewLeft()).isEqualTo(9 - i <= 3);
            assertThat(spend(ada, set.get(i))).isEqualTo(new SpendOutcome.Unknown());
        }
        assertThat(left(ada)).isZero();
    }

    @BothEngines
    @DisplayName("S3-13 N2 of 50 uses of one code at once exactly one is good")
    void race() {
        UserId ada = users.create("ada");
        String code = renew(ada).getFirst();
        List<SpendOutcome> outcomes = Race.of(50, () -> spend(ada, code));
        assertThat(outcomes).filteredOn(SpendOutcome.Spent.class::isInstance).hasSize(1);
        assertThat(left(ada)).isEqualTo(9);
    }

    @BothEngines
    @DisplayName("ten codes used at once are ten uses, and none is left")
    void raceOfDifferentCodes() {
        UserId ada = users.create("ada");
        List<String> set = renew(ada);
        AtomicInteger next = new AtomicInteger();
        assertThat(Race.of(10, () -> spend(ada, set.get(next.getAndIncrement()))))
                .allMatch(SpendOutcome.Spent.class::isInstance);
        assertThat(left(ada)).isZero();
    }

    @BothEngines
    @DisplayName("S3-13 a new set voids the old one, and sets made at once do not add up")
    void renews() {
        UserId ada = users.create("ada");
        List<String> old = renew(ada);
        List<String> set = renew(ada);
        assertThat(spend(ada, old.getFirst())).isEqualTo(new SpendOutcome.Unknown());
        assertThat(spend(ada, set.getFirst())).isEqualTo(new SpendOutcome.Spent(9));
        List<List<String>> sets = Race.of(20, () -> renew(ada));
        assertThat(left(ada)).isEqualTo(10);
        assertThat(sets.stream().filter(some -> spend(ada, some.getFirst()) instanceof SpendOutcome.Spent))
                .hasSize(1);

        BackupCodes shorter = new BackupCodes(new OtpConfig(8), sealer, new Secrets(clock), clock);
        assertThat(db.<List<String>>tx(tx -> shorter.renew(tx, ada))).hasSize(8);
        assertThat(left(ada)).isEqualTo(8);
    }

    @BothEngines
    @DisplayName("a code may be typed in any case, with and without its dashes, in full width")
    void forgiving() {
        UserId ada = users.create("ada");
        List<String> set = renew(ada);
        assertThat(spend(ada, set.get(0).toLowerCase(Locale.ROOT))).isInstanceOf(SpendOutcome.Spent.class);
        assertThat(spend(ada, set.get(1).replace("-", ""))).isInstanceOf(SpendOutcome.Spent.class);
        assertThat(spend(ada, " " + set.get(2).replace('-', ' ') + "\t")).isInstanceOf(SpendOutcome.Spent.class);
        assertThat(spend(ada, set.get(3).replace('-', '\u2013'))).isInstanceOf(SpendOutcome.Spent.class);
        StringBuilder wide = new StringBuilder();
        set.get(4).chars().forEach(c -> wide.append((char) (c - '!' + '\uFF01')));
        assertThat(spend(ada, wide.toString())).isInstanceOf(SpendOutcome.Spent.class);
        for (String nonsense :
                List.of("", "-", "\u0000", set.get(5) + "2", set.get(5).repeat(10_000), "\uD83D")) {
            assertThat(spend(ada, nonsense)).isEqualTo(new SpendOutcome.Unknown());
        }
    }

    @BothEngines
    @DisplayName("a code is its user's alone, and goes with the account")
    void ownersOnly() {
        UserId ada = users.create("ada");
        UserId eve = users.create("eve");
        List<String> set = renew(ada);
        assertThat(spend(eve, set.getFirst())).isEqualTo(new SpendOutcome.Unknown());
        assertThat(left(ada)).isEqualTo(10);
        db.tx(tx -> {
            codes.removeAll(tx, eve);
            return true;
        });
        assertThat(left(ada)).isEqualTo(10);
        users.erase(ada);
        assertThat(left(ada)).isZero();
    }

    @BothEngines
    @DisplayName("V6-5.2 the table holds keyed hashes, another for each user")
    void keyedHashes() {
        UserId ada = users.create("ada");
        List<String> set = renew(ada);
        List<String> stored = db.read(sql -> sql.handle()
                .createQuery("SELECT code_hash FROM backup_code ORDER BY slot")
                .mapTo(String.class)
                .list());
        assertThat(stored).hasSize(10).doesNotHaveDuplicates().allMatch(hash -> hash.length() == 43);
        String plain = set.getFirst().replace("-", "");
        assertThat(stored.getFirst())
                .isEqualTo(sealer.keyedHash("backup-code", ada.value() + "|" + plain))
                .isNotEqualTo(Sealers.forTests().keyedHash("backup-code", ada.value() + "|" + plain));
    }

    private List<String> renew(UserId user) {
        return db.tx(tx -> codes.renew(tx, user));
    }

    private SpendOutcome spend(UserId user, String code) {
        return db.tx(tx -> codes.spend(tx, user, code));
    }

    private int left(UserId user) {
        return db.<Integer>read(sql -> codes.left(sql, user));
    }
}
