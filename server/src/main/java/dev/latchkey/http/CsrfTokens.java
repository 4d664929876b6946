package dev.latchkey.http;

import dev.latchkey.core.SessionId;

/** Recognises the CSRF token of a session: stateless, the same for as long as the session's id is. */
@FunctionalInterface
public interface CsrfTokens {
    /** Whether {@code presented} is the unguessable text bound to this session, such as a keyed hash of its id. */
    boolean isTokenOf(SessionId session, String presented);
}
