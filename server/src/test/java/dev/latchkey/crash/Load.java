package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.crash.Caller.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Everything that users do, from several callers at once, while parts of the installation are struck down under them. */
final class Load {
    private static final int CALLERS = 8;
    private static final long PATIENCE_SECONDS = 120;
    private static final long TRY_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final int MOST_ACKNOWLEDGED_BEFORE = 120;
    private static final int ACKNOWLEDGED_DURING = 20;
    private static final int ACKNOWLEDGED_AFTER = 40;

    /** What needs no Redis: it must not even be refused while Redis is away. */
    private static final Set<Act> WITHOUT_REDIS = Set.of(Act.REFRESH, Act.LOG_OUT, Act.RESET_PASSWORD, Act.DISABLE);

    private final Installation installation;
    private final Administrator administrator;
    private final Random random;
    private final List<Part> struck;
    private final CountDownLatch before;
    private final CountDownLatch refused = new CountDownLatch(1);
    private final CountDownLatch during = new CountDownLatch(ACKNOWLEDGED_DURING);
    private final CountDownLatch recovered = new CountDownLatch(1);
    private final CountDownLatch after = new CountDownLatch(ACKNOWLEDGED_AFTER);
    private volatile boolean away;
    private volatile boolean over;
    private Duration recovery = Duration.ZERO;

    /** @param struck what is struck down at a random moment of the load, in this order */
    Load(Installation installation, List<Part> struck, Random random) {
        this.installation = installation;
        this.administrator = Administrator.of(installation);
        this.struck = struck;
        this.random = random;
        this.before = new CountDownLatch(1 + random.nextInt(MOST_ACKNOWLEDGED_BEFORE));
    }

    /** Answers every account, those given and those that were begun, once all parts are back and nobody calls any more. */
    List<Account> run(List<Account> known) throws InterruptedException, ExecutionException {
        List<Account> all = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Account>>> running = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                List<Account> own = new ArrayList<>();
                for (int j = i; j < known.size(); j += CALLERS) {
                    own.add(known.get(j));
                }
                Random choices = new Random(random.nextLong());
                running.add(callers.submit(() -> call(own, choices)));
            }
            boolean came = strikeAndRecover();
            over = true;
            recovered.countDown();
            for (Future<List<Account>> caller : running) {
                all.addAll(caller.get());
            }
            assertThat(came).as("the load comes about").isTrue();
        }
        return all;
    }

    private boolean strikeAndRecover() throws InterruptedException {
        boolean came = await(before);
        away = true;
        installation.strike(struck);
        if (struck.contains(Part.SERVER)) {
            over = true;
            installation.recover(Set.copyOf(struck));
            return came;
        }
        came &= await(refused);
        if (!goingOn().isEmpty()) {
            came &= await(during);
        }
        installation.recover(Set.copyOf(struck));
        awaitService();
        away = false;
        recovered.countDown();
        return came && await(after);
    }

    /** A login needs the database and, where there are limits, Redis. Sooner callers would only be refused by the hundred. */
    private void awaitService() {
        long backAt = System.nanoTime();
        Client client = new Client(installation.server());
        while (client.login(new Account(), "wrong").status() != 401) {
            assertThat(System.nanoTime() - backAt)
                    .as("nanoseconds until the server serves again")
                    .isLessThan(TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS));
            LockSupport.parkNanos(TRY_AGAIN_NANOS);
        }
        recovery = Duration.ofNanos(System.nanoTime() - backAt);
    }

    /** How long after the parts were back the server served again without a restart; zero where it was restarted. */
    Duration recovery() {
        return recovery;
    }

    private static boolean await(CountDownLatch latch) throws InterruptedException {
        return latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private List<Account> call(List<Account> own, Random choices) throws InterruptedException {
        Client client = new Client(installation.server());
        Caller caller = new Caller(client, administrator, installation.mails(), choices);
        boolean waits = false;
        try {
            while (!over) {
                waits &= away;
                Optional<Account> refusedOne = step(caller, own, choices, waits);
                waits |= refusedOne.isPresent() && away;
            }
        } catch (AssertionError failed) {
            if (!(failed.getCause() instanceof IOException) || !struck.contains(Part.SERVER)) {
                throw failed;
            }
        }
        return own;
    }

    /** Answers the account whose request was refused, if it was. */
    private Optional<Account> step(Caller caller, List<Account> own, Random choices, boolean waits)
            throws InterruptedException {
        Set<Act> allowed = waits ? goingOn() : Set.of(Act.values());
        Optional<Act> act = choose(own, choices, allowed);
        if (act.isEmpty()) {
            recovered.await();
            return Optional.empty();
        }
        Account account = account(own, act.get(), choices);
        Outcome outcome = caller.act(account, act.get());
        count(act.get(), outcome);
        return outcome == Outcome.REFUSED ? Optional.of(account) : Optional.empty();
    }

    private void count(Act act, Outcome outcome) {
        if (outcome == Outcome.REFUSED) {
            assertThat(struck.equals(List.of(Part.REDIS)) && WITHOUT_REDIS.contains(act))
                    .as("%s is refused though it needs no Redis", act)
                    .isFalse();
            if (away) {
                refused.countDown();
            }
            return;
        }
        CountDownLatch phase = away ? during : recovered.getCount() == 0 ? after : before;
        phase.countDown();
    }

    private Set<Act> goingOn() {
        return struck.contains(Part.POSTGRES) ? Set.of() : WITHOUT_REDIS;
    }

    private Optional<Act> choose(List<Account> own, Random choices, Set<Act> allowed) {
        List<Act> possible = Arrays.stream(Act.values())
                .filter(allowed::contains)
                .filter(act -> act == Act.SIGN_UP || !accounts(own, act).isEmpty())
                .toList();
        int left = choices.nextInt(
                Math.max(1, possible.stream().mapToInt(Act::weight).sum()));
        for (Act act : possible) {
            left -= act.weight();
            if (left < 0) {
                return Optional.of(act);
            }
        }
        return Optional.empty();
    }

    private Account account(List<Account> own, Act act, Random choices) {
        if (act == Act.SIGN_UP) {
            Account account = new Account();
            own.add(account);
            return account;
        }
        List<Account> usable = accounts(own, act);
        return usable.get(choices.nextInt(usable.size()));
    }

    private List<Account> accounts(List<Account> own, Act act) {
        return own.stream()
                .filter(account -> Possible.acts(account, installation.mails()).contains(act))
                .toList();
    }
}
