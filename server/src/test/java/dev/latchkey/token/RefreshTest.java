package dev.latchkey.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.Person;
import dev.latchkey.boot.TestServer;
import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class RefreshTest {
    @BothEngines
    @DisplayName("S1-18 a family that was rotated many times is still one family: an early token ends the latest")
    void oneFamily(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person first = Person.registered(server, "ada@example.com");
            Person second = first.with(first.refresh());
            Person third = second.with(second.refresh());

            assertThat(first.refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");

            assertThat(third.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(third.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("S0-04 a refresh token ends seven days after the login, however often it was rotated")
    void absoluteEnd(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            for (int day = 1; day < 7; day++) {
                clock.advance(Duration.ofDays(1));
                ada = ada.with(ada.refresh());
            }
            clock.advance(Duration.ofDays(1));

            Answer expired = ada.refresh();

            assertThat(expired.status()).isEqualTo(401);
            assertThat(expired.code()).isEqualTo("TOKEN_EXPIRED");
        }
    }

    @BothEngines
    @DisplayName("S0-08 an access token ends after 15 minutes and the 30 seconds of skew")
    void accessTokenExpires(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.me().status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(15).plusSeconds(31));

            assertThat(ada.me().code()).isEqualTo("TOKEN_EXPIRED");
            assertThat(ada.with(ada.refresh()).me().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("S1-16 a rotation keeps the roles and the time of authentication")
    void keepsClaims(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            clock.advance(Duration.ofMinutes(10));

            Person later = ada.with(ada.refresh());

            assertThat(Jwt.claims(later.accessToken()).at("/auth_time").asLong())
                    .isEqualTo(Jwt.claims(ada.accessToken()).at("/auth_time").asLong());
            assertThat(Jwt.claims(later.accessToken()).at("/roles/0").asString())
                    .isEqualTo("USER");
            assertThat(Jwt.claims(later.accessToken()).at("/sid").asString())
                    .isEqualTo(Jwt.claims(ada.accessToken()).at("/sid").asString());
        }
    }

    @BothEngines
    @DisplayName("S0-06 invented and malformed refresh tokens are refused, and end nothing")
    void malformed(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            String token = ada.refreshToken();
            for (String wrong : new String[] {"x", "lkr_", token + "A", token.substring(4), "lkr_" + "A".repeat(70)}) {
                Answer answer = ada.anonymous().post("/api/v1/auth/refresh", Map.of("refresh_token", wrong));
                assertThat(answer.code()).as(wrong).isEqualTo("INVALID_TOKEN");
            }
            assertThat(ada.refresh().status()).isEqualTo(200);
        }
    }

    @BothEngines
    @DisplayName("design 8 with a grace period the same client gets the same token again, until somebody uses it")
    void grace(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.refresh-grace", "10s")) {
            Person ada = Person.registered(server, "ada@example.com");
            String successor = ada.refresh().text("/refresh_token");
            clock.advance(Duration.ofSeconds(9));

            assertThat(ada.refresh().text("/refresh_token")).isEqualTo(successor);
            Answer elsewhere = ada.anonymous()
                    .with("User-Agent", "another client")
                    .post("/api/v1/auth/refresh", Map.of("refresh_token", ada.refreshToken()));
            assertThat(elsewhere.code()).isEqualTo("TOKEN_REUSE_DETECTED");
        }
    }

    @BothEngines
    @DisplayName("design 8 the grace period ends by time, and with the successor's first use")
    void graceEnds(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.refresh-grace", "10s")) {
            Person late = Person.registered(server, "ada@example.com");
            late.refresh();
            clock.advance(Duration.ofSeconds(10));
            assertThat(late.refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");

            Person used = Person.registered(server, "eve@example.com");
            assertThat(used.with(used.refresh()).refresh().status()).isEqualTo(200);
            assertThat(used.refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");
        }
    }

    @BothEngines
    @DisplayName("C13 by option a second use ends every session of the user")
    void reuseEndsAll(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock, "token.reuse-ends-all-sessions", "true")) {
            Person ada = Person.registered(server, "ada@example.com");
            Person other = ada.loggedIn();
            ada.refresh();

            assertThat(ada.refresh().code()).isEqualTo("TOKEN_REUSE_DETECTED");

            assertThat(other.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }

    @BothEngines
    @DisplayName("S3-15 after logout the refresh token is revoked, not merely unknown")
    void afterLogout(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            Person ada = Person.registered(server, "ada@example.com");
            assertThat(ada.client().post("/api/v1/auth/logout").status()).isEqualTo(204);

            assertThat(ada.refresh().code()).isEqualTo("TOKEN_REVOKED");
            assertThat(ada.me().code()).isEqualTo("TOKEN_REVOKED");
        }
    }
}
