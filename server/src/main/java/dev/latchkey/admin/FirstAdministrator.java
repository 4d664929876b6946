package dev.latchkey.admin;

import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.ErrorCode;
import dev.latchkey.core.Problem;
import dev.latchkey.core.RequestContext;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.Database;
import dev.latchkey.otp.LinkKind;
import dev.latchkey.otp.LinkService;
import dev.latchkey.password.PasswordOwner;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.Roles;
import dev.latchkey.user.User;
import dev.latchkey.user.UserCreation;
import dev.latchkey.user.UserService;
import java.util.Optional;
import java.util.Set;

/** The one account that nobody can invite: made once, by whoever holds the link that the start printed. */
public final class FirstAdministrator {
    private final Database database;
    private final UserService users;
    private final PasswordService passwords;
    private final LinkService links;
    private final AuditService audit;

    public FirstAdministrator(
            Database database, UserService users, PasswordService passwords, LinkService links, AuditService audit) {
        this.database = database;
        this.users = users;
        this.passwords = passwords;
        this.links = links;
        this.audit = audit;
    }

    /** A new link's token, unless there is an active administrator. Good for a day; using any of them voids all. */
    public Optional<String> invitation(TenantId tenant) {
        return database.tx(tx -> users.lockAdministrators(tx, tenant).isEmpty()
                ? Optional.of(links.createAnonymous(tx, tenant, LinkKind.FIRST_ADMIN))
                : Optional.empty());
    }

    /**
     * Creates the administrator, with a proved address: whoever reads the server's terminal is trusted with it.
     *
     * @throws Problem INVALID_LINK, VALIDATION_ERROR on field {@code password}, USER_EXISTS
     */
    User create(String token, EmailAddress email, Optional<String> name, String password, RequestContext context) {
        if (database.read(sql -> links.peek(sql, LinkKind.FIRST_ADMIN, token)).isEmpty()) {
            throw Problem.of(ErrorCode.INVALID_LINK);
        }
        passwords
                .judge("password", password, PasswordOwner.of(email, name), context.address())
                .require();
        String hash = passwords.hash(password, context.address());
        return database.tx(tx -> {
            boolean spent = links.spend(tx, LinkKind.FIRST_ADMIN, token).isPresent();
            links.voidAnonymous(tx, context.tenant(), LinkKind.FIRST_ADMIN);
            if (!spent || !users.lockAdministrators(tx, context.tenant()).isEmpty()) {
                throw Problem.of(ErrorCode.INVALID_LINK);
            }
            NewUser wanted =
                    new NewUser(context.tenant(), email, true, Profile.named(name), Set.of(Roles.ADMIN, Roles.USER));
            return switch (users.create(tx, wanted)) {
                case UserCreation.EmailTaken ignored -> throw Problem.of(ErrorCode.USER_EXISTS);
                case UserCreation.Created created -> {
                    User user = created.user();
                    passwords.set(tx, user.id(), hash);
                    audit.record(
                            tx,
                            SecurityEvent.of(EventType.FIRST_ADMIN_CREATED, context)
                                    .byUser(user.id()));
                    yield user;
                }
            };
        });
    }
}
