package dev.latchkey.transfer;

import dev.latchkey.audit.Actor;
import dev.latchkey.audit.AuditService;
import dev.latchkey.audit.Detail;
import dev.latchkey.audit.EventType;
import dev.latchkey.audit.SecurityEvent;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.db.Tx;
import dev.latchkey.password.PasswordService;
import dev.latchkey.user.KnownUser;
import dev.latchkey.user.PortableUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.Roles;
import dev.latchkey.user.User;
import dev.latchkey.user.UserService;
import dev.latchkey.user.UserStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Brings an account to what a row says, with the events and consequences that the same change has elsewhere. Never the password of
 * an account that has one, nor its address: what the users changed here since is newer than any file.
 */
final class UserUpdate {
    private final UserService users;
    private final PasswordService passwords;
    private final AuditService audit;

    UserUpdate(UserService users, PasswordService passwords, AuditService audit) {
        this.users = users;
        this.passwords = passwords;
        this.audit = audit;
    }

    RowOutcome apply(Tx tx, TenantId tenant, KnownUser known, ReadUser row) {
        if (!known.folded().equals(row.email().folded())) {
            return new RowOutcome.Rejected(
                    "The account has another e-mail address here. An import changes no addresses: correct"
                            + " the row, or let the user change it.");
        }
        UserId id = known.id();
        List<UserId> administrators = users.lockAdministrators(tx, tenant);
        User user = users.byId(tx, id).orElseThrow();
        PortableUser before = users.portable().find(tx, id).orElseThrow();
        if (administrators.equals(List.of(id)) && leavesNoAdministrator(row)) {
            return new RowOutcome.Rejected("This is the last administrator. Give another account the role first.");
        }
        boolean changed = profile(tx, user, before, row);
        changed |= roles(tx, user, row.roles().orElse(user.roles()));
        changed |= verified(tx, user, row);
        changed |= password(tx, id, row);
        changed |= source(tx, user, known, row);
        changed |= status(tx, user, row.status().orElse(user.status()));
        return changed ? new RowOutcome.Updated() : new RowOutcome.Present();
    }

    private static boolean leavesNoAdministrator(ReadUser row) {
        return row.status().filter(UserStatus.DISABLED::equals).isPresent()
                || row.roles().filter(roles -> !Roles.administers(roles)).isPresent();
    }

    private boolean profile(Tx tx, User user, PortableUser before, ReadUser row) {
        Profile old = user.profile();
        Profile wanted = new Profile(
                row.profile().name().or(old::name),
                row.profile().picture().or(old::picture),
                row.profile().locale().or(old::locale),
                row.profile().phone().or(old::phone));
        String metadata = row.userMetadata().orElse(before.userMetadata());
        String appMetadata = row.appMetadata().orElse(before.appMetadata());
        if (wanted.equals(old) && metadata.equals(before.userMetadata()) && appMetadata.equals(before.appMetadata())) {
            return false;
        }
        users.updateProfile(tx, user.id(), wanted, metadata);
        users.portable().updateAppMetadata(tx, user.id(), appMetadata);
        record(tx, EventType.PROFILE_UPDATED, user);
        return true;
    }

    private boolean roles(Tx tx, User user, Set<String> wanted) {
        if (wanted.equals(user.roles())) {
            return false;
        }
        users.setRoles(tx, user.id(), user.tenant(), wanted);
        audit.record(
                tx,
                event(EventType.ROLES_CHANGED, user)
                        .with(
                                Detail.ROLES,
                                String.join(" ", wanted.stream().sorted().toList())));
        return true;
    }

    private boolean verified(Tx tx, User user, ReadUser row) {
        boolean proved = row.emailVerified().orElse(row.emailVerifiedAt().isPresent());
        if (!proved || !users.verifyEmail(tx, user.id(), user.email().folded())) {
            return false;
        }
        record(tx, EventType.EMAIL_VERIFIED, user);
        return true;
    }

    private boolean password(Tx tx, UserId id, ReadUser row) {
        Optional<String> hash = row.passwordHash();
        if (hash.isEmpty() || passwords.storedHash(tx, id).isPresent()) {
            return false;
        }
        passwords.importAll(tx, Map.of(id, hash.get()));
        return true;
    }

    private boolean source(Tx tx, User user, KnownUser known, ReadUser row) {
        if (row.sourceId().isEmpty() || known.sourceId().isPresent()) {
            return false;
        }
        users.portable().recordSource(tx, user, row.sourceId().get());
        return true;
    }

    private boolean status(Tx tx, User user, UserStatus wanted) {
        if (!users.setStatus(tx, user.id(), wanted)) {
            return false;
        }
        record(tx, wanted == UserStatus.ACTIVE ? EventType.USER_ENABLED : EventType.USER_DISABLED, user);
        return true;
    }

    private void record(Tx tx, EventType type, User user) {
        audit.record(tx, event(type, user));
    }

    private static SecurityEvent event(EventType type, User user) {
        return SecurityEvent.of(type, user.tenant(), Actor.operator())
                .about(user.id())
                .with(Detail.REASON, "import");
    }
}
