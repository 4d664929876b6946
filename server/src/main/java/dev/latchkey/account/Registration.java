package dev.latchkey.account;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TimeFloor;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.http.Reply;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.session.NewSession;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.User;
import dev.latchkey.user.UserCreation;
import dev.latchkey.user.UserService;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/** Sign-up. */
public final class Registration {
    private static final MessageAnswer CHECK_YOUR_MAIL =
            new MessageAnswer("Check your mail: we sent a link that completes the sign-up.");

    /** How a sign-up ended; each case commits. */
    private sealed interface Outcome {
        record SignedIn(IntFunction<Reply> reply) implements Outcome {}

        /** @param made whether there was no account before */
        record MailSent(boolean made) implements Outcome {}

        record Taken() implements Outcome {}
    }

    private final RegistrationConfig config;
    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final SignUpAttemptService attempts;
    private final NewPassword newPassword;
    private final AccountMails mails;
    private final OpenSession openSession;
    private final AuditService audit;
    private final TimeFloor floor;
    private final Clock clock;

    public Registration(
            RegistrationConfig config,
            Database database,
            UserService users,
            PasswordService passwords,
            SignUpAttemptService attempts,
            NewPassword newPassword,
            AccountMails mails,
            OpenSession openSession,
            AuditService audit,
            TimeFloor floor,
            Clock clock) {
        this.config = config;
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.attempts = attempts;
        this.newPassword = newPassword;
        this.mails = mails;
        this.openSession = openSession;
        this.audit = audit;
        this.floor = floor;
        this.clock = clock;
    }

    /**
     * Creates the account and signs in, or, where verification is required, answers the same for free and taken addresses.
     *
     * @throws Problem REGISTRATION_CLOSED, USER_EXISTS, VALIDATION_ERROR
     */
    public Reply register(RegisterRequest request, RequestContext context) {
        requireAllowed(request);
        EmailAddress email = request.address();
        // Before anything is looked up: a taken address costs what a free one costs.
        NewPassword.Accepted password = newPassword.accept(
                "password", request.password(), PasswordOwner.of(email, request.name()), List.of(), context);
        Optional<String> mark = config.verificationRequired()
                ? Optional.of(attempts.mark(context.tenant(), email, request.password(), context.address()))
                : Optional.empty();
        long startedAt = System.nanoTime();
        Outcome outcome = database.tx(tx -> {
            Outcome created = create(tx, request, password, context);
            boolean first = created instanceof Outcome.MailSent sent && sent.made();
            mark.ifPresent(made -> attempts.remember(tx, context.tenant(), email, made, first));
            return created;
        });
        if (config.verificationRequired()) {
            floor.await(startedAt);
        }
        return switch (outcome) {
            case Outcome.SignedIn signedIn -> signedIn.reply().apply(201);
            case Outcome.MailSent ignored -> Reply.accepted(CHECK_YOUR_MAIL);
            case Outcome.Taken ignored -> throw Problem.of(ErrorCode.USER_EXISTS);
        };
    }

    /** Whether every sign-up is answered by a mail, also where the address is taken. */
    public boolean answersByMail() {
        return config.verificationRequired();
    }

    private void requireAllowed(RegisterRequest request) {
        if (!config.allows(request.address())) {
            throw Problem.of(ErrorCode.REGISTRATION_CLOSED);
        }
        ConsentsInput given = request.consents().orElse(ConsentsInput.NONE);
        for (String required : config.requiredConsents()) {
            if (!given.grants(required)) {
                throw Problem.invalid("consents." + required, "required", "Sign-up needs this consent.");
            }
        }
    }

    private Outcome create(Tx tx, RegisterRequest request, NewPassword.Accepted password, RequestContext context) {
        Profile profile = new Profile(request.name(), Optional.empty(), request.locale(), Optional.empty());
        NewUser wanted = new NewUser(context.tenant(), request.address(), false, profile, Set.of(config.defaultRole()));
        return switch (users.create(tx, wanted)) {
            case UserCreation.EmailTaken taken -> taken(tx, taken.owner(), context);
            case UserCreation.Created created -> created(tx, created.user(), request, password, context);
        };
    }

    private Outcome taken(Tx tx, User owner, RequestContext context) {
        audit.record(
                tx,
                SecurityEvent.of(EventType.REGISTRATION_REFUSED, context)
                        .about(owner.id())
                        .with(Detail.REASON, "email_taken"));
        if (!config.verificationRequired()) {
            return new Outcome.Taken();
        }
        mails.taken(tx, owner);
        return new Outcome.MailSent(false);
    }

    private Outcome created(
            Tx tx, User user, RegisterRequest request, NewPassword.Accepted password, RequestContext context) {
        passwords.set(tx, user.id(), password.hash());
        request.consents()
                .orElse(ConsentsInput.NONE)
                .decisions(config.consentVersion(), context.address().text(), clock.instant())
                .forEach(consent -> users.recordConsent(tx, user.id(), consent));
        mails.verification(tx, user, user.email());
        SecurityEvent event =
                SecurityEvent.of(EventType.USER_REGISTERED, context).byUser(user.id());
        newPassword.auditBreachCheck(tx, password, event);
        if (config.verificationRequired()) {
            audit.record(tx, event);
            return new Outcome.MailSent(true);
        }
        IntFunction<Reply> reply = openSession
                .open(tx, new NewSession(user.id(), user.epoch(), Set.of("pwd"), request.wish()), context)
                .orElseThrow(() -> new IllegalStateException("a user made in this transaction is active"));
        audit.record(tx, event);
        return new Outcome.SignedIn(reply);
    }
}
