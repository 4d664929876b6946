package dev.latchkey.http;

import dev.latchkey.core.SessionId;

/** Derives the CSRF token of a session: stateless, the same for as long as the session's id is. */
@FunctionalInterface
public interface CsrfTokens {
    /** An unguessable text bound to this session, such as a keyed hash of its id. */
    String tokenOf(SessionId session);
}
