package dev.latchkey.passkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.latchkey.core.MutableClock;
import dev.latchkey.core.PasskeyId;
import dev.latchkey.db.BothEngines;
import dev.latchkey.db.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published credentials of WebAuthn level 3, section "Test Vectors"; skipped where the file is not beside the repository. */
class PublishedVectorsTest {
    private static final Path FILE = Path.of("..", "..", "shared", "vectors", "webauthn_l3_vectors.json");
    private static final Base64.Encoder BASE64URL = Base64.getUrlEncoder().withoutPadding();
    private static final String EVERY_ALGORITHM = "ES256,EdDSA,RS256,ES384,ES512,Ed448";

    private TestDatabase database;
    private MutableClock clock;

    @BeforeEach
    void open(TestDatabase database, MutableClock clock) {
        this.database = database;
        this.clock = clock;
    }

    @BothEngines
    @DisplayName("S1-22 S1-24 every published credential is registered and used, those made in a frame are refused")
    void accepted() throws IOException {
        Map<String, String> results = results(EVERY_ALGORITHM);
        assertThat(results).hasSize(15);
        results.forEach((name, result) -> assertThat(result)
                .as(name)
                .isEqualTo(isFramed(name) ? "cross-origin, cross-origin" : "registered, accepted"));
    }

    @BothEngines
    @DisplayName("S1-22 with the default algorithms those of others are refused for that reason")
    void defaults() throws IOException {
        results("ES256,EdDSA,RS256").forEach((name, result) -> {
            boolean other = name.contains("ES384") || name.contains("ES512") || name.contains("Ed448");
            String expected = other ? "algorithm" : isFramed(name) ? "cross-origin" : "registered";
            assertThat(result).as(name).startsWith(expected);
        });
    }

    @BothEngines
    @DisplayName("S1-23 where metadata names the published root, what it vouches for is trusted; nothing else is")
    void trusted(@TempDir Path folder) throws IOException, CertificateException {
        JsonNode root = published();
        X509Certificate maker = CertificateChain.of(
                HexFormat.of().parseHex(root.path("attestationRootCertificate").stringValue()));
        TestBlob blobs = new TestBlob("metadata.example");
        List<Map<String, Object>> entries = new ArrayList<>();
        List<String> selfAttested = new ArrayList<>();
        for (JsonNode vector : vectors(root)) {
            String hex = vector.path("registration").path("aaguid").stringValue();
            String aaguid = hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
            String name = vector.path("name").stringValue();
            entries.add(TestBlob.entry(aaguid, name, maker));
            if (name.contains("Self Attestation")) {
                selfAttested.add(aaguid);
            }
        }
        TestBlob.write(folder.resolve("blob.jwt"), blobs.of(entries), clock.instant());
        TestBlob.write(folder.resolve("root.der"), TestBlob.encoded(blobs.authority.root()), clock.instant());
        PasskeyFixture fixture = fixture(
                root,
                "passkey.metadata-file",
                folder.resolve("blob.jwt").toString(),
                "passkey.metadata-root",
                folder.resolve("root.der").toString());
        PasskeyOwner alice = fixture.user("alice");
        vectors(root).forEach(vector -> result(fixture, alice, vector));
        assertThat(fixture.list(alice))
                .hasSize(13)
                .allSatisfy(passkey -> assertThat(passkey.attestation())
                        .as(passkey.attestationFormat() + " " + passkey.algorithm())
                        .isEqualTo(level(passkey, selfAttested)));
    }

    private static Attestation level(Passkey passkey, List<String> selfAttested) {
        return switch (passkey.attestationFormat()) {
            case "none" -> Attestation.NONE;
            case "packed" -> selfAttested.contains(passkey.aaguid().value()) ? Attestation.SELF : Attestation.TRUSTED;
            case "tpm", "apple" -> Attestation.TRUSTED;
            default -> Attestation.UNCHECKED;
        };
    }

    private static boolean isFramed(String name) {
        return name.contains("crossOrigin") || name.contains("topOrigin");
    }

    private static JsonNode published() throws IOException {
        assumeTrue(Files.exists(FILE), () -> "skipped: the published vectors are not at " + FILE.toAbsolutePath());
        return JsonMapper.shared().readTree(Files.readString(FILE));
    }

    private PasskeyFixture fixture(JsonNode root, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.addAll(List.of("server.public-url", root.path("origin").stringValue()));
        if (!all.contains("passkey.algorithms")) {
            all.addAll(List.of("passkey.algorithms", EVERY_ALGORITHM));
        }
        return new PasskeyFixture(database, clock, all.toArray(String[]::new));
    }

    private Map<String, String> results(String algorithms) throws IOException {
        JsonNode root = published();
        PasskeyFixture fixture = fixture(root, "passkey.algorithms", algorithms);
        PasskeyOwner alice = fixture.user("alice");
        Map<String, String> results = new LinkedHashMap<>();
        for (JsonNode vector : vectors(root)) {
            results.put(vector.path("name").stringValue(), result(fixture, alice, vector));
        }
        return results;
    }

    private static List<JsonNode> vectors(JsonNode root) {
        List<JsonNode> vectors = new ArrayList<>();
        for (JsonNode member : root) {
            if (member.isArray()) {
                member.forEach(vectors::add);
            }
        }
        return vectors;
    }

    /** What became of the registration and of the authentication. */
    private String result(PasskeyFixture fixture, PasskeyOwner alice, JsonNode vector) {
        JsonNode registration = vector.path("registration");
        String session = "session of " + vector.path("name").stringValue();
        Ceremonies ceremonies = new Ceremonies(fixture.ephemeral, fixture.secrets, fixture.config.timeout());
        ceremonies.keep(new Ceremony.Registration(
                Ceremonies.sessionHash(session),
                alice.tenant(),
                alice.user(),
                BASE64URL.encodeToString(alice.handle()),
                base64url(registration, "challenge"),
                Ceremonies.bindingHash(PasskeyFixture.BINDING)));
        String id = base64url(registration, "credential_id");
        RegistrationCheck check = fixture.check(
                alice,
                session,
                new RegistrationResponse(
                        id,
                        id,
                        "public-key",
                        new RegistrationResponse.AttestationPart(
                                base64url(registration, "clientDataJSON"),
                                base64url(registration, "attestationObject"),
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty()));
        return switch (check) {
            case RegistrationCheck.Refused refused ->
                refused.refusal().reason() + ", " + use(fixture, alice, vector, ceremonies, Optional.empty());
            case RegistrationCheck.Verified verified -> {
                assertThat(verified.passkey().aaguid().value().replace("-", ""))
                        .isIn(registration.path("aaguid").stringValue(), "0".repeat(32));
                RegistrationOutcome outcome = fixture.store(verified);
                assertThat(outcome).isInstanceOf(RegistrationOutcome.Registered.class);
                PasskeyId passkey =
                        ((RegistrationOutcome.Registered) outcome).passkey().id();
                yield "registered, " + use(fixture, alice, vector, ceremonies, Optional.of(passkey));
            }
        };
    }

    /** The published answer with the registered passkey; where that was refused, with one that a vector of no frame left. */
    private String use(
            PasskeyFixture fixture,
            PasskeyOwner alice,
            JsonNode vector,
            Ceremonies ceremonies,
            Optional<PasskeyId> registered) {
        JsonNode authentication = vector.path("authentication");
        String session = "use of " + vector.path("name").stringValue();
        ceremonies.keep(
                new Ceremony.Authentication(
                        alice.tenant(),
                        Optional.of(alice.user()),
                        PasskeyUse.SECOND_FACTOR,
                        base64url(authentication, "challenge"),
                        Ceremonies.bindingHash(PasskeyFixture.BINDING)),
                session,
                Duration.ofMinutes(1));
        String id = registered.isPresent()
                ? base64url(vector.path("registration"), "credential_id")
                : fixture.list(alice).stream()
                        .map(Passkey::credentialId)
                        .findFirst()
                        .orElse("none");
        AuthenticationCheck check = fixture.check(
                new AuthenticationStart(
                        session,
                        new RequestOptions(
                                "", 0, "", List.of(), "", List.of(), new RequestOptions.RequestExtensions(session))),
                new AuthenticationResponse(
                        id,
                        id,
                        "public-key",
                        new AuthenticationResponse.AssertionPart(
                                base64url(authentication, "clientDataJSON"),
                                base64url(authentication, "authenticatorData"),
                                base64url(authentication, "signature"),
                                Optional.empty())));
        return switch (check) {
            case AuthenticationCheck.Refused refused -> refused.refusal().reason();
            case AuthenticationCheck.Verified verified -> {
                assertThat(fixture.use(verified))
                        .isEqualTo(new AuthenticationOutcome.Accepted(
                                alice.user(),
                                registered.orElseThrow(),
                                verified.passkey().userVerified(),
                                verified.passkey().backedUp()));
                yield "accepted";
            }
        };
    }

    private static String base64url(JsonNode parent, String name) {
        return BASE64URL.encodeToString(
                HexFormat.of().parseHex(parent.path(name).stringValue()));
    }
}
