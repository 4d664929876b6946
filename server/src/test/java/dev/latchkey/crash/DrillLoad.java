package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.crash.Account.Act;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Signs up, refreshes and logs out from several callers without a pause, and notes what was acknowledged, in order. */
final class DrillLoad {
    private static final int CALLERS = 6;
    private static final int REFRESHES = 6;
    private static final long PATIENCE_SECONDS = 60;

    /** What the server acknowledged. */
    record Acknowledged(String request, Act act, String email) {}

    private final ServerProcess server;
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
    private final Semaphore counted = new Semaphore(0);
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean over;

    DrillLoad(ServerProcess server) {
        this.server = server;
        for (int caller = 0; caller < CALLERS; caller++) {
            running.add(callers.submit(this::call));
        }
    }

    /** All that is acknowledged by now. */
    List<Acknowledged> acknowledged() {
        return List.copyOf(acknowledged);
    }

    /** Returns once so many more requests were acknowledged. */
    void more(int requests) throws InterruptedException {
        counted.drainPermits();
        assertThat(counted.tryAcquire(requests, PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("the load comes about")
                .isTrue();
    }

    /** Ends the load; fails if a caller got an answer it should not have got. */
    void end() throws InterruptedException, ExecutionException {
        over = true;
        for (Future<?> caller : running) {
            caller.get();
        }
        callers.close();
    }

    private void call() {
        while (!over) {
            Account account = new Account();
            Answer signedUp = request(account, Act.SIGN_UP)
                    .post("/api/v1/auth/register", Map.of("email", account.email(), "password", Account.PASSWORD));
            tokens(account, signedUp, 201);
            for (int refresh = 0; refresh < REFRESHES && !over; refresh++) {
                Answer refreshed = request(account, Act.REFRESH)
                        .post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()));
                tokens(account, refreshed, 200);
            }
            Answer out =
                    request(account, Act.LOG_OUT).bearer(account.accessToken()).post("/api/v1/auth/logout");
            assertThat(out.status()).as(out.body()).isEqualTo(204);
            note(account, Act.LOG_OUT);
            account.acknowledgedLogout();
        }
    }

    private void tokens(Account account, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        note(account, account.pending().orElseThrow().act());
        account.acknowledgedTokens(answer.text("/access_token"), answer.text("/refresh_token"));
    }

    private void note(Account account, Act act) {
        acknowledged.add(new Acknowledged(account.pending().orElseThrow().id(), act, account.email()));
        counted.release();
    }

    private ApiClient request(Account account, Act act) {
        return server.client().with("X-Request-Id", account.begin(act));
    }
}
