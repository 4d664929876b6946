package dev.latchkey.http;

import dev.latchkey.config.Setting;
import dev.latchkey.config.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How the server speaks TLS itself.
 *
 * @param certificate PEM file of the chain, the server's own certificate first
 * @param key PEM file of its private key
 * @param passphrase of an encrypted key
 * @param redirectPort where plain HTTP is answered with a redirect; 0 takes any free one
 * @param operations whether the operations listener speaks TLS too
 */
public record HttpsConfig(
        Path certificate, Path key, Optional<String> passphrase, Optional<Integer> redirectPort, boolean operations) {
    public static final Setting<String> CERTIFICATE = path(Setting.text(
            "server.tls.certificate",
            "",
            "PEM file with the server's certificate and those between it and its authority. With it the server speaks HTTPS"
                    + " (TLS 1.2 and 1.3, HTTP/1.1 and HTTP/2) and nothing else on server.port. Files that change are read"
                    + " again within ten seconds."));
    public static final Setting<String> KEY = path(
            Setting.text(
                    "server.tls.key",
                    "",
                    "PEM file with the certificate's private key: RSA, EC or Ed25519, PKCS#8 (encrypted or not) or the older forms."));
    public static final Setting<String> PASSPHRASE =
            Setting.secret("server.tls.key-passphrase", "The passphrase of an encrypted private key.");
    public static final Setting<Integer> REDIRECT_PORT = Setting.integer(
            "server.tls.redirect-port",
            -1,
            -1,
            65_535,
            "A second port, on server.host, where plain HTTP is answered 308 with the same address at the public URL, such"
                    + " as 80. 0 takes any free one, -1 opens none.");
    public static final Setting<Boolean> OPERATIONS = Setting.flag(
            "operations.tls", false, "Whether the operations listener speaks HTTPS too, with the same certificate.");

    static List<Setting<?>> settings() {
        return List.of(CERTIFICATE, KEY, PASSPHRASE, REDIRECT_PORT, OPERATIONS);
    }

    /** Empty where the server speaks plain HTTP, or where half of what TLS needs is missing. */
    static Optional<HttpsConfig> from(Settings settings) {
        if (settings.get(CERTIFICATE).isEmpty() || settings.get(KEY).isEmpty()) {
            return Optional.empty();
        }
        int redirectPort = settings.get(REDIRECT_PORT);
        return Optional.of(new HttpsConfig(
                Path.of(settings.get(CERTIFICATE)),
                Path.of(settings.get(KEY)),
                Optional.of(settings.get(PASSPHRASE)).filter(text -> !text.isEmpty()),
                redirectPort < 0 ? Optional.empty() : Optional.of(redirectPort),
                settings.get(OPERATIONS)));
    }

    /** What of {@code settings} does not fit together; each a sentence. */
    static List<String> problems(Settings settings) {
        List<String> problems = new ArrayList<>();
        boolean certificate = settings.isSet(CERTIFICATE);
        boolean key = settings.isSet(KEY);
        if (certificate != key) {
            problems.add(
                    (certificate ? KEY : CERTIFICATE).key() + " is missing: HTTPS needs a certificate and its key");
        }
        if (!certificate && !key) {
            if (settings.get(REDIRECT_PORT) >= 0) {
                problems.add(REDIRECT_PORT.key() + " is of use with " + CERTIFICATE.key() + " only; remove it");
            }
            if (settings.get(OPERATIONS)) {
                problems.add(OPERATIONS.key() + " needs " + CERTIFICATE.key() + " and " + KEY.key());
            }
            return problems;
        }
        if (settings.get(HttpConfig.PUBLIC_URL).startsWith("http:")) {
            problems.add(HttpConfig.PUBLIC_URL.key()
                    + " begins with http: although the server speaks HTTPS; make it https:");
        }
        return problems;
    }

    /**
     * Whether the files can be used, as a start would find.
     *
     * @return sentences for the operator; empty where all is well
     */
    public List<String> fileProblems() {
        try {
            ServerCertificate.load(this);
            return List.of();
        } catch (IllegalStateException problem) {
            return List.of(String.valueOf(problem.getMessage()));
        }
    }

    private static Setting<String> path(Setting<String> setting) {
        return setting.check(HttpsConfig::isPath, "must be the path of a file");
    }

    private static boolean isPath(String text) {
        try {
            return Path.of(text).getNameCount() > 0;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    // A record's own would show the passphrase.
    @Override
    public String toString() {
        return "HttpsConfig[" + certificate + "]";
    }
}
