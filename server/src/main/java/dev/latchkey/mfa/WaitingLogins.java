package dev.latchkey.mfa;

import dev.latchkey.core.RequestContext;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Reply;
import java.util.Optional;

/** Logins that cannot go on without a second factor; bound to the flow that owns logins. */
public interface WaitingLogins {
    /** The id of the user whose login it is; empty for a handle that is not known. */
    Optional<String> user(String handle);

    /**
     * A login whose first factor was proved under this epoch of its user.
     *
     * @param mailboxAlone whether all that it proved is that somebody reads the mailbox
     */
    record Waiting(UserId user, long epoch, boolean mailboxAlone) {}

    /**
     * A login that asks for a second factor.
     *
     * @throws dev.latchkey.core.Problem LOGIN_EXPIRED for any other handle, such as that of a login that must enrol
     */
    Waiting challenged(String handle, RequestContext context);

    /**
     * A login that cannot go on until a factor was set up.
     *
     * @throws dev.latchkey.core.Problem LOGIN_EXPIRED for a handle that opens no enrolment
     */
    Waiting enrolling(String handle, RequestContext context);

    /** Finishes the login with the factor that was set up, and proved, just now. */
    Reply enrolled(String handle, ProvedSession.SetUp factor, RequestContext context);
}
