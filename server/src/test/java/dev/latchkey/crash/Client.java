package dev.latchkey.crash;

import dev.latchkey.boot.Answer;
import dev.latchkey.boot.ApiClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Each request comes from an address of its own, so that limits per address never end a load. */
record Client(ServerProcess server) {
    static String address() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return "10." + random.nextInt(256) + "." + random.nextInt(256) + "." + (1 + random.nextInt(254));
    }

    /** @param requestId the one that the trail is to name */
    ApiClient request(String requestId) {
        return anonymous().with("X-Request-Id", requestId);
    }

    ApiClient anonymous() {
        return server.client().from(address());
    }

    Answer login(ApiClient client, String email, String password, Optional<String> code) {
        Map<String, String> body = new HashMap<>(Map.of("email", email, "password", password));
        code.ifPresent(it -> body.put("twoFactorToken", it));
        return client.post("/api/v1/auth/login", body);
    }

    Answer login(Account account, String password) {
        return login(anonymous(), account.email(), password, Optional.empty());
    }

    Answer refresh(ApiClient client, Session session) {
        return refresh(client, session.refreshToken());
    }

    Answer refresh(ApiClient client, String token) {
        return client.post("/api/v1/auth/refresh", Map.of("refresh_token", token));
    }

    Answer resetPassword(ApiClient client, String link, String password) {
        return client.post("/api/v1/auth/reset-password", Map.of("token", link, "newPassword", password));
    }

    Answer me(Session session) {
        return anonymous().bearer(session.accessToken()).get("/api/v1/auth/me");
    }
}
