package dev.latchkey.mfa;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Reply;
import java.util.Optional;

/** Logins that cannot go on without a second factor; bound to the flow that owns logins. */
public interface WaitingLogins {
    /** The id of the user whose login it is; empty for a handle that is not known. */
    Optional<String> user(String handle);

    /** A login whose password was right and that asks for a second factor. */
    record Challenged(UserId user, long epoch) {}

    /** @throws dev.latchkey.core.Problem LOGIN_EXPIRED for any other handle, such as that of a login that must enrol */
    Challenged challenged(String handle, RequestContext context);

    /**
     * Whom the handle lets enrol.
     *
     * @throws dev.latchkey.core.Problem LOGIN_EXPIRED for a handle that opens no enrolment
     */
    TotpEnrolment.Owner owner(String handle, RequestContext context);

    /** Finishes the login with the factor that was enrolled, and proved, just now. */
    Reply enrolled(String handle, RequestContext context);
}
