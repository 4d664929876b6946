package dev.latchkey.grant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Authentication;
import dev.latchkey.core.ClientId;
import dev.latchkey.core.SessionId;
import dev.latchkey.core.UserId;
import dev.latchkey.http.Cookie;
import dev.latchkey.session.KnownDevices;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String SECRET = "s3cret-text";

    @Test
    @DisplayName("principle 7: what carries a secret does not say it where it is printed")
    void printed() {
        RefreshFamily family = new RefreshFamily(
                new UserId("01890000-0000-7000-8000-000000000001"),
                new SessionId("01890000-0000-7000-8000-000000000002"),
                ClientId.FIRST_PARTY,
                Set.of(),
                0,
                new Authentication(Instant.EPOCH, Set.of("pwd")),
                Instant.EPOCH);

        assertThat(new Rotation.Rotated(family, SECRET).toString()).doesNotContain(SECRET);
        assertThat(TokenAnswer.of(SECRET, SECRET, Duration.ofMinutes(1)).toString())
                .doesNotContain(SECRET);
        assertThat(new KnownDevices.Sighting.New(SECRET, true).toString()).doesNotContain(SECRET);
        assertThat(new Cookie(Cookie.SESSION, SECRET, Optional.empty()).toString())
                .doesNotContain(SECRET);
    }
}
