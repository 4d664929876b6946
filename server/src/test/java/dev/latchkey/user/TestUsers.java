package dev.latchkey.user;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import java.time.Clock;
import java.util.Set;

/** Users for the tests of features, which only know their ids. */
public final class TestUsers {
    private final Database database;
    private final UserService users;

    public TestUsers(Database database, Clock clock) {
        this.database = database;
        this.users = new UserService(database.engine(), new Secrets(clock), clock);
    }

    public UserService service() {
        return users;
    }

    /** Creates one. */
    public UserId create(String name) {
        EmailAddress email = EmailAddress.parse(name + "@example.com").orElseThrow();
        UserCreation created = database.tx(
                tx -> users.create(tx, new NewUser(TenantId.MAIN, email, true, Profile.EMPTY, Set.of(Roles.USER))));
        return switch (created) {
            case UserCreation.Created done -> done.user().id();
            case UserCreation.EmailTaken taken -> throw new IllegalStateException("there is a user " + name);
        };
    }

    /** As deleting an account does. */
    public void erase(UserId user) {
        database.tx(tx -> {
            users.erase(tx, user);
            return true;
        });
    }
}
