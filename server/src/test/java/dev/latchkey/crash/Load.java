package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.crash.Account.Act;
import dev.latchkey.crash.Account.State;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Signs up, refreshes and logs out from several callers at once, until the server is killed under them. */
final class Load {
    private static final int CALLERS = 8;
    private static final long PATIENCE_SECONDS = 60;

    private final ServerProcess server;
    private final Random random;
    private final CountDownLatch enough;

    /** @param acknowledgements after which the server is killed */
    Load(ServerProcess server, Random random, int acknowledgements) {
        this.server = server;
        this.random = random;
        this.enough = new CountDownLatch(acknowledgements);
    }

    /** Loads the server and kills it. Answers every account, those given and those that were begun. */
    List<Account> untilKilled(List<Account> known) throws InterruptedException, ExecutionException {
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
            boolean reached = enough.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
            server.kill();
            for (Future<List<Account>> caller : running) {
                all.addAll(caller.get());
            }
            assertThat(reached).as("the load comes about").isTrue();
        }
        return all;
    }

    private List<Account> call(List<Account> own, Random choices) {
        try {
            while (true) {
                act(own, choices);
            }
        } catch (AssertionError failed) {
            if (failed.getCause() instanceof IOException) {
                return own;
            }
            throw failed;
        }
    }

    private void act(List<Account> own, Random choices) {
        List<Account> usable = own.stream()
                .filter(account -> account.state() == State.LIVE)
                .filter(account -> account.pending().isEmpty())
                .toList();
        int choice = choices.nextInt(10);
        if (usable.isEmpty() || choice < 2) {
            Account account = new Account();
            own.add(account);
            signUp(account);
        } else if (choice < 9) {
            refresh(usable.get(choices.nextInt(usable.size())));
        } else {
            logOut(usable.get(choices.nextInt(usable.size())));
        }
    }

    private void signUp(Account account) {
        Answer answer = request(account, Act.SIGN_UP)
                .post("/api/v1/auth/register", Map.of("email", account.email(), "password", Account.PASSWORD));
        if (isAcknowledged(answer, 201)) {
            account.acknowledgedTokens(answer.text("/access_token"), answer.text("/refresh_token"));
        }
    }

    private void refresh(Account account) {
        Answer answer = request(account, Act.REFRESH)
                .post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()));
        if (isAcknowledged(answer, 200)) {
            account.acknowledgedTokens(answer.text("/access_token"), answer.text("/refresh_token"));
        }
    }

    private void logOut(Account account) {
        Answer answer =
                request(account, Act.LOG_OUT).bearer(account.accessToken()).post("/api/v1/auth/logout");
        if (isAcknowledged(answer, 204)) {
            account.acknowledgedLogout();
        }
    }

    private ApiClient request(Account account, Act act) {
        return server.client().with("X-Request-Id", account.begin(act));
    }

    /** A 503 promises nothing either way, so what it stood for stays open until the trail is read. */
    private boolean isAcknowledged(Answer answer, int expected) {
        if (answer.status() == 503) {
            return false;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        enough.countDown();
        return true;
    }
}
