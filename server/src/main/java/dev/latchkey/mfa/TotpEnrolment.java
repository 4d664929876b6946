package dev.latchkey.mfa;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Principal;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.Sentence;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.totp.EnrolOutcome;
import dev.latchkey.totp.PendingTotp;
import dev.latchkey.totp.TotpDevice;
import dev.latchkey.totp.TotpService;
import dev.latchkey.totp.TotpSetup;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sets authenticator applications up. The first factor of an account brings its backup codes with it. */
public final class TotpEnrolment {
    /**
     * Who may set one up.
     *
     * @param epoch the user's, under which the right to do this was proved
     * @param session empty in the middle of a login: good for an account's first factor, never for another one
     */
    public record Owner(UserId user, long epoch, Optional<Principal.SignedIn> session) {
        /** Whoever is signed in, and proved two factors where the account has two. */
        public static Owner signedIn(Principal.SignedIn principal) {
            return new Owner(principal.user(), principal.epoch(), Optional.of(principal));
        }

        /** Whoever cannot sign in without a second factor and has none. */
        public static Owner signingIn(UserId user, long epoch) {
            return new Owner(user, epoch, Optional.empty());
        }
    }

    private record Enabled(EnrolOutcome outcome, List<String> backupCodes) {}

    private final Database database;
    private final UserService users;
    private final TotpService totp;
    private final SecondFactorSwitch secondFactors;
    private final AuditService audit;

    public TotpEnrolment(
            Database database,
            UserService users,
            TotpService totp,
            SecondFactorSwitch secondFactors,
            AuditService audit) {
        this.database = database;
        this.users = users;
        this.totp = totp;
        this.secondFactors = secondFactors;
        this.audit = audit;
    }

    /**
     * A seed that waits ten minutes for its first code.
     *
     * @throws Problem REAUTHENTICATION_REQUIRED
     */
    public TotpSetup begin(Owner owner, String deviceName) {
        User user = database.read(sql -> {
            User found = users.byId(sql, owner.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
            owner.session().ifPresent(session -> secondFactors.requireProof(sql, found, session));
            return found;
        });
        return totp.begin(user.tenant(), user.id(), user.email().asTyped(), deviceName);
    }

    /**
     * The setup that waits, to be shown once more to whoever was shown it: a seed that somebody else is about to use is told
     * to nobody.
     *
     * @param secret as it was shown
     */
    public Optional<TotpSetup> again(UserId id, String secret) {
        return database.read(sql -> users.byId(sql, id))
                .flatMap(user -> totp.again(id, secret, user.email().asTyped()));
    }

    /**
     * Makes the setup a device.
     *
     * @return backup codes where the account had no factor before, to be shown once; else empty
     * @throws Problem NO_PENDING_SETUP, SETUP_EXPIRED, INVALID_MFA_CODE, REAUTHENTICATION_REQUIRED, CONFLICT for one device too
     *     many
     */
    public List<String> enable(Owner owner, String code, RequestContext context) {
        return enable(owner, code, Optional.empty(), context);
    }

    /**
     * The same, under a name that was chosen only now.
     *
     * @param name 1 to {@link TotpDevice#MAX_NAME} characters, checked by the caller; empty for that of the setup
     */
    public List<String> enable(Owner owner, String code, Optional<String> name, RequestContext context) {
        Optional<PendingTotp> pending = totp.pending(owner.user()).map(setup -> totp.named(setup, name));
        Enabled enabled = database.tx(tx -> enable(tx, owner, pending, code, context));
        switch (enabled.outcome()) {
            case EnrolOutcome.Enrolled ignored -> totp.discard(owner.user());
            case EnrolOutcome.NoPendingSetup ignored -> throw Problem.of(ErrorCode.NO_PENDING_SETUP);
            case EnrolOutcome.SetupExpired ignored -> throw Problem.of(ErrorCode.SETUP_EXPIRED);
            case EnrolOutcome.WrongCode ignored -> throw Problem.of(ErrorCode.INVALID_MFA_CODE);
            case EnrolOutcome.TooManyDevices most ->
                throw Problem.of(ErrorCode.CONFLICT)
                        .message(new Sentence(
                                "most_authenticators",
                                "You have " + most.most() + " authenticator apps already. Remove one first.",
                                Map.of("most", Integer.toString(most.most()))));
        }
        return enabled.backupCodes();
    }

    private Enabled enable(Tx tx, Owner owner, Optional<PendingTotp> pending, String code, RequestContext context) {
        if (!users.guard(tx, owner.user(), owner.epoch())) {
            throw Problem.of(ErrorCode.TOKEN_REVOKED);
        }
        requireProof(tx, owner);
        EnrolOutcome outcome = totp.enrol(tx, pending, code);
        if (outcome instanceof EnrolOutcome.Enrolled enrolled) {
            audit.record(
                    tx,
                    event(EventType.FACTOR_ADDED, owner, context)
                            .with(Detail.FACTOR, "totp")
                            .with(Detail.FACTOR_ID, enrolled.device().id().value())
                            .with(Detail.FACTOR_NAME, enrolled.device().name()));
            ProvedSession.SetUp app = ProvedSession.SetUp.AUTHENTICATOR_APP;
            return new Enabled(outcome, secondFactors.added(tx, owner.user(), owner.session(), app, context));
        }
        audit.record(
                tx,
                event(EventType.FACTOR_REFUSED, owner, context)
                        .with(Detail.FACTOR, "totp")
                        .with(Detail.REASON, reason(outcome)));
        return new Enabled(outcome, List.of());
    }

    private void requireProof(Tx tx, Owner owner) {
        User user = users.byId(tx, owner.user()).orElseThrow(() -> Problem.of(ErrorCode.TOKEN_REVOKED));
        if (owner.session().isPresent()) {
            secondFactors.requireProof(tx, user, owner.session().get());
        } else if (secondFactors.any(tx, user)) {
            throw Problem.of(ErrorCode.LOGIN_EXPIRED, "the account got a second factor meanwhile");
        }
    }

    private static String reason(EnrolOutcome outcome) {
        return switch (outcome) {
            case EnrolOutcome.Enrolled ignored -> "";
            case EnrolOutcome.NoPendingSetup ignored -> "no_pending_setup";
            case EnrolOutcome.SetupExpired ignored -> "setup_expired";
            case EnrolOutcome.WrongCode ignored -> "wrong_code";
            case EnrolOutcome.TooManyDevices ignored -> "too_many_devices";
        };
    }

    private static SecurityEvent event(EventType type, Owner owner, RequestContext context) {
        return SecurityEvent.of(type, context).byUser(owner.user());
    }
}
