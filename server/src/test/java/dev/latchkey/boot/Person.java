package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

/** A user of the server under test, with the tokens of the last login. */
public record Person(TestServer server, String email, String password, String accessToken, String refreshToken) {
    public static final String PASSWORD = "plum-Harbour-42-kite";

    /** Signs up with tokens, from an address of their own, so that limits of other people do not count. */
    public static Person registered(TestServer server, String email) {
        Answer answer = server.client()
                .from(addressOf(email))
                .post("/api/v1/auth/register", Map.of("email", email, "password", PASSWORD));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return new Person(server, email, PASSWORD, answer.text("/access_token"), answer.text("/refresh_token"));
    }

    /** A client without a credential, from this person's address. */
    public ApiClient anonymous() {
        return server.client().from(addressOf(email));
    }

    public ApiClient client() {
        return anonymous().bearer(accessToken);
    }

    /** Tries to sign in with the current password. */
    public Answer login() {
        return login(password);
    }

    public Answer login(String tried) {
        return anonymous().post("/api/v1/auth/login", Map.of("email", email, "password", tried));
    }

    /** Signs in; fails the test if that does not work. */
    public Person loggedIn() {
        Answer answer = login();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return with(answer);
    }

    /** The same person with the tokens of this answer. */
    public Person with(Answer answer) {
        return new Person(server, email, password, answer.text("/access_token"), answer.text("/refresh_token"));
    }

    /** The same person at another node. */
    public Person at(TestServer node) {
        return new Person(node, email, password, accessToken, refreshToken);
    }

    public Person withPassword(String changed) {
        return new Person(server, email, changed, accessToken, refreshToken);
    }

    public Answer refresh() {
        return anonymous().post("/api/v1/auth/refresh", Map.of("refresh_token", refreshToken));
    }

    public Answer me() {
        return client().get("/api/v1/auth/me");
    }

    public String id() {
        return me().text("/user/id");
    }

    private static String addressOf(String email) {
        int hash = email.hashCode();
        return "198." + (hash >>> 16 & 0xFF) + "." + (hash >>> 8 & 0xFF) + "." + (1 + (hash & 0x7F));
    }
}
