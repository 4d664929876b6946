package dev.latchkey.boot;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.http.HttpConfig;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Asks the operations listener of a server of this configuration on this machine. */
public final class OperationsListener {
    private static final int TIMEOUT_MILLIS = 5_000;

    /** What it answered. */
    public record Answer(int status, String body) {}

    private final HttpConfig config;

    public OperationsListener(HttpConfig config) {
        this.config = config;
    }

    /** Where it is; empty where it takes any free port, so that nobody can ask it. */
    public Optional<URI> address() {
        if (config.operationsPort() == 0) {
            return Optional.empty();
        }
        String host = switch (config.operationsHost()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default ->
                config.operationsHost().contains(":") ? "[" + config.operationsHost() + "]" : config.operationsHost();
        };
        String scheme = config.operationsTls() ? "https" : "http";
        return Optional.of(URI.create(scheme + "://" + host + ":" + config.operationsPort()));
    }

    /** @throws IOException when no server answers */
    public Answer get(String path) throws IOException {
        URI base = address().orElseThrow(() -> new IOException("operations.port is any free one"));
        HttpURLConnection request =
                (HttpURLConnection) base.resolve(path).toURL().openConnection();
        if (request instanceof HttpsURLConnection secured) {
            trustAnything(secured);
        }
        request.setConnectTimeout(TIMEOUT_MILLIS);
        request.setReadTimeout(TIMEOUT_MILLIS);
        int status = request.getResponseCode();
        try (InputStream answer = status < 400 ? request.getInputStream() : request.getErrorStream()) {
            return new Answer(status, answer == null ? "" : new String(answer.readAllBytes(), UTF_8));
        }
    }

    /** The certificate is for the public name, which is not how this machine reaches itself; and nothing secret is sent. */
    private static void trustAnything(HttpsURLConnection request) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Anything()}, null);
            request.setSSLSocketFactory(context.getSocketFactory());
            request.setHostnameVerifier((name, session) -> true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private static final class Anything implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String kind) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
