package dev.latchkey.lifecycle;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.Consequences;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.lockout.LockoutService;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.otp.LinkedFactor;
import dev.latchkey.otp.SpendOutcome;
import dev.latchkey.password.PasswordService;
import dev.latchkey.password.SignUpAttemptService;
import dev.latchkey.session.KnownDevices;
import dev.latchkey.sms.SmsTemplate;
import dev.latchkey.user.Profile;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that knows what must follow from a security event. Runs in the event's transaction. A type added to the
 * catalogue does not compile until it has its line here.
 */
public final class Aftermath implements Consequences {
    /** The event detail that holds the address an e-mail change leads to. */
    public static final String NEW_EMAIL = "newEmail";
    /** The event detail that holds the address an e-mail change left. */
    public static final String FORMER_EMAIL = "formerEmail";

    /** The event detail of a disowned change: when the mail that told of it was written, as RFC 3339 text. */
    public static final String SINCE = "since";

    /** The reason of a recovery that was under way already: its mail may be lost, and is sent once more. */
    public static final String ASKED_AGAIN = "asked_again";

    private final AftermathConfig config;
    private final UserService users;
    private final PasswordService passwords;
    private final SignUpAttemptService signUpAttempts;
    private final LockoutService lockout;
    private final KnownDevices devices;
    private final SecondFactorRemoval secondFactors;
    private final Endings endings;
    private final SecurityMails mails;
    private final SecurityTexts texts;

    public Aftermath(
            AftermathConfig config,
            UserService users,
            PasswordService passwords,
            SignUpAttemptService signUpAttempts,
            LockoutService lockout,
            KnownDevices devices,
            SecondFactorRemoval secondFactors,
            Endings endings,
            SecurityMails mails,
            SecurityTexts texts) {
        this.config = config;
        this.users = users;
        this.passwords = passwords;
        this.signUpAttempts = signUpAttempts;
        this.lockout = lockout;
        this.devices = devices;
        this.secondFactors = secondFactors;
        this.endings = endings;
        this.mails = mails;
        this.texts = texts;
    }

    @Override
    public void apply(Tx tx, SecurityEvent event) {
        if (event.type() == EventType.DATABASE_RESTORED) {
            endings.ofEverybody(tx, event.type().eventName());
            return;
        }
        if (event.user().isEmpty()) {
            // A lock on a name that belongs to nobody: recorded, and nobody to tell.
            return;
        }
        UserId user = event.user().get();
        switch (event.type()) {
            case PROFILE_UPDATED, USER_ENABLED, ROLES_CHANGED -> announce(tx, event, user);
            case EMAIL_VERIFIED -> {
                announce(tx, event, user);
                forgetSignUps(tx, user);
            }
            case LOGGED_OUT, SESSION_REVOKED, SESSION_REVOKED_BY_ADMIN ->
                session(event)
                        .ifPresent(session -> endings.session(
                                tx, event.tenant(), user, session, event.type().eventName()));
            case REFRESH_REUSE_DETECTED -> reuse(tx, event, user);
            case LOGGED_OUT_EVERYWHERE -> {
                endings.sessions(tx, event.tenant(), user, event.type().eventName());
                devices.distrust(tx, user);
            }
            case USER_DISABLED -> end(tx, event, user);
            case PASSWORD_CHANGED -> {
                end(tx, event, user);
                forgetSignUps(tx, user);
                tell(tx, event, user, MailTemplate.PASSWORD_CHANGED);
            }
            case PASSWORD_RESET -> {
                end(tx, event, user);
                forgetSignUps(tx, user);
                unlock(tx, user);
                tell(tx, event, user, MailTemplate.PASSWORD_CHANGED);
            }
            case MAILBOX_CLAIMED -> {
                users.updateProfile(tx, user, Profile.EMPTY, "{}");
                voidFactors(tx, user);
                voidCredentials(tx, event, user);
                forgetSignUps(tx, user);
                tell(tx, event, user, MailTemplate.ACCOUNT_RECLAIMED);
            }
            case CHANGE_DISOWNED -> {
                voidDisownedFactors(tx, event, user);
                voidCredentials(tx, event, user);
            }
            case ACCOUNT_DELETED -> {
                tell(tx, event, user, MailTemplate.ACCOUNT_DELETED);
                forgetSignUps(tx, user);
                voidFactors(tx, user);
                lockout.acceptCodes(tx, event.tenant(), user);
                end(tx, event, user);
            }
            case EMAIL_CHANGE_REQUESTED -> {
                announce(tx, event, user);
                tell(tx, event, user, MailTemplate.EMAIL_CHANGE_REQUESTED);
            }
            case EMAIL_CHANGED -> emailChanged(tx, event, user);
            case NEW_DEVICE_SEEN -> tell(tx, event, user, MailTemplate.NEW_DEVICE);
            case USER_LOCKED -> {
                if (config.lockEndsSessions()) {
                    endings.sessions(tx, event.tenant(), user, event.type().eventName());
                }
                tell(tx, event, user, MailTemplate.ACCOUNT_LOCKED);
            }
            case USER_UNLOCKED -> {
                unlock(tx, user);
                acceptCodes(tx, event, user);
            }
            case LOGIN_CODES_BLOCKED -> tell(tx, event, user, MailTemplate.LOGIN_CODES_BLOCKED);
            case MFA_ENABLED -> announce(tx, event, user);
            case MFA_DISABLED -> {
                devices.distrust(tx, user);
                announce(tx, event, user);
                tell(tx, event, user, MailTemplate.MFA_DISABLED);
            }
            case FACTOR_ADDED -> tell(tx, event, user, MailTemplate.FACTOR_ADDED);
            case FACTOR_REMOVED -> {
                // It may be what vouched for them.
                devices.distrust(tx, user);
                tell(tx, event, user, MailTemplate.FACTOR_REMOVED);
            }
            case BACKUP_CODES_RENEWED -> tell(tx, event, user, MailTemplate.BACKUP_CODES_RENEWED);
            case BACKUP_CODE_USED -> {
                tell(tx, event, user, MailTemplate.BACKUP_CODE_USED);
                int left = Integer.parseInt(event.details().getOrDefault(Detail.LEFT, "0"));
                if (new SpendOutcome.Spent(left).fewLeft()) {
                    tell(tx, event, user, MailTemplate.BACKUP_CODES_FEW);
                }
            }
            case SECOND_FACTOR_BLOCKED -> tell(tx, event, user, MailTemplate.SECOND_FACTOR_BLOCKED);
            case PASSKEY_SUSPECTED -> tell(tx, event, user, MailTemplate.PASSKEY_SUSPECTED);
            case RECOVERY_REQUESTED -> {
                tell(tx, event, user, MailTemplate.RECOVERY_REQUESTED);
                if (!ASKED_AGAIN.equals(event.details().get(Detail.REASON))) {
                    text(tx, user, SmsTemplate.RECOVERY_REQUESTED);
                }
            }
            case RECOVERY_CANCELLED -> endings.recoveryLinks(tx, user);
            case RECOVERY_COMPLETED -> {
                // First: the number is about to go.
                text(tx, user, SmsTemplate.FACTORS_RECOVERED);
                voidFactors(tx, user);
                end(tx, event, user);
                tell(tx, event, user, MailTemplate.FACTORS_RECOVERED);
            }
            case USER_REGISTERED, USER_CREATED, FIRST_ADMIN_CREATED -> {
                // Nothing was in force before, so nothing has to end.
            }
            case DATABASE_RESTORED,
                    REGISTRATION_REFUSED,
                    USER_IMPORTED,
                    USERS_EXPORTED,
                    DATA_EXPORTED,
                    CONSENT_RECORDED,
                    EMAIL_VERIFICATION_SENT,
                    LOGIN_SUCCEEDED,
                    LOGIN_FAILED,
                    REAUTHENTICATED,
                    REAUTHENTICATION_FAILED,
                    FACTOR_REFUSED,
                    FACTOR_CODE_SENT,
                    DEVICE_TRUSTED,
                    DEVICE_FORGOTTEN,
                    RECOVERY_APPROVED,
                    LOGIN_CODE_SENT,
                    TOKEN_REFRESHED,
                    PASSWORD_CHANGE_FAILED,
                    PASSWORD_RESET_REQUESTED,
                    PASSWORD_RESET_FAILED,
                    BREACH_CHECK_UNAVAILABLE,
                    SIGNING_KEY_CREATED,
                    SIGNING_KEY_IMPORTED,
                    SIGNING_KEY_ACTIVATED,
                    SIGNING_KEY_RETIRED,
                    MASTER_KEY_CHANGED,
                    ACCESS_REFUSED,
                    ADMIN_ADDRESS_REFUSED,
                    HUMAN_CHECK_FAILED,
                    HUMAN_CHECK_UNAVAILABLE,
                    LIMIT_HIT,
                    CONFIGURATION_CHANGED,
                    COMMAND_RUN,
                    AUDIT_EXPORTED -> throw unexpected(event.type());
        }
    }

    private void reuse(Tx tx, SecurityEvent event, UserId user) {
        String reason = event.type().eventName();
        if (config.reuseEndsAll()) {
            endings.sessions(tx, event.tenant(), user, reason);
        } else {
            session(event).ifPresent(session -> endings.session(tx, event.tenant(), user, session, reason));
        }
    }

    private void announce(Tx tx, SecurityEvent event, UserId user) {
        users.byId(tx, user).ifPresent(found -> endings.announceUser(tx, event.tenant(), user, found.epoch()));
    }

    private void end(Tx tx, SecurityEvent event, UserId user) {
        devices.distrust(tx, user);
        endings.everything(tx, event.tenant(), user, event.type().eventName());
    }

    /** Nothing that a stranger may have set stays in force: password, address to come, known browsers. */
    private void voidCredentials(Tx tx, SecurityEvent event, UserId user) {
        passwords.remove(tx, user);
        users.forgetPendingEmail(tx, user);
        devices.forget(tx, user);
        end(tx, event, user);
        unlock(tx, user);
    }

    /** Nor a second factor that whoever had the account before its mailbox was proved may have set. */
    private void voidFactors(Tx tx, UserId user) {
        users.byId(tx, user).ifPresent(found -> secondFactors.removeAll(tx, found));
    }

    /** Nor one that came with what the owner does not know, or after it. */
    private void voidDisownedFactors(Tx tx, SecurityEvent event, UserId user) {
        Map<String, String> details = event.details();
        Optional<LinkedFactor> told = Optional.ofNullable(details.get(Detail.FACTOR))
                .map(kind -> new LinkedFactor(kind, details.getOrDefault(Detail.FACTOR_ID, "")));
        Instant since = Instant.parse(details.get(SINCE));
        users.byId(tx, user).ifPresent(found -> secondFactors.removeDisowned(tx, found, told, since));
    }

    private void emailChanged(Tx tx, SecurityEvent event, UserId user) {
        announce(tx, event, user);
        // A reset link in the former mailbox must not open the account any more.
        endings.links(tx, user);
        // One that was never proved may be anybody's, and "this wasn't me" would give the account to them.
        Optional<EmailAddress> former = Optional.ofNullable(event.details().get(FORMER_EMAIL))
                .flatMap(EmailAddress::parse)
                .filter(address -> users.hasLeft(tx, user, address));
        Optional<User> found = users.byId(tx, user);
        if (former.isPresent() && found.isPresent()) {
            mails.send(tx, event, found.get(), former.get(), MailTemplate.EMAIL_CHANGED);
        }
    }

    private void tell(Tx tx, SecurityEvent event, UserId user, MailTemplate template) {
        users.byId(tx, user).ifPresent(found -> mails.send(tx, event, found, found.email(), template));
    }

    private void text(Tx tx, UserId user, SmsTemplate template) {
        users.byId(tx, user).ifPresent(found -> texts.send(tx, found, template));
    }

    private void forgetSignUps(Tx tx, UserId user) {
        users.byId(tx, user).ifPresent(found -> signUpAttempts.forget(tx, found.tenant(), found.email()));
    }

    private void unlock(Tx tx, UserId user) {
        users.byId(tx, user)
                .ifPresent(found ->
                        lockout.unlock(tx, found.tenant(), found.email().folded()));
    }

    /** A mailed link opens the door that strangers shut by passwords, and not what somebody guesses at who knows the password. */
    private void acceptCodes(Tx tx, SecurityEvent event, UserId user) {
        if (!event.actor().equals(new Actor.User(user))) {
            lockout.acceptCodes(tx, event.tenant(), user);
        }
    }

    private static Optional<SessionId> session(SecurityEvent event) {
        return Optional.ofNullable(event.details().get(Detail.SESSION)).flatMap(SessionId::parse);
    }

    private static IllegalStateException unexpected(EventType type) {
        return new IllegalStateException(type + " is declared to have consequences, but none are known");
    }
}
