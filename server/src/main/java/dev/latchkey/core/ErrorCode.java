package dev.latchkey.core;

/** The stable codes of the native error envelope, each with its HTTP status and the sentence a person may read. */
public enum ErrorCode {
    MALFORMED_JSON(400, "The request body is not a JSON object. Send one with Content-Type: application/json."),
    INVALID_REQUEST(400, "The request cannot be understood. Check it against the API description at /api/docs."),
    INVALID_LINK(400, "This link is not valid any more. Ask for a new one."),
    PASSKEY_NOT_REGISTERED(400, "The passkey was not registered. Begin again, or use another device."),
    NO_PENDING_SETUP(400, "No setup is under way. Begin one first."),
    SETUP_EXPIRED(400, "The setup took too long. Begin a new one."),
    AMBIGUOUS_CREDENTIALS(400, "Send either an Authorization header or an API key, not both."),

    MISSING_TOKEN(401, "Sign in first: this needs an access token or a session."),
    TOKEN_EXPIRED(401, "The token has expired. Refresh it or sign in again."),
    TOKEN_REVOKED(401, "The token was revoked. Sign in again."),
    TOKEN_REUSE_DETECTED(401, "This refresh token was used before, so its session was ended. Sign in again."),
    INVALID_TOKEN_TYPE(401, "This kind of token is not accepted here."),
    INVALID_SIGNATURE(401, "The token's signature is not valid."),
    INVALID_TOKEN(401, "The token is not valid."),
    INVALID_SESSION(401, "The session is not valid any more. Sign in again."),
    INVALID_CREDENTIALS(401, "Invalid email or password"),
    INVALID_PASSKEY(401, "The passkey was not accepted. Try again, or sign in another way."),
    INVALID_MFA_CODE(401, "Invalid verification code"),
    INVALID_LOGIN_CODE(401, "This code is not right or does not work any more. Check it, or ask for a new one."),
    LOGIN_EXPIRED(401, "This login took too long or is finished. Sign in again."),

    FORBIDDEN(403, "You may not do this."),
    MFA_REQUIRED(403, "This needs a second factor. Set one up and sign in with it."),
    REAUTHENTICATION_REQUIRED(403, "Confirm that it is you: sign in again or send your current password."),
    INVALID_CSRF_TOKEN(403, "The CSRF token is missing or wrong. Read a new one from /api/v1/auth/csrf-token."),
    CAPTCHA_REQUIRED(403, "Show first that you are not a program: answer the challenge and send this again."),
    EMAIL_NOT_VERIFIED(403, "Verify your e-mail address first. The link is in the mail we sent."),
    ACCOUNT_DISABLED(403, "This account is disabled. Ask an administrator."),
    REGISTRATION_CLOSED(403, "Sign-up is not open here. Ask an administrator for an account."),

    NOT_FOUND(404, "There is nothing here."),
    METHOD_NOT_ALLOWED(405, "This address does not take this method. The Allow header lists those it takes."),
    USER_EXISTS(409, "An account with this e-mail address exists. Sign in or reset its password."),
    CONFLICT(409, "This changed meanwhile. Read it again and retry."),
    PAYLOAD_TOO_LARGE(413, "The request body is too large."),
    UNSUPPORTED_MEDIA_TYPE(415, "This content type is not accepted here. Use application/json."),
    VALIDATION_ERROR(422, "Validation failed"),
    ACCOUNT_LOCKED(423, "Too many failed attempts locked this account. Wait, or use the link in the mail we sent."),
    RATE_LIMITED(429, "Too many requests. Wait and try again."),

    SERVER_ERROR(500, "Something went wrong on our side. Try again; if it lasts, give the request id to the operator."),
    SERVICE_UNAVAILABLE(503, "The server is busy. Try again shortly.");

    private final int status;
    private final String message;

    ErrorCode(int status, String message) {
        this.status = status;
        this.message = message;
    }

    /** The HTTP status this code is answered with. */
    public int status() {
        return status;
    }

    /** What a person may read; never holds internals. */
    public String message() {
        return message;
    }
}
