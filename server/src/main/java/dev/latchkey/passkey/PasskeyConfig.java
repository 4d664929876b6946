package dev.latchkey.passkey;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import dev.latchkey.http.HttpConfig;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How passkeys are made and accepted.
 *
 * @param rpId the domain that passkeys belong to
 * @param origins the exact origins whose pages may use them
 * @param anyLocalPort whether {@code http://localhost} may at every port: only where this server's own port is left to the system
 * @param timeout how long a browser lets its user try
 * @param allowedModels empty allows every model of authenticator
 * @param algorithms in the order of preference
 * @param metadataFile the FIDO alliance's list of models
 * @param metadataRoot what that list's signature leads to; empty means the roots that the JVM comes with
 */
public record PasskeyConfig(
        String rpId,
        String rpName,
        Set<String> origins,
        boolean anyLocalPort,
        Duration timeout,
        AttestationConveyance attestation,
        Preference residentKey,
        Preference userVerification,
        Set<Aaguid> allowedModels,
        List<KeyAlgorithm> algorithms,
        List<String> hints,
        int perUser,
        Optional<Path> metadataFile,
        Optional<Path> metadataRoot) {
    private static final List<String> KNOWN_HINTS = List.of("client-device", "hybrid", "security-key");

    private static final Setting<String> RP_ID = Setting.text(
                    "passkey.rp-id",
                    "",
                    "The domain that passkeys belong to: the host of server.public-url, or a parent domain of it that other"
                            + " front ends share. Unset: that host. Passkeys of another domain stop working when it changes.")
            .check(
                    text -> text.isEmpty() || isDomain(text),
                    "must be a domain such as example.com, in lower case, without scheme or port");
    private static final Setting<String> RP_NAME = Setting.text(
            "passkey.rp-name",
            "",
            "What authenticators call this service when they make a passkey. Unset: the application's name.");
    private static final Setting<List<String>> ORIGINS = Setting.list(
                    "passkey.origins",
                    List.of(),
                    "Further exact origins that may use passkeys: of other sites, or of applications such as"
                            + " android:apk-key-hash:… . The public URL and the front ends under passkey.rp-id may"
                            + " anyway.")
            .check(
                    origins -> origins.stream().allMatch(PasskeyConfig::isOrigin),
                    "must be origins such as https://app.example.com or android:apk-key-hash:…");
    private static final Setting<Duration> TIMEOUT = Setting.duration(
                    "passkey.timeout", Duration.ofSeconds(60), "How long a browser lets its user try.")
            .check(timeout -> timeout.toSeconds() >= 10 && timeout.toMinutes() <= 10, "must be from 10s to 10m");
    private static final Setting<AttestationConveyance> ATTESTATION = Setting.choice(
            "passkey.attestation",
            AttestationConveyance.DIRECT,
            "Whether browsers are asked for what an authenticator says of its model: none or direct. Some ask their users"
                    + " first; who declines can register all the same, unless passkey.allowed-models is set.");
    private static final Setting<Preference> RESIDENT_KEY = Setting.choice(
            "passkey.resident-key",
            Preference.PREFERRED,
            "Whether a passkey must be usable without a user name: discouraged, preferred or required.");
    private static final Setting<Preference> USER_VERIFICATION = Setting.choice(
            "passkey.user-verification",
            Preference.PREFERRED,
            "Whether an authenticator must verify its user, by PIN or biometrics, when a passkey is made or used as a second"
                    + " factor: discouraged, preferred or required. Signing in without a password requires it anyway.");
    private static final Setting<List<String>> ALLOWED_MODELS = Setting.list(
                    "passkey.allowed-models",
                    List.of(),
                    "The AAGUIDs of the only models of authenticator that may be registered. Empty: every model. Without"
                            + " passkey.metadata-file an authenticator is believed what it says to be.")
            .check(
                    models -> models.stream()
                            .allMatch(model ->
                                    Aaguid.parse(model.toLowerCase(Locale.ROOT)).isPresent()),
                    "must be AAGUIDs such as cb69481e-8ff7-4039-93ec-0a2729a154a8");
    private static final Setting<List<String>> ALGORITHMS = Setting.list(
                    "passkey.algorithms",
                    List.of("ES256", "EdDSA", "RS256"),
                    "The signature algorithms of new passkeys, the preferred one first: ES256, EdDSA, RS256, ES384, ES512,"
                            + " Ed448.")
            .check(
                    names -> !names.isEmpty()
                            && names.stream()
                                    .allMatch(name -> KeyAlgorithm.parse(name).isPresent()),
                    "must name ES256, EdDSA, RS256, ES384, ES512 or Ed448");
    private static final Setting<List<String>> HINTS = Setting.list(
                    "passkey.hints",
                    List.of(),
                    "What a browser should offer first: client-device, hybrid, security-key, in this order. Empty: as it"
                            + " likes.")
            .check(KNOWN_HINTS::containsAll, "must name client-device, hybrid or security-key");
    private static final Setting<Integer> PER_USER =
            Setting.integer("passkey.per-user", 20, 1, 200, "How many passkeys a user may have.");

    private static final Setting<String> METADATA_FILE = Setting.text(
            "passkey.metadata-file",
            "",
            "A BLOB of the FIDO Metadata Service, as https://mds3.fidoalliance.org serves it: names and icons of models,"
                    + " refusal of those known to be broken, and proof of what a model says to be. Read again when it changes.");
    private static final Setting<String> METADATA_ROOT = Setting.text(
            "passkey.metadata-root",
            "",
            "The certificates that passkey.metadata-file may be signed under, PEM or DER. Unset: those that Java comes with,"
                    + " for mds.fidoalliance.org.");

    public PasskeyConfig {
        origins = Set.copyOf(origins);
        allowedModels = Set.copyOf(allowedModels);
        algorithms = List.copyOf(algorithms);
        hints = List.copyOf(hints);
    }

    public static List<Setting<?>> settings() {
        return List.of(
                RP_ID,
                RP_NAME,
                ORIGINS,
                TIMEOUT,
                ATTESTATION,
                RESIDENT_KEY,
                USER_VERIFICATION,
                ALLOWED_MODELS,
                ALGORITHMS,
                HINTS,
                PER_USER,
                METADATA_FILE,
                METADATA_ROOT);
    }

    /** @param applicationName what the service is called where {@code passkey.rp-name} says nothing */
    public static PasskeyConfig from(Settings settings, HttpConfig http, String applicationName) {
        URI publicUrl = http.effectivePublicUrl();
        String rpId = settings.get(RP_ID).isEmpty() ? publicUrl.getHost() : settings.get(RP_ID);
        String rpName = settings.get(RP_NAME).isEmpty() ? applicationName : settings.get(RP_NAME);
        Set<String> origins = new LinkedHashSet<>();
        origins.add(publicUrl.toString());
        http.corsOrigins().stream()
                .filter(origin -> isWithin(rpId, URI.create(origin).getHost()))
                .forEach(origins::add);
        origins.addAll(settings.get(ORIGINS));
        return new PasskeyConfig(
                rpId,
                rpName,
                origins,
                http.publicUrl().isEmpty() && http.port() == 0,
                settings.get(TIMEOUT),
                settings.get(ATTESTATION),
                settings.get(RESIDENT_KEY),
                settings.get(USER_VERIFICATION),
                settings.get(ALLOWED_MODELS).stream()
                        .map(model -> new Aaguid(model.toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                settings.get(ALGORITHMS).stream()
                        .flatMap(name -> KeyAlgorithm.parse(name).stream())
                        .distinct()
                        .toList(),
                settings.get(HINTS),
                settings.get(PER_USER),
                file(settings.get(METADATA_FILE)),
                file(settings.get(METADATA_ROOT)));
    }

    /** What does not fit together, one sentence each; the server refuses to start with any. */
    public List<String> problems(HttpConfig http) {
        List<String> problems = new ArrayList<>();
        String host = http.effectivePublicUrl().getHost();
        if (!isWithin(rpId, host)) {
            problems.add(
                    "passkey.rp-id=" + rpId + " is neither " + host
                            + ", the host of server.public-url, nor a parent domain of it; browsers would refuse every passkey");
        }
        if (rpId.indexOf('.') < 0 && !rpId.equals(host)) {
            problems.add("passkey.rp-id=" + rpId + " is a top-level domain; name one that is yours");
        }
        if (!allowedModels.isEmpty() && attestation == AttestationConveyance.NONE) {
            problems.add("passkey.allowed-models needs passkey.attestation=direct, or no model is ever named");
        }
        for (Optional<Path> file : List.of(metadataFile, metadataRoot)) {
            file.filter(path -> !Files.isReadable(path))
                    .ifPresent(path -> problems.add("passkey.metadata-file or passkey.metadata-root names " + path
                            + ", which cannot be read; put the file there or remove the setting"));
        }
        return problems;
    }

    private static Optional<Path> file(String path) {
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }

    /** Whether browsers can use passkeys here at all: they belong to domains, not to addresses. */
    public boolean available() {
        // The last label of a domain begins with a letter, that of an address with a digit or a bracket.
        return Character.isLetter(rpId.charAt(rpId.lastIndexOf('.') + 1));
    }

    /** Whether pages of this origin, as browsers write it, may use passkeys. */
    boolean allowsOrigin(String origin) {
        return origins.contains(origin)
                || (anyLocalPort && (origin.equals("http://localhost") || origin.startsWith("http://localhost:")));
    }

    private static boolean isWithin(String rpId, String host) {
        return host.equals(rpId) || host.endsWith("." + rpId);
    }

    private static boolean isDomain(String text) {
        return text.matches("(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z]([a-z0-9-]{0,61}[a-z0-9])?");
    }

    private static boolean isOrigin(String text) {
        return text.matches("https?://[a-z0-9.-]+(:[0-9]{1,5})?|android:apk-key-hash:[A-Za-z0-9_-]{43}");
    }
}
