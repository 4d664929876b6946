package dev.latchkey.boot;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.Principal;
import dev.latchkey.db.Sql;
import dev.latchkey.db.Tx;
import dev.latchkey.login.Factor;
import dev.latchkey.login.SessionAssurance;
import dev.latchkey.mfa.ProvedSession;
import java.util.Optional;

/** What a session has proved: asked by who sets factors up, kept by the login. */
record ProvedInSession(SessionAssurance assurance) implements ProvedSession {
    @Override
    public Optional<Authentication> authentication(Sql sql, Principal.SignedIn principal) {
        return assurance.of(sql, principal);
    }

    @Override
    public void proved(Tx tx, Principal.SignedIn principal, SetUp factor) {
        assurance.proved(tx, principal, factor(factor));
    }

    static Factor factor(SetUp factor) {
        return switch (factor) {
            case AUTHENTICATOR_APP -> Factor.TOTP;
            case TEXTED_CODE -> Factor.SMS;
            case PASSKEY -> Factor.PASSKEY;
            case VERIFIED_PASSKEY -> Factor.VERIFIED_PASSKEY;
        };
    }
}
