package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;

/** Turns the one credential of a request into a principal. */
public interface Authenticator {
    /**
     * Who a bearer token belongs to.
     *
     * @throws dev.latchkey.core.Problem 401 with the code that tells expired, revoked and invalid apart
     */
    Principal bearer(String token, RequestContext context);

    /** Who a session secret belongs to, by the place it came from; a session made for a cookie is refused in the header. */
    Principal session(String secret, boolean fromCookie, RequestContext context);

    /** Who an API key belongs to. */
    Principal apiKey(String key, RequestContext context);
}
