package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.crypto.TokenHash;
import dev.latchkey.ephemeral.EntryKind;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.session.SessionMode;
import dev.latchkey.session.SessionWish;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Logins that wait for another proof. The client holds a random handle, the store its hash: a handle is no session and is taken
 * nowhere but where the login goes on.
 */
final class Attempts {
    static final Duration LIFETIME = Duration.ofMinutes(5);
    private static final EntryKind KIND = new EntryKind("login-attempt", 100_000);
    private static final String SECRET = "login-attempt";

    private final ExpiringStore store;
    private final Secrets secrets;

    Attempts(ExpiringStore store, Secrets secrets) {
        this.store = store;
        this.secrets = secrets;
    }

    /** Keeps an attempt whose user is known; answers its handle. */
    String keep(Attempt attempt) {
        String handle = secrets.token();
        store.put(KIND, TokenHash.of(SECRET, handle), written(attempt), LIFETIME);
        return handle;
    }

    /** @throws Problem LOGIN_EXPIRED for a handle that is old, finished or was never given out */
    Attempt find(String handle) {
        return peek(handle).orElseThrow(() -> Problem.of(ErrorCode.LOGIN_EXPIRED));
    }

    Optional<Attempt> peek(String handle) {
        String hash = TokenHash.of(SECRET, handle);
        return store.get(KIND, hash).map(text -> read(text, hash));
    }

    void finish(String handle) {
        store.remove(KIND, TokenHash.of(SECRET, handle));
    }

    private static String written(Attempt attempt) {
        return String.join(
                "|",
                attempt.user().orElseThrow().value(),
                Long.toString(attempt.epoch()),
                attempt.proved().stream().map(Enum::name).sorted().collect(Collectors.joining(",")),
                attempt.wish().mode().wireName(),
                Boolean.toString(attempt.wish().remember()));
    }

    private static Attempt read(String text, String hash) {
        List<String> parts = Arrays.asList(text.split("\\|", -1));
        Set<Factor> proved =
                Arrays.stream(parts.get(2).split(",")).map(Factor::valueOf).collect(Collectors.toUnmodifiableSet());
        SessionWish wish =
                new SessionWish(SessionMode.parse(parts.get(3)).orElseThrow(), Boolean.parseBoolean(parts.get(4)));
        UserId user = new UserId(parts.get(0));
        return new Attempt(Optional.of(user), Long.parseLong(parts.get(1)), proved, wish, false, Optional.of(hash));
    }
}
