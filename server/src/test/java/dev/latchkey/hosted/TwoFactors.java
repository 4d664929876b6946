package dev.latchkey.hosted;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.AuthenticatorApp;
import dev.latchkey.boot.Person;
import dev.latchkey.core.MutableClock;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A person with an authenticator app. */
record TwoFactors(Person person, AuthenticatorApp app, List<String> backupCodes) {
    private static final Pattern SECRET = Pattern.compile("name=\"secret\" value=\"([A-Z2-7]+)\"");

    static TwoFactors of(Person person, MutableClock clock) {
        Answer setup = person.client().post("/api/v1/mfa/setup", Map.of());
        AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), clock);
        Answer enabled = person.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
        assertThat(enabled.status()).as(enabled.body()).isEqualTo(200);
        return new TwoFactors(person, app, enabled.texts("/backupCodes"));
    }

    /** The secret that a page shows. */
    static String secret(String html) {
        Matcher found = SECRET.matcher(html);
        assertThat(found.find()).as(html).isTrue();
        return found.group(1);
    }
}
