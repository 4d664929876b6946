package dev.latchkey.admin;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Database;
import dev.latchkey.db.Tx;
import dev.latchkey.mail.MailMessage;
import dev.latchkey.mail.MailTemplate;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.outbox.Outbox;
import dev.latchkey.password.PasswordService;
import dev.latchkey.recovery.RecoveryService;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.User;
import dev.latchkey.user.UserCreation;
import dev.latchkey.user.UserListing;
import dev.latchkey.user.UserService;
import dev.latchkey.user.UserStatus;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What administrators and operators do to users, from the API and from the command line alike. */
public final class UserAdministration {
    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final LinkService links;
    private final RecoveryService recoveries;
    private final Outbox outbox;
    private final AuditService audit;
    private final Clock clock;

    public UserAdministration(
            Database database,
            UserService users,
            PasswordService passwords,
            LinkService links,
            RecoveryService recoveries,
            Outbox outbox,
            AuditService audit,
            Clock clock) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.links = links;
        this.recoveries = recoveries;
        this.outbox = outbox;
        this.audit = audit;
        this.clock = clock;
    }

    public List<User> page(TenantId tenant, UserListing listing, int limit) {
        return database.read(sql -> users.page(sql, tenant, listing, limit));
    }

    /** @throws Problem NOT_FOUND */
    public User find(TenantId tenant, UserId id) {
        return database.read(sql -> users.byId(sql, id))
                .filter(user -> user.tenant().equals(tenant))
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    /** @throws Problem NOT_FOUND */
    public User find(TenantId tenant, EmailAddress email) {
        return database.read(sql -> users.byEmail(sql, tenant, email))
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }

    /**
     * Creates an account without a password and mails its owner a link to set one.
     *
     * @throws Problem USER_EXISTS
     */
    public User invite(NewUser wanted, SecurityEvent created) {
        return database.tx(tx -> {
            User user = create(tx, wanted, created);
            String token = links.create(tx, user.tenant(), LinkKind.INVITE, user.id(), user.epoch(), "");
            Map<String, String> values = Map.of(
                    MailMessage.TOKEN,
                    token,
                    MailMessage.EXPIRES_AT,
                    clock.instant().plus(LinkKind.INVITE.lifetime()).toString());
            Locale locale = user.profile().locale().map(Locale::forLanguageTag).orElse(Locale.ROOT);
            outbox.enqueue(tx, new MailMessage(user.tenant(), user.email(), MailTemplate.INVITE, values, locale));
            return user;
        });
    }

    /**
     * Creates an account with a password that was hashed and judged before.
     *
     * @throws Problem USER_EXISTS
     */
    public User create(NewUser wanted, String passwordHash, SecurityEvent created) {
        return database.tx(tx -> {
            User user = create(tx, wanted, created);
            passwords.set(tx, user.id(), passwordHash);
            return user;
        });
    }

    /** Ends everything the user holds, at once. Disabling a disabled user changes nothing. */
    public User disable(TenantId tenant, UserId id, SecurityEvent disabled) {
        return database.tx(tx -> {
            List<UserId> administrators = users.lockAdministrators(tx, tenant);
            if (administrators.equals(List.of(id))) {
                throw Problem.of(ErrorCode.CONFLICT)
                        .message("This is the last administrator. Give another account the role first.");
            }
            User user = require(tx, tenant, id);
            if (users.setStatus(tx, user.id(), UserStatus.DISABLED)) {
                audit.record(tx, disabled.about(user.id()));
            }
            return require(tx, tenant, id);
        });
    }

    public User enable(TenantId tenant, UserId id, SecurityEvent enabled) {
        return database.tx(tx -> {
            User user = require(tx, tenant, id);
            if (users.setStatus(tx, user.id(), UserStatus.ACTIVE)) {
                audit.record(tx, enabled.about(user.id()));
            }
            return require(tx, tenant, id);
        });
    }

    /** Clears the failure counts, so that the user may try again at once. */
    public User unlock(TenantId tenant, UserId id, SecurityEvent unlocked) {
        return database.tx(tx -> {
            User user = require(tx, tenant, id);
            audit.record(tx, unlocked.about(user.id()).with(Detail.REASON, "administrator"));
            return user;
        });
    }

    /**
     * Agrees that the user's lost second factors are removed once the wait is over.
     *
     * @throws Problem NOT_FOUND where the user did not ask for that
     */
    public User approveRecovery(TenantId tenant, UserId id, SecurityEvent approved) {
        return database.tx(tx -> {
            User user = require(tx, tenant, id);
            if (!recoveries.approve(tx, user.id())) {
                throw Problem.of(ErrorCode.NOT_FOUND).message("This user waits for no approval of a recovery.");
            }
            audit.record(tx, approved.about(user.id()));
            return user;
        });
    }

    /** The event of an operator's command. */
    public static SecurityEvent byOperator(EventType type) {
        return SecurityEvent.of(type, TenantId.MAIN, Actor.operator());
    }

    private User create(Tx tx, NewUser wanted, SecurityEvent created) {
        return switch (users.create(tx, wanted)) {
            case UserCreation.EmailTaken ignored -> throw Problem.of(ErrorCode.USER_EXISTS);
            case UserCreation.Created done -> {
                User user = done.user();
                audit.record(
                        tx,
                        created.about(user.id())
                                .with(
                                        Detail.ROLES,
                                        String.join(
                                                " ",
                                                user.roles().stream().sorted().toList())));
                yield user;
            }
        };
    }

    private User require(Tx tx, TenantId tenant, UserId id) {
        return users.byId(tx, id)
                .filter(user -> user.tenant().equals(tenant))
                .orElseThrow(() -> Problem.of(ErrorCode.NOT_FOUND));
    }
}
