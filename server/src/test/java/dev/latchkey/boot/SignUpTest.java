package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;

class SignUpTest {
    private static final String PASSWORD = "plum-Harbour-42-kite";

    @BothEngines
    @DisplayName("S3-07 S4-08 a new user signs up, is signed in, and verifies by mail")
    void signUpAndVerify(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            ApiClient client = server.client();
            Answer registered = client.post(
                    "/api/v1/auth/register", Map.of("email", "Ada@Example.com", "password", PASSWORD, "name", "Ada"));

            assertThat(registered.status()).as(registered.body()).isEqualTo(201);
            assertThat(registered.text("/user/email")).isEqualTo("Ada@Example.com");
            assertThat(registered.text("/token_type")).isEqualTo("Bearer");
            assertThat(registered.data("/expires_in").asInt()).isEqualTo(900);

            Answer me = client.bearer(registered.text("/access_token")).get("/api/v1/auth/me");
            assertThat(me.status()).as(me.body()).isEqualTo(200);
            assertThat(me.data("/user/emailVerified").asBoolean()).isFalse();

            String token = server.mails().token("Ada@Example.com", "verify-email");
            assertThat(client.post("/api/v1/auth/verify-email", Map.of("token", token))
                            .status())
                    .isEqualTo(200);
            Answer again = client.post("/api/v1/auth/verify-email", Map.of("token", token));
            assertThat(again.status()).isEqualTo(400);
            assertThat(again.code()).isEqualTo("INVALID_LINK");
            Answer verified = client.bearer(registered.text("/access_token")).get("/api/v1/auth/me");
            assertThat(verified.data("/user/emailVerified").asBoolean()).isTrue();
        }
    }

    @BothEngines
    @DisplayName("S3-06 a refresh token works once; its second use ends the session")
    void refreshOnce(TestDatabase database, MutableClock clock) {
        try (TestServer server = TestServer.on(database, clock)) {
            ApiClient client = server.client();
            Answer registered =
                    client.post("/api/v1/auth/register", Map.of("email", "ada@example.com", "password", PASSWORD));
            String first = registered.text("/refresh_token");

            Answer refreshed = client.post("/api/v1/auth/refresh", Map.of("refresh_token", first));
            assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
            assertThat(client.bearer(refreshed.text("/access_token"))
                            .get("/api/v1/auth/me")
                            .status())
                    .isEqualTo(200);

            Answer reused = client.post("/api/v1/auth/refresh", Map.of("refresh_token", first));
            assertThat(reused.status()).isEqualTo(401);
            assertThat(reused.code()).isEqualTo("TOKEN_REUSE_DETECTED");
            Answer dead = client.bearer(refreshed.text("/access_token")).get("/api/v1/auth/me");
            assertThat(dead.code()).isEqualTo("TOKEN_REVOKED");
            Answer successor =
                    client.post("/api/v1/auth/refresh", Map.of("refresh_token", refreshed.text("/refresh_token")));
            assertThat(successor.code()).isEqualTo("TOKEN_REVOKED");
        }
    }
}
