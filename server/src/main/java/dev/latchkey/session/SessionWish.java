package dev.latchkey.session;

import dev.latchkey.core.Validation;
import java.util.Optional;

/** What a client asks of the session that a login opens. */
public record SessionWish(SessionMode mode, boolean remember) {
    public static final SessionWish TOKENS = new SessionWish(SessionMode.TOKEN, false);

    /** Reads the fields {@code mode} and {@code rememberMe}; a mode that is none is rejected at {@code check}. */
    public static SessionWish read(Validation check, Optional<String> mode, Optional<Boolean> rememberMe) {
        Optional<SessionMode> known = mode.flatMap(SessionMode::parse);
        check.require(mode.isEmpty() || known.isPresent(), "mode", "unknown_mode", "Use token, cookie or session.");
        return new SessionWish(known.orElse(SessionMode.TOKEN), rememberMe.orElse(false));
    }
}
