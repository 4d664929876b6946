package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.core.UserId;
import dev.latchkey.crypto.Secrets;
import dev.latchkey.db.Database;
import dev.latchkey.db.Engine;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.ephemeral.ExpiringStore;
import dev.latchkey.ephemeral.MemoryExpiringStore;
import dev.latchkey.ephemeral.SqlExpiringStore;
import dev.latchkey.http.HttpConfig;
import dev.latchkey.user.NewUser;
import dev.latchkey.user.Profile;
import dev.latchkey.user.UserCreation;
import dev.latchkey.user.UserService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The service over a real database and the store that its engine has, with users to register for. */
final class PasskeyFixture {
    static final String ORIGIN = "https://login.example.org";
    static final String BINDING = "session-1";

    final Database database;
    final MutableClock clock;
    final Secrets secrets;
    final ExpiringStore ephemeral;
    final PasskeyConfig config;
    final PasskeyService passkeys;

    PasskeyFixture(TestDatabase test, MutableClock clock, String... settings) {
        this.database = test.database();
        this.clock = clock;
        this.secrets = new Secrets(clock);
        this.ephemeral = database.engine() == Engine.SQLITE
                ? new MemoryExpiringStore(clock)
                : new SqlExpiringStore(database, clock);
        this.config = config(settings);
        this.passkeys = new PasskeyService(config, database, ephemeral, secrets, clock);
    }

    /** Over the public URL {@link #ORIGIN}; keys and values in turn. */
    static PasskeyConfig config(String... settings) {
        Map<String, String> values = new HashMap<>();
        values.put("server.public-url", ORIGIN);
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        List<Setting<?>> known = new ArrayList<>(HttpConfig.settings());
        known.addAll(PasskeyConfig.settings());
        Settings all = Settings.of(known, values);
        return PasskeyConfig.from(all, HttpConfig.from(all), "Example");
    }

    PasskeyOwner user(String name) {
        return user(TenantId.MAIN, name);
    }

    PasskeyOwner user(TenantId tenant, String name) {
        UserService users = new UserService(database.engine(), secrets, clock);
        EmailAddress email = EmailAddress.parse(name + "@example.org").orElseThrow();
        UserCreation created =
                database.tx(tx -> users.create(tx, new NewUser(tenant, email, false, Profile.EMPTY, Set.of("user"))));
        assertThat(created).isInstanceOf(UserCreation.Created.class);
        UserId id = ((UserCreation.Created) created).user().id();
        byte[] handle = database.read(sql -> users.webauthnHandle(sql, id)).orElseThrow();
        return new PasskeyOwner(tenant, id, handle, email.asTyped(), name);
    }

    RegistrationStart.Started begin(PasskeyOwner owner) {
        RegistrationStart start = passkeys.beginRegistration(owner, BINDING);
        assertThat(start).isInstanceOf(RegistrationStart.Started.class);
        return (RegistrationStart.Started) start;
    }

    RegistrationCheck check(PasskeyOwner owner, String sessionId, RegistrationResponse answer) {
        return passkeys.verifyRegistration(owner.tenant(), owner.user(), sessionId, BINDING, answer);
    }

    RegistrationOutcome store(RegistrationCheck check) {
        assertThat(check).isInstanceOf(RegistrationCheck.Verified.class);
        NewPasskey verified = ((RegistrationCheck.Verified) check).passkey();
        return database.tx(tx -> passkeys.register(tx, verified, Optional.of("Laptop"), PasskeyService.UNNAMED));
    }

    /** The whole ceremony. */
    Passkey register(PasskeyOwner owner, SoftwareAuthenticator authenticator) {
        RegistrationStart.Started begun = begin(owner);
        RegistrationOutcome stored = store(check(owner, begun.sessionId(), authenticator.create(begun.options())));
        assertThat(stored).isInstanceOf(RegistrationOutcome.Registered.class);
        return ((RegistrationOutcome.Registered) stored).passkey();
    }

    AuthenticationStart anyone() {
        return passkeys.beginAuthentication(AuthenticationWish.anyone(TenantId.MAIN, false, BINDING));
    }

    AuthenticationStart secondFactor(PasskeyOwner owner) {
        return passkeys.beginAuthentication(AuthenticationWish.secondFactor(owner.tenant(), owner.user(), BINDING));
    }

    AuthenticationCheck check(AuthenticationStart start, AuthenticationResponse answer) {
        return passkeys.verifyAuthentication(TenantId.MAIN, start.sessionId(), BINDING, answer);
    }

    AuthenticationOutcome use(AuthenticationCheck check) {
        assertThat(check).isInstanceOf(AuthenticationCheck.Verified.class);
        VerifiedPasskey verified = ((AuthenticationCheck.Verified) check).passkey();
        return database.tx(tx -> passkeys.authenticate(tx, verified));
    }

    /** The whole ceremony without a user name. */
    AuthenticationOutcome signIn(SoftwareAuthenticator authenticator) {
        AuthenticationStart start = anyone();
        return use(check(start, authenticator.get(start.options())));
    }

    List<Passkey> list(PasskeyOwner owner) {
        return database.read(sql -> passkeys.list(sql, owner.user()));
    }
}
