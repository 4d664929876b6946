package dev.latchkey.boot;

import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.RequestContext;
import dev.latchkey.db.Tx;
import dev.latchkey.login.TextedCodes;
import dev.latchkey.mfa.TextCode;
import dev.latchkey.user.User;

/** Texts a code to a number that is to be proved, as the login texts its own. */
record TextsForSetUp(TextedCodes codes) implements TextCode {
    @Override
    public void requireAvailable() {
        codes.requireAvailable();
    }

    @Override
    public void send(Tx tx, User user, PhoneNumber number, String attempt, RequestContext context) {
        codes.send(tx, user, number, attempt, context);
    }
}
