package dev.latchkey.login;

import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.db.Database;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Tells whoever signs in with one factor, and has no other, that there are more. Nobody has to take one. */
public final class FactorOffer {
    private static final Duration DECLINED_FOR = Duration.ofDays(30);

    private final boolean on;
    private final Database database;
    private final UserService users;
    private final SecondFactors secondFactors;
    private final Clock clock;

    /** @param on whether the operator wants it told */
    public FactorOffer(boolean on, Database database, UserService users, SecondFactors secondFactors, Clock clock) {
        this.on = on;
        this.database = database;
        this.users = users;
        this.secondFactors = secondFactors;
        this.clock = clock;
    }

    /** Whether the operator wants it told at all. */
    public boolean made() {
        return on;
    }

    /** Whether a program is told with the answer of this login. */
    boolean told(SignedIn signedIn) {
        return on
                && !signedIn.session().authentication().multipleFactors()
                && !database.read(sql -> secondFactors.hasAny(sql, signedIn.user()));
    }

    /** Whether a person is asked after this login: not within {@code 30} days of saying no. */
    public boolean asked(SignedIn signedIn) {
        return told(signedIn)
                && database.read(sql ->
                                users.declinedFactorAt(sql, signedIn.user().id()))
                        .filter(this::lately)
                        .isEmpty();
    }

    /** Whether this user has none yet, so that the question still makes sense. */
    public boolean open(Principal.SignedIn principal) {
        return database.read(sql -> {
            User user = users.byId(sql, principal.user()).orElseThrow(FactorOffer::gone);
            return !secondFactors.hasAny(sql, user);
        });
    }

    /** Keeps that the user wants none for now. */
    public void decline(Principal.SignedIn principal) {
        database.tx(tx -> {
            if (!users.guard(tx, principal.user(), principal.epoch())) {
                throw gone();
            }
            users.declineFactor(tx, principal.user());
            return principal;
        });
    }

    private boolean lately(Instant declined) {
        return declined.plus(DECLINED_FOR).isAfter(clock.instant());
    }

    private static Problem gone() {
        return Problem.of(ErrorCode.TOKEN_REVOKED);
    }
}
