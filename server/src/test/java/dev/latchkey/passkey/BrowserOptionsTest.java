package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.TenantId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import dev.latchkey.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class BrowserOptionsTest {
    private PasskeyFixture fixture;
    private PasskeyOwner alice;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.fixture = new PasskeyFixture(database, clock);
        this.alice = fixture.user("alice");
    }

    @BothEngines
    @DisplayName("S1-22 creation options are PublicKeyCredentialCreationOptionsJSON, word for word")
    void creation() {
        Passkey existing = fixture.register(alice, SoftwareAuthenticator.at(PasskeyFixture.ORIGIN));
        RegistrationStart.Started begun = fixture.begin(alice);
        assertThat(json(begun.options())).isEqualTo(tree("""
                {"rp": {"id": "login.example.org", "name": "Example"},
                 "user": {"id": "%s", "name": "alice@example.org", "displayName": "alice"},
                 "challenge": "%s",
                 "pubKeyCredParams": [{"type": "public-key", "alg": -7}, {"type": "public-key", "alg": -8},
                                      {"type": "public-key", "alg": -257}],
                 "timeout": 60000,
                 "excludeCredentials": [{"type": "public-key", "id": "%s", "transports": ["internal", "hybrid"]}],
                 "authenticatorSelection": {"residentKey": "preferred", "requireResidentKey": false,
                                            "userVerification": "preferred"},
                 "hints": [],
                 "attestation": "direct",
                 "extensions": {"credProps": true, "sessionId": "%s"}}
                """.formatted(
                        Base64.getUrlEncoder().withoutPadding().encodeToString(alice.handle()),
                        begun.options().challenge(),
                        existing.credentialId(),
                        begun.sessionId())));
        assertThat(Base64.getUrlDecoder().decode(begun.options().challenge())).hasSize(32);
        assertThat(alice.handle()).hasSize(32);
        assertThat(begun.sessionId()).hasSize(43).isNotEqualTo(begun.options().challenge());
        assertThat(begun).hasToString("Started[redacted]");
    }

    @BothEngines
    @DisplayName(
            "S1-24 request options are PublicKeyCredentialRequestOptionsJSON: all of a known user's, none for anyone")
    void request() {
        Passkey existing = fixture.register(alice, SoftwareAuthenticator.at(PasskeyFixture.ORIGIN));
        AuthenticationStart named = fixture.secondFactor(alice);
        assertThat(json(named.options())).isEqualTo(tree("""
                {"challenge": "%s", "timeout": 60000, "rpId": "login.example.org",
                 "allowCredentials": [{"type": "public-key", "id": "%s", "transports": ["internal", "hybrid"]}],
                 "userVerification": "preferred", "hints": [], "extensions": {"sessionId": "%s"}}
                """.formatted(
                        named.options().challenge(), existing.credentialId(), named.sessionId())));
        AuthenticationStart anyone = fixture.anyone();
        assertThat(anyone.options().allowCredentials()).isEmpty();
        assertThat(anyone.options().userVerification()).isEqualTo("required");
        assertThat(anyone.options().challenge()).isNotEqualTo(named.options().challenge());
    }

    @BothEngines
    @DisplayName("S1-22 the policy is in the options")
    void policy(TestDatabase database, MutableClock clock) {
        PasskeyFixture strict = new PasskeyFixture(
                database,
                clock,
                "passkey.rp-id",
                "example.org",
                "passkey.rp-name",
                "Example Inc.",
                "passkey.timeout",
                "2m",
                "passkey.attestation",
                "none",
                "passkey.resident-key",
                "required",
                "passkey.user-verification",
                "required",
                "passkey.algorithms",
                "eddsa,ES256",
                "passkey.hints",
                "security-key,hybrid");
        CreationOptions options = strict.begin(alice).options();
        assertThat(options.rp()).isEqualTo(new CreationOptions.RelyingParty("example.org", "Example Inc."));
        assertThat(options.timeout()).isEqualTo(120_000);
        assertThat(options.attestation()).isEqualTo("none");
        assertThat(options.authenticatorSelection())
                .isEqualTo(new CreationOptions.AuthenticatorSelection("required", true, "required"));
        assertThat(options.pubKeyCredParams())
                .extracting(CreationOptions.CredentialParameters::alg)
                .containsExactly(-8, -7);
        assertThat(options.hints()).containsExactly("security-key", "hybrid");
        assertThat(strict.secondFactor(alice).options().userVerification()).isEqualTo("required");
        assertThat(strict.passkeys
                        .beginAuthentication(AuthenticationWish.anyone(TenantId.MAIN, true, ""))
                        .options()
                        .rpId())
                .isEqualTo("example.org");
    }

    private static JsonNode json(Object value) {
        return tree(new String(new Json().write(value), StandardCharsets.UTF_8));
    }

    private static JsonNode tree(String json) {
        return JsonMapper.shared().readTree(json);
    }
}
