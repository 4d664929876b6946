package dev.latchkey.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.Answer;
import java.util.Map;
import java.util.UUID;

/** Somebody who may disable accounts. */
record Administrator(String accessToken) {
    /** A new one, signed in. */
    static Administrator of(Installation installation) {
        String email = "admin-" + UUID.randomUUID() + "@example.com";
        String password = Account.newPassword();
        installation.createAdministrator(email, password);
        Answer login = installation
                .server()
                .client()
                .from(Client.address())
                .post("/api/v1/auth/login", Map.of("email", email, "password", password));
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        return new Administrator(login.text("/access_token"));
    }
}
