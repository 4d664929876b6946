package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Asks the server for one thing after another on accounts of its own, and notes on them what was acknowledged. */
final class Caller {
    /** What an answer meant. */
    enum Outcome {
        ACKNOWLEDGED,
        /** 503: it may have been done or not, which the trail tells. */
        REFUSED
    }

    private static final int SERVICE_UNAVAILABLE = 503;

    private final Client client;
    private final Administrator administrator;
    private final ReceivedMails mails;
    private final Random random;

    Caller(Client client, Administrator administrator, ReceivedMails mails, Random random) {
        this.client = client;
        this.administrator = administrator;
        this.mails = mails;
        this.random = random;
    }

    /** Precondition: {@link Possible#acts} allows it. */
    Outcome act(Account account, Act act) {
        return switch (act) {
            case SIGN_UP -> signUp(account);
            case LOG_IN -> logIn(account);
            case REFRESH -> refresh(account, anyLive(account));
            case LOG_OUT -> logOut(account, anyLive(account));
            case CHANGE_PASSWORD -> changePassword(account, any(Possible.sessionsThatChange(account)));
            case FORGET_PASSWORD -> forgetPassword(account);
            case RESET_PASSWORD -> resetPassword(account);
            case ENROL -> enrol(account, anyLive(account));
            case DISABLE -> disable(account, anyLive(account));
        };
    }

    private Outcome signUp(Account account) {
        Answer answer = request(account, Act.SIGN_UP, () -> {})
                .post("/api/v1/auth/register", Map.of("email", account.email(), "password", account.password()));
        if (isRefused(answer, 201)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        account.signedIn(answer);
        return Outcome.ACKNOWLEDGED;
    }

    private Outcome logIn(Account account) {
        Optional<String> code = account.secondFactor().flatMap(this::code);
        String id = account.begin(
                Act.LOG_IN,
                () -> code.ifPresent(it -> account.secondFactor().orElseThrow().spent(it)),
                () -> code.ifPresent(it -> account.secondFactor().orElseThrow().unspent(it)));
        Answer answer = client.login(client.request(id), account.email(), account.password(), code);
        if (isRefused(answer, 200)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        account.signedIn(answer);
        return Outcome.ACKNOWLEDGED;
    }

    private Optional<String> code(SecondFactor factor) {
        return random.nextBoolean()
                ? factor.appCode().or(factor::backupCode)
                : factor.backupCode().or(factor::appCode);
    }

    private Outcome refresh(Account account, Session session) {
        Answer answer = client.refresh(request(account, Act.REFRESH, session::outOfStep), session);
        if (isRefused(answer, 200)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        session.renewed(answer);
        return Outcome.ACKNOWLEDGED;
    }

    private Outcome logOut(Account account, Session session) {
        Answer answer = request(account, Act.LOG_OUT, session::ended)
                .bearer(session.accessToken())
                .post("/api/v1/auth/logout");
        return acknowledged(account, answer, 204);
    }

    private Outcome changePassword(Account account, Session session) {
        String changed = Account.newPassword();
        Answer answer = request(account, Act.CHANGE_PASSWORD, () -> account.passwordIs(changed))
                .bearer(session.accessToken())
                .post(
                        "/api/v1/auth/change-password",
                        Map.of("currentPassword", account.password(), "newPassword", changed));
        if (isRefused(answer, 200)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        account.signedIn(answer);
        return Outcome.ACKNOWLEDGED;
    }

    private Outcome forgetPassword(Account account) {
        Answer answer = request(account, Act.FORGET_PASSWORD, account::forgotPassword)
                .post("/api/v1/auth/forgot-password", Map.of("email", account.email()));
        return acknowledged(account, answer, 200);
    }

    private Outcome resetPassword(Account account) {
        String link = mails.link(account.email()).orElseThrow();
        String changed = Account.newPassword();
        ApiClient request = request(account, Act.RESET_PASSWORD, () -> account.resetBy(link, changed));
        return acknowledged(account, client.resetPassword(request, link, changed), 200);
    }

    /** A setup that waits for its first code may be lost with what kept it; then nothing was promised. */
    private Outcome enrol(Account account, Session session) {
        Answer setup = client.anonymous().bearer(session.accessToken()).post("/api/v1/mfa/setup", Map.of());
        if (isRefused(setup, 200)) {
            return Outcome.REFUSED;
        }
        SecondFactor factor = new SecondFactor(setup.text("/secret"));
        Answer enabled = request(account, Act.ENROL, () -> {
                    account.enrolled(factor);
                    session.provesTwo();
                })
                .bearer(session.accessToken())
                .post("/api/v1/mfa/enable", Map.of("code", factor.appCode().orElseThrow()));
        if (enabled.code().equals("NO_PENDING_SETUP") || isRefused(enabled, 200)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        factor.received(enabled.texts("/backupCodes"));
        return Outcome.ACKNOWLEDGED;
    }

    private Outcome disable(Account account, Session session) {
        Answer me = client.me(session);
        if (isRefused(me, 200)) {
            return Outcome.REFUSED;
        }
        Answer answer = request(account, Act.DISABLE, account::disabled)
                .bearer(administrator.accessToken())
                .post("/api/v1/users/" + me.text("/user/id") + "/disable");
        return acknowledged(account, answer, 200);
    }

    private ApiClient request(Account account, Act act, Runnable done) {
        return client.request(account.begin(act, done, () -> {}));
    }

    private static Outcome acknowledged(Account account, Answer answer, int expected) {
        if (isRefused(answer, expected)) {
            return Outcome.REFUSED;
        }
        account.acknowledge();
        return Outcome.ACKNOWLEDGED;
    }

    private static boolean isRefused(Answer answer, int expected) {
        if (answer.status() == SERVICE_UNAVAILABLE) {
            return true;
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(expected);
        return false;
    }

    private Session anyLive(Account account) {
        return any(Possible.liveSessions(account));
    }

    private Session any(List<Session> sessions) {
        return sessions.get(random.nextInt(sessions.size()));
    }
}
