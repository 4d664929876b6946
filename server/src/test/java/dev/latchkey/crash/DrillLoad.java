package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
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
    record Acknowledged(String request, Act act, String email, String password) {}

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
                    .post("/api/v1/auth/register", Map.of("email", account.email(), "password", account.password()));
            acknowledged(account, signedUp, 201);
            Session session = new Session(signedUp);
            for (int refresh = 0; refresh < REFRESHES && !over; refresh++) {
                Answer refreshed = request(account, Act.REFRESH)
                        .post("/api/v1/auth/refresh", Map.of("refresh_token", session.refreshToken()));
                acknowledged(account, refreshed, 200);
                session.renewed(refreshed);
            }
            Answer out =
                    request(account, Act.LOG_OUT).bearer(session.accessToken()).post("/api/v1/auth/logout");
            acknowledged(account, out, 204);
        }
    }

    private void acknowledged(Account account, Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        Account.Request request = account.pending().orElseThrow();
        acknowledged.add(new Acknowledged(request.id(), request.act(), account.email(), account.password()));
        counted.release();
        account.acknowledge();
    }

    private ApiClient request(Account account, Act act) {
        return server.client().with("X-Request-Id", account.begin(act, () -> {}, () -> {}));
    }
}
