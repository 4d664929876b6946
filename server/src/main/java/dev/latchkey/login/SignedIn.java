package dev.latchkey.login;

import dev.latchkey.session.KnownDevices;
import dev.latchkey.session.Session;
import dev.latchkey.user.User;
import java.util.Optional;

/**
 * A session that was opened, with everything its client must be told once the transaction is durable.
 *
 * @param secret of a cookie or header session
 * @param refreshToken of a token session
 */
public record SignedIn(
        User user,
        Session session,
        Optional<String> secret,
        Optional<String> refreshToken,
        KnownDevices.Sighting device) {
    @Override
    public String toString() {
        return "SignedIn[" + session.id() + "]";
    }
}
