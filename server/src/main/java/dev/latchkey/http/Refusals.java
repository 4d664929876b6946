package dev.latchkey.http;

import dev.latchkey.core.Principal;
import dev.latchkey.core.RequestContext;
import dev.latchkey.limit.LimitPolicy;

/** Told of what the edge refuses and the audit trail has to know; must not throw and must bound what it writes. */
public interface Refusals {
    /** A limit refused the request; {@code key} is what the policy counts by. */
    void limited(RequestContext context, LimitPolicy policy, String key);

    /** A signed-in user lacks the role that the route demands. */
    void forbidden(RequestContext context, Principal.SignedIn user, String route);

    /** Administration was called from an address that it is not allowed from. */
    void wrongPlace(RequestContext context, String route);

    /** Nobody is told. */
    static Refusals untold() {
        return new Refusals() {
            @Override
            public void limited(RequestContext context, LimitPolicy policy, String key) {}

            @Override
            public void forbidden(RequestContext context, Principal.SignedIn user, String route) {}

            @Override
            public void wrongPlace(RequestContext context, String route) {}
        };
    }
}
