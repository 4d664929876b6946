package dev.latchkey.boot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.config.Settings;
import dev.latchkey.http.HttpConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Asks the server of this configuration on this machine how it is, by its operations listener. For health checks of container
 * platforms whose images have no HTTP client.
 */
@Command
final class HealthCommand implements Callable<Integer>, QuickArguments {
    private static final int TIMEOUT_MILLIS = 5_000;

    private final PrintStream out;

    @Mixin
    private SettingsOptions options = new SettingsOptions();

    HealthCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public boolean take(String option, String value) {
        return options.take(option, value);
    }

    @Override
    public Integer call() {
        Settings settings = options.load(System.getenv());
        URI address = address(HttpConfig.from(settings));
        try {
            HttpURLConnection request = (HttpURLConnection) address.toURL().openConnection();
            if (request instanceof HttpsURLConnection secured) {
                trustAnything(secured);
            }
            request.setConnectTimeout(TIMEOUT_MILLIS);
            request.setReadTimeout(TIMEOUT_MILLIS);
            boolean well = request.getResponseCode() == 200;
            try (InputStream answer = well ? request.getInputStream() : request.getErrorStream()) {
                out.println(answer == null ? "" : new String(answer.readAllBytes(), UTF_8));
            }
            return well ? ExitCode.OK : ExitCode.NO;
        } catch (IOException failed) {
            throw new Refusal(
                    ExitCode.NO,
                    "No server answers at " + address + " (" + failed.getMessage()
                            + "). Is it running, with the same configuration?");
        }
    }

    private static URI address(HttpConfig config) {
        if (config.operationsPort() == 0) {
            throw new Refusal(
                    ExitCode.NO,
                    "The operations listener takes any free port, so nobody can ask it; set operations.port.");
        }
        String host = switch (config.operationsHost()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "[::1]";
            default ->
                config.operationsHost().contains(":") ? "[" + config.operationsHost() + "]" : config.operationsHost();
        };
        String scheme = config.operationsTls() ? "https" : "http";
        return URI.create(scheme + "://" + host + ":" + config.operationsPort() + "/health");
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
