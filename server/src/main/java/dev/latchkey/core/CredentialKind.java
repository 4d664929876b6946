package dev.latchkey.core;

/** How a request proved who it is. Exactly one kind per request. */
public enum CredentialKind {
    /** {@code Authorization: Bearer}, a signed access token. */
    BEARER,
    /** The session cookie; writes need a CSRF token. */
    COOKIE,
    /** {@code X-Session-Id}, a session that was never given to a browser as a cookie. */
    SESSION_HEADER,
    /** {@code X-API-Key}. */
    API_KEY
}
