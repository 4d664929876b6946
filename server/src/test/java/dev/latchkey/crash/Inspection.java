package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import dev.latchkey.crash.Account.Act;
import dev.latchkey.crash.Account.Request;
import dev.latchkey.crash.Account.State;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Holds a server that came up after a crash to everything that was acknowledged before it. */
final class Inspection {
    private final ServerProcess server;
    private final Map<String, List<String>> eventsByRequest;
    private final Random random;

    /** @param eventsByRequest the trail: the names of the events of each request id */
    Inspection(ServerProcess server, Map<String, List<String>> eventsByRequest, Random random) {
        this.server = server;
        this.eventsByRequest = eventsByRequest;
        this.random = random;
    }

    /** The account is then settled: nothing is pending, and its newest refresh token is known. */
    void inspect(Account account) {
        account.acknowledged().forEach(this::isOnRecord);
        account.pending().ifPresent(request -> settle(account, request));
        if (account.hasTokens() && !account.isLoginProved()) {
            assertThat(login(account).status()).as("an acknowledged sign-up").isEqualTo(200);
            account.loginProved();
        }
        switch (account.state()) {
            case NEW -> {}
            case LIVE -> isLive(account);
            case LOGGED_OUT, DEAD -> isOver(account);
        }
    }

    private void isOnRecord(String request, Act act) {
        assertThat(eventsByRequest.getOrDefault(request, List.of()))
                .as("the trail of an acknowledged %s", act)
                .containsOnlyOnce(act.event());
    }

    /** The server died before it answered: either all of it happened, or nothing. */
    private void settle(Account account, Request request) {
        boolean happened = eventsByRequest
                .getOrDefault(request.id(), List.of())
                .contains(request.act().event());
        switch (request.act()) {
            case SIGN_UP -> {
                assertThat(login(account).status()).as("an unanswered sign-up").isEqualTo(happened ? 200 : 401);
                account.settled(State.NEW);
            }
            case REFRESH -> {
                if (happened) {
                    assertThat(refresh(account.refreshToken()).code())
                            .as("a token that an unanswered refresh has spent")
                            .isEqualTo("TOKEN_REUSE_DETECTED");
                }
                account.settled(happened ? State.DEAD : State.LIVE);
            }
            case LOG_OUT -> account.settled(happened ? State.LOGGED_OUT : State.LIVE);
        }
    }

    private void isLive(Account account) {
        assertThat(me(account).status())
                .as("the access token of a live session")
                .isEqualTo(200);
        String requestId = account.begin(Act.REFRESH);
        Answer refreshed = server.client()
                .with("X-Request-Id", requestId)
                .post("/api/v1/auth/refresh", Map.of("refresh_token", account.refreshToken()));
        assertThat(refreshed.status())
                .as("the newest acknowledged refresh token: %s", refreshed.body())
                .isEqualTo(200);
        account.acknowledgedTokens(refreshed.text("/access_token"), refreshed.text("/refresh_token"));
        if (random.nextInt(4) == 0) {
            List<String> spent = account.spentTokens();
            assertThat(refresh(spent.get(random.nextInt(spent.size()))).code())
                    .as("a spent token")
                    .isEqualTo("TOKEN_REUSE_DETECTED");
            account.reused();
            isOver(account);
        }
    }

    private void isOver(Account account) {
        assertThat(refresh(account.refreshToken()).code())
                .as("the refresh token of an ended session")
                .isEqualTo("TOKEN_REVOKED");
        assertThat(me(account).code())
                .as("the access token of an ended session")
                .isEqualTo("TOKEN_REVOKED");
    }

    private Answer login(Account account) {
        return server.client()
                .post("/api/v1/auth/login", Map.of("email", account.email(), "password", Account.PASSWORD));
    }

    private Answer refresh(String token) {
        return server.client().post("/api/v1/auth/refresh", Map.of("refresh_token", token));
    }

    private Answer me(Account account) {
        ApiClient client = server.client().bearer(account.accessToken());
        return client.get("/api/v1/auth/me");
    }
}
