package dev.latchkey.otp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Race;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Sealer;
import dev.latchkey.crypto.Sealers;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.Database;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.user.TestUsers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;

class LoginCodesTest {
    private static final String LAPTOP = "hash-of-the-laptops-attempt";
    private static final String PHONE = "hash-of-the-phones-attempt";
    private static final String ADDRESS = "ada@example.com";

    private final Sealer sealer = Sealers.forTests();
    private Database db;
    private MutableClock clock;
    private TestUsers users;
    private LoginCodes codes;
    private UserId ada;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.db = database.database();
        this.clock = clock;
        this.users = new TestUsers(db, clock);
        this.codes = new LoginCodes(sealer, new Secrets(clock), clock);
        this.ada = users.create("ada");
    }

    @BothEngines
    @DisplayName("S1-02 a code of six digits is good once, and takes its link with it")
    void codeThenLink() {
        IssuedCode issued = issue(LAPTOP);
        assertThat(issued.code()).matches("\\d{6}");
        assertThat(issued.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofMinutes(10)));
        assertThat(spendCode(
                        LAPTOP,
                        issued.code().substring(0, 3) + " " + issued.code().substring(3)))
                .isEqualTo(new CodeOutcome.Spent(new SpentCode(ada, 7, LoginChannel.MAIL, ADDRESS)));
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
        assertThat(spendLink(issued.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
    }

    @BothEngines
    @DisplayName("S1-02 a link signs in only where it was asked for, once, and takes its code with it")
    void linkThenCode() {
        IssuedCode issued = issue(LAPTOP);
        assertThat(peek(issued.linkSecret(), Optional.of(PHONE))).isEqualTo(LinkPromise.ELSEWHERE);
        assertThat(peek(issued.linkSecret(), Optional.empty())).isEqualTo(LinkPromise.ELSEWHERE);
        assertThat(peek(issued.linkSecret(), Optional.of(LAPTOP))).isEqualTo(LinkPromise.HERE);
        assertThat(spendLink(issued.linkSecret(), PHONE)).isEqualTo(new LinkOutcome.OtherBrowser());
        assertThat(db.<LinkOutcome>tx(tx -> codes.spendLink(tx, issued.linkSecret(), Optional.empty())))
                .isEqualTo(new LinkOutcome.OtherBrowser());
        assertThat(spendLink(issued.linkSecret(), LAPTOP))
                .isEqualTo(new LinkOutcome.Spent(new SpentCode(ada, 7, LoginChannel.MAIL, ADDRESS)));
        assertThat(spendLink(issued.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
        assertThat(peek(issued.linkSecret(), Optional.of(LAPTOP))).isEqualTo(LinkPromise.GONE);
    }

    @BothEngines
    @DisplayName("V6-6.2 a code is refused for any attempt but the one that asked")
    void boundToItsAttempt() {
        IssuedCode issued = issue(LAPTOP);
        assertThat(spendCode(PHONE, issued.code())).isEqualTo(new CodeOutcome.Gone());
        IssuedCode other = issue(PHONE);
        if (!other.code().equals(issued.code())) {
            assertThat(spendCode(PHONE, issued.code())).isEqualTo(new CodeOutcome.Wrong(4));
        }
        assertThat(spendCode(LAPTOP, issued.code())).isInstanceOf(CodeOutcome.Spent.class);
    }

    @BothEngines
    @DisplayName("V6-5.5 after ten minutes code and link are gone")
    void expires() {
        IssuedCode issued = issue(LAPTOP);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(peek(issued.linkSecret(), Optional.of(LAPTOP))).isEqualTo(LinkPromise.HERE);
        clock.advance(Duration.ofMillis(1));
        assertThat(peek(issued.linkSecret(), Optional.of(LAPTOP))).isEqualTo(LinkPromise.GONE);
        assertThat(spendLink(issued.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
        assertThat(db.<Integer>bulk(codes::reap)).isOne();
        assertThat(db.<Integer>bulk(codes::reap)).isZero();
    }

    @BothEngines
    @DisplayName("V6-6.3 the fifth wrong code kills code and link; each refusal is written down")
    void fiveTries() {
        IssuedCode issued = issue(LAPTOP);
        for (int left = 4; left >= 0; left--) {
            assertThat(spendCode(LAPTOP, wrong(issued))).isEqualTo(new CodeOutcome.Wrong(left));
            assertThat(storedTries()).isEqualTo(left);
        }
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
        assertThat(spendLink(issued.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
    }

    @BothEngines
    @DisplayName("V6-6.3 of 50 guesses at once five count; then even the right code is refused")
    void raceOfGuesses() {
        IssuedCode issued = issue(LAPTOP);
        List<CodeOutcome> outcomes = Race.of(50, () -> spendCode(LAPTOP, wrong(issued)));
        assertThat(outcomes).filteredOn(CodeOutcome.Wrong.class::isInstance).hasSize(5);
        assertThat(outcomes).filteredOn(CodeOutcome.Gone.class::isInstance).hasSize(45);
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
    }

    @BothEngines
    @DisplayName("N4 of 50 uses of the right code at once exactly one is good")
    void raceOnTheCode() {
        IssuedCode issued = issue(LAPTOP);
        List<CodeOutcome> outcomes = Race.of(50, () -> spendCode(LAPTOP, issued.code()));
        assertThat(outcomes).filteredOn(CodeOutcome.Spent.class::isInstance).hasSize(1);
        assertThat(outcomes).filteredOn(CodeOutcome.Gone.class::isInstance).hasSize(49);
    }

    @BothEngines
    @DisplayName("N4 of 50 uses of a link and its code at once exactly one is good")
    void raceOfLinkAndCode() {
        IssuedCode issued = issue(LAPTOP);
        AtomicInteger turn = new AtomicInteger();
        List<Boolean> good = Race.of(
                50,
                () -> turn.getAndIncrement() % 2 == 0
                        ? spendCode(LAPTOP, issued.code()) instanceof CodeOutcome.Spent
                        : spendLink(issued.linkSecret(), LAPTOP) instanceof LinkOutcome.Spent);
        assertThat(good).filteredOn(Boolean::booleanValue).hasSize(1);
    }

    @BothEngines
    @DisplayName("another code for the same attempt takes the first one's place")
    void sentAgain() {
        IssuedCode first = issue(LAPTOP);
        spendCode(LAPTOP, wrong(first));
        IssuedCode second = issue(LAPTOP);
        assertThat(spendLink(first.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        assertThat(spendCode(LAPTOP, wrong(second))).isEqualTo(new CodeOutcome.Wrong(4));
        assertThat(spendLink(second.linkSecret(), LAPTOP)).isInstanceOf(LinkOutcome.Spent.class);
    }

    @BothEngines
    @DisplayName("using one voids the user's others; other users keep theirs")
    void voidsOthers() {
        UserId eve = users.create("eve");
        IssuedCode here = issue(LAPTOP);
        IssuedCode there = issue(PHONE);
        IssuedCode hers = issue("eves-attempt", Optional.of(eve));
        assertThat(spendCode(LAPTOP, here.code())).isInstanceOf(CodeOutcome.Spent.class);
        assertThat(spendCode(PHONE, there.code())).isEqualTo(new CodeOutcome.Gone());
        assertThat(spendCode("eves-attempt", hers.code())).isInstanceOf(CodeOutcome.Spent.class);
    }

    @BothEngines
    @DisplayName("V6-3.8 where nobody is to be found the same is written, counts tries, and is never good")
    void unknownAccounts() {
        IssuedCode issued = issue(LAPTOP, Optional.empty());
        assertThat(issued.code()).matches("\\d{6}");
        assertThat(spendLink(issued.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Wrong(4));
        for (int left = 3; left >= 0; left--) {
            assertThat(spendCode(LAPTOP, wrong(issued))).isEqualTo(new CodeOutcome.Wrong(left));
        }
        assertThat(spendCode(LAPTOP, issued.code())).isEqualTo(new CodeOutcome.Gone());
    }

    @BothEngines
    @DisplayName("codes and links are voided with their attempt, their user and the account")
    void voided() {
        IssuedCode first = issue(LAPTOP);
        db.tx(tx -> {
            codes.voidOfAttempt(tx, LAPTOP);
            return true;
        });
        assertThat(spendCode(LAPTOP, first.code())).isEqualTo(new CodeOutcome.Gone());
        IssuedCode second = issue(LAPTOP);
        db.tx(tx -> {
            codes.voidOfUser(tx, ada);
            return true;
        });
        assertThat(spendLink(second.linkSecret(), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        IssuedCode third = issue(LAPTOP);
        users.erase(ada);
        assertThat(spendCode(LAPTOP, third.code())).isEqualTo(new CodeOutcome.Gone());
    }

    @BothEngines
    @DisplayName("V6-5.2 the table holds neither code nor link")
    void hashed() {
        IssuedCode issued = issue(LAPTOP);
        List<String> stored = db.read(sql -> sql.handle()
                .createQuery("SELECT code_hash || ' ' || link_hash FROM login_code")
                .mapTo(String.class)
                .list());
        assertThat(stored).hasSize(1);
        assertThat(stored.getFirst()).doesNotContain(issued.code(), issued.linkSecret());
        assertThat(stored.getFirst()).contains(sealer.keyedHash("login-code", LAPTOP + "|" + issued.code()));
        assertThat(issued.toString()).doesNotContain(issued.code(), issued.linkSecret());
    }

    @BothEngines
    @DisplayName("no input is more than a wrong code")
    void nonsense() {
        issue(LAPTOP);
        int left = 4;
        for (String typed : List.of("", "\u0000", "9".repeat(100_000), "\uD83D")) {
            assertThat(spendCode(LAPTOP, typed)).isEqualTo(new CodeOutcome.Wrong(left--));
        }
        assertThat(spendLink("", LAPTOP)).isEqualTo(new LinkOutcome.Gone());
        assertThat(spendLink("x".repeat(100_000), LAPTOP)).isEqualTo(new LinkOutcome.Gone());
    }

    private IssuedCode issue(String attempt) {
        return issue(attempt, Optional.of(ada));
    }

    private IssuedCode issue(String attempt, Optional<UserId> user) {
        return db.tx(tx -> codes.issue(tx, TenantId.MAIN, user, 7, LoginChannel.MAIL, attempt, ADDRESS));
    }

    private CodeOutcome spendCode(String attempt, String code) {
        return db.tx(tx -> codes.spendCode(tx, attempt, code));
    }

    private LinkOutcome spendLink(String secret, String attempt) {
        return db.tx(tx -> codes.spendLink(tx, secret, Optional.of(attempt)));
    }

    private LinkPromise peek(String secret, Optional<String> attempt) {
        return db.read(sql -> codes.peekLink(sql, secret, attempt));
    }

    private int storedTries() {
        return db.<Integer>read(sql -> sql.handle()
                .createQuery("SELECT tries_left FROM login_code")
                .mapTo(Integer.class)
                .one());
    }

    private static String wrong(IssuedCode issued) {
        return issued.code().charAt(0) == '9'
                ? "0" + issued.code().substring(1)
                : "9" + issued.code().substring(1);
    }
}
