package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.crash.Account.Request;
import dev.latchkey.crash.Account.Status;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Holds a server that came through a crash to everything that was acknowledged before it. */
final class Inspection {
    private final Client client;
    private final Map<String, List<String>> eventsByRequest;
    private final Random random;

    /** @param eventsByRequest the trail: the names of the events of each request id */
    Inspection(Client client, Map<String, List<String>> eventsByRequest, Random random) {
        this.client = client;
        this.eventsByRequest = eventsByRequest;
        this.random = random;
    }

    /** The account is then settled: nothing is pending, and of each live session the newest refresh token is known. */
    void inspect(Account account) {
        account.acknowledged().forEach(this::isOnRecord);
        account.pending().ifPresent(request -> settle(account, request));
        switch (account.status()) {
            case UNKNOWN -> {}
            case ACTIVE -> passwordWorks(account);
            case DISABLED ->
                assertThat(client.login(account, account.password()).code())
                        .as("a login to an account that was disabled")
                        .isEqualTo("ACCOUNT_DISABLED");
        }
        if (account.status() != Status.UNKNOWN) {
            nothingSpentWorks(account);
            List.copyOf(account.sessions()).forEach(session -> inspect(account, session));
        }
    }

    private void isOnRecord(String request, Act act) {
        assertThat(eventsByRequest.getOrDefault(request, List.of()))
                .as("the trail of an acknowledged %s", act)
                .containsOnlyOnce(act.event());
    }

    /** No answer came: either all of it happened, or nothing. */
    private void settle(Account account, Request request) {
        boolean happened = eventsByRequest
                .getOrDefault(request.id(), List.of())
                .contains(request.act().event());
        if (request.act() == Act.SIGN_UP) {
            assertThat(client.login(account, account.password()).status())
                    .as("a login after an unanswered sign-up")
                    .isEqualTo(happened ? 200 : 401);
        }
        account.settle(happened);
    }

    private void passwordWorks(Account account) {
        if (account.isPasswordProved()) {
            return;
        }
        Answer login = client.login(account, account.password());
        assertThat(login.status()).as("a login: %s", login.body()).isEqualTo(200);
        assertThat(login.data("/requiresMFA").asBoolean(false))
                .as("a second factor is asked for where one was set up")
                .isEqualTo(account.secondFactor().isPresent());
        account.passwordProved();
        if (!account.formerPasswords().isEmpty()) {
            assertThat(client.login(account, account.formerPasswords().getLast())
                            .code())
                    .as("a former password")
                    .isEqualTo("INVALID_CREDENTIALS");
        }
    }

    private void nothingSpentWorks(Account account) {
        any(account.spentLinks())
                .ifPresent(link -> assertThat(client.resetPassword(client.anonymous(), link, Account.newPassword())
                                .code())
                        .as("a spent link")
                        .isEqualTo("INVALID_LINK"));
        if (account.status() == Status.ACTIVE && random.nextInt(4) == 0) {
            account.secondFactor()
                    .flatMap(factor -> any(factor.spent()))
                    .ifPresent(code -> assertThat(client.login(
                                            client.anonymous(), account.email(), account.password(), Optional.of(code))
                                    .code())
                            .as("a spent code")
                            .isEqualTo("INVALID_MFA_CODE"));
        }
    }

    private void inspect(Account account, Session session) {
        switch (session.state()) {
            case LIVE -> isLive(account, session);
            case OUT_OF_STEP -> isFoundOut(session, session.refreshToken());
            case OVER -> {
                isOver(session);
                // Looked at once or twice more; long runs would otherwise come to do nothing else.
                if (random.nextBoolean()) {
                    account.sessions().remove(session);
                }
            }
        }
    }

    private void isLive(Account account, Session session) {
        assertThat(client.me(session).status())
                .as("the access token of a live session")
                .isEqualTo(200);
        String requestId = account.begin(Act.REFRESH, session::outOfStep, () -> {});
        Answer refreshed = client.refresh(client.request(requestId), session);
        assertThat(refreshed.status())
                .as("the newest acknowledged refresh token: %s", refreshed.body())
                .isEqualTo(200);
        account.acknowledge();
        session.renewed(refreshed);
        if (random.nextInt(4) == 0) {
            any(session.spentTokens()).ifPresent(token -> isFoundOut(session, token));
        }
    }

    /** The second use of a token ends its session. */
    private void isFoundOut(Session session, String spentToken) {
        assertThat(client.refresh(client.anonymous(), spentToken).code())
                .as("a spent refresh token")
                .isEqualTo("TOKEN_REUSE_DETECTED");
        session.ended();
        isOver(session);
    }

    private void isOver(Session session) {
        assertThat(client.refresh(client.anonymous(), session).code())
                .as("the refresh token of an ended session")
                .isEqualTo("TOKEN_REVOKED");
        assertThat(client.me(session).code())
                .as("the access token of an ended session")
                .isEqualTo("TOKEN_REVOKED");
    }

    private Optional<String> any(List<String> all) {
        return all.isEmpty() ? Optional.empty() : Optional.of(all.get(random.nextInt(all.size())));
    }
}
