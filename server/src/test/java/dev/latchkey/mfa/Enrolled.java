package dev.latchkey.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.core.MutableClock;
import java.util.List;
import java.util.Map;

/** A person who set an authenticator app up. */
record Enrolled(Person person, AuthenticatorApp app, List<String> backupCodes) {
    static Enrolled of(Person person, MutableClock clock) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of());
        assertThat(setup.status()).as(setup.body()).isEqualTo(200);
        AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
        Answer enabled = person.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return new Enrolled(person, app, enabled.texts("/backupCodes"));
    }
}
