package dev.latchkey.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.boot.TwoNodes.Sharing;
import dev.latchkey.passkey.AuthenticationResponse;
import dev.latchkey.passkey.CreationOptions;
import dev.latchkey.passkey.RegistrationResponse;
import dev.latchkey.passkey.RequestOptions;
import dev.latchkey.passkey.SoftwareAuthenticator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** What is good once, used fifty times at once, behind a load balancer that knows nothing of sessions. */
class SecondFactorsOnTwoNodesTest {
    private static final String ORIGIN = "http://localhost:3001";
    private static final String NUMBER = "+4930123456";
    private static final String PASSKEYS = "/api/v1/passkeys";
    private static final String VERIFY = "/api/v1/mfa/verify";

    @ParameterizedTest
    @EnumSource
    @DisplayName("principle 3: of 50 uses at two nodes one sets an app up, one spends a backup code, one a texted code")
    void codes(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            Answer setup = ada.client().post("/api/v1/mfa/setup", Map.of());
            AuthenticatorApp app = new AuthenticatorApp(setup.text("/secret"), nodes.clock());
            Map<String, String> first = Map.of("code", app.code());
            Answer enabled = once(
                    nodes,
                    node -> ada.at(node).client().post("/api/v1/mfa/enable", first),
                    "NO_PENDING_SETUP",
                    "INVALID_MFA_CODE",
                    // Whoever comes after the winner finds an account with two factors and a token that says one.
                    "REAUTHENTICATION_REQUIRED");
            assertThat(ada.client().get("/api/v1/mfa/devices").data("")).hasSize(1);

            String backup = enabled.texts("/backupCodes").getFirst();
            String login = ada.login().text("/mfaToken");
            once(
                    nodes,
                    node -> node.client().post("/api/v1/mfa/verify-backup", Map.of("mfaToken", login, "code", backup)),
                    "INVALID_MFA_CODE",
                    "LOGIN_EXPIRED");
            assertThat(ada.client()
                            .get("/api/v1/mfa/status")
                            .data("/backupCodesLeft")
                            .asInt())
                    .isEqualTo(9);

            ada.client().post("/api/v1/mfa/sms/setup", Map.of("phoneNumber", NUMBER));
            ada.client()
                    .post(
                            "/api/v1/mfa/sms/enable",
                            Map.of("code", nodes.first().mails().textedCode(NUMBER)));
            String texted = ada.login().text("/mfaToken");
            nodes.first().client().post("/api/v1/mfa/sms/send", Map.of("mfaToken", texted));
            Map<String, String> text =
                    Map.of("mfaToken", texted, "code", nodes.first().mails().textedCode(NUMBER));
            once(nodes, node -> node.client().post(VERIFY, text), "INVALID_MFA_CODE", "LOGIN_EXPIRED");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("principle 3: of 50 uses at two nodes one answer registers a passkey, and one signs in with it")
    void passkeys(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            SoftwareAuthenticator key = SoftwareAuthenticator.at(ORIGIN);
            Answer begun = ada.client().post(PASSKEYS + "/register/options", Map.of());
            RegistrationResponse made = key.create(read(begun, CreationOptions.class));
            Map<String, Object> registration = Map.of("sessionId", begun.text("/sessionId"), "response", made);
            once(
                    nodes,
                    node -> ada.at(node).client().post(PASSKEYS + "/register/verify", registration),
                    "PASSKEY_NOT_REGISTERED");
            assertThat(ada.client().get(PASSKEYS).data("")).hasSize(1);

            Answer asked = nodes.second().client().post(PASSKEYS + "/authenticate/options", Map.of());
            AuthenticationResponse shown = key.get(read(asked, RequestOptions.class));
            Map<String, Object> proof = Map.of("sessionId", asked.text("/sessionId"), "response", shown);
            once(nodes, node -> node.client().post(PASSKEYS + "/authenticate/verify", proof), "INVALID_PASSKEY");
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("principle 3: of 50 uses at two nodes one mailed code signs in, and one recovery link recovers")
    void mails(Sharing sharing) {
        try (TwoNodes nodes = nodes(sharing)) {
            Person ada = Person.registered(nodes.first(), "ada@example.com");
            String handle = nodes.first()
                    .client()
                    .post("/api/v1/auth/magic-link", Map.of("email", ada.email()))
                    .text("/loginToken");
            Map<String, String> code =
                    Map.of("loginToken", handle, "code", nodes.first().mails().code(ada.email(), "login/link"));
            Answer signedIn = once(nodes, node -> node.client().post("/api/v1/auth/otp", code), "INVALID_LOGIN_CODE");

            Person back = ada.with(signedIn);
            AuthenticatorApp app = new AuthenticatorApp(
                    back.client().post("/api/v1/mfa/setup", Map.of()).text("/secret"), nodes.clock());
            back.client().post("/api/v1/mfa/enable", Map.of("code", app.code()));
            String login = nodes.first()
                    .client()
                    .post("/api/v1/auth/magic-link", Map.of("email", ada.email()))
                    .text("/loginToken");
            String waiting = nodes.second()
                    .client()
                    .post(
                            "/api/v1/auth/otp",
                            Map.of(
                                    "loginToken",
                                    login,
                                    "code",
                                    nodes.first().mails().code(ada.email(), "login/link")))
                    .text("/mfaToken");
            nodes.first().client().post("/api/v1/mfa/recovery", Map.of("mfaToken", waiting));
            Map<String, String> link = Map.of("token", nodes.first().mails().token(ada.email(), "recovery"));
            nodes.clock().advance(Duration.ofHours(24));
            once(nodes, node -> node.client().post("/api/v1/mfa/recovery/complete", link), "INVALID_LINK");
        }
    }

    /** The one that succeeded; every other was refused for one of these reasons. */
    private static Answer once(TwoNodes nodes, Function<TestServer, Answer> use, String... refusals) {
        List<Answer> answers = Race.of(50, () -> use.apply(nodes.next()));
        List<Answer> right =
                answers.stream().filter(answer -> answer.status() < 300).toList();
        assertThat(right).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() >= 300)
                .extracting(Answer::code)
                .isSubsetOf(refusals);
        return right.getFirst();
    }

    private static TwoNodes nodes(Sharing sharing) {
        return TwoNodes.sharing(
                sharing, "server.public-url", ORIGIN, "mfa.sms.enabled", "true", "limits.enabled", "false");
    }

    private static <T> T read(Answer begun, Class<T> type) {
        return JsonMapper.shared().treeToValue(begun.data("/options"), type);
    }
}
