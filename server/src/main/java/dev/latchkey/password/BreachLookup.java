package dev.latchkey.password;

import dev.latchkey.core.CircuitBreaker;
import dev.latchkey.trace.Span;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a range service whether a password leaked. Only five hexadecimal digits of its SHA-1 are sent, and the answer is padded,
 * so neither the service nor who watches the line learns which password was meant. Fails open.
 */
final class BreachLookup implements AutoCloseable {
    private static final Logger LOG = System.getLogger(BreachLookup.class.getName());
    private static final int PREFIX = 5;
    private static final long MOST_ANSWER_BYTES = 1024 * 1024;
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final URI service;
    private final Duration timeout;
    private final CircuitBreaker breaker;
    private @Nullable HttpClient client;

    BreachLookup(URI service, Duration timeout, Clock clock) {
        this.service = service;
        this.timeout = timeout;
        this.breaker = new CircuitBreaker(clock, FAILURES_TO_OPEN, PAUSE);
    }

    /** {@code FOUND}, {@code CLEAR} or {@code UNAVAILABLE}; returns within the timeout. */
    BreachAnswer look(String password) {
        return breaker.allows() ? Span.calling("GET", service, () -> answer(password)) : BreachAnswer.UNAVAILABLE;
    }

    private BreachAnswer answer(String password) {
        String digest = sha1(password);
        try {
            boolean found = lists(ask(digest.substring(0, PREFIX)), digest.substring(PREFIX));
            breaker.succeeded();
            return found ? BreachAnswer.FOUND : BreachAnswer.CLEAR;
        } catch (IOException | ExecutionException | TimeoutException e) {
            breaker.failed();
            LOG.log(
                    Level.WARNING,
                    "The look-up of leaked passwords failed; the password was accepted without it: {0}",
                    e.toString());
            return BreachAnswer.UNAVAILABLE;
        } catch (InterruptedException e) {
            breaker.failed();
            Thread.currentThread().interrupt();
            return BreachAnswer.UNAVAILABLE;
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private String ask(String prefix) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        HttpRequest request = HttpRequest.newBuilder(service.resolve(prefix))
                .timeout(timeout)
                .header("Add-Padding", "true")
                .header("User-Agent", "Latchkey")
                .GET()
                .build();
        BodyHandler<String> bounded =
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.US_ASCII), MOST_ANSWER_BYTES);
        CompletableFuture<HttpResponse<String>> exchange = client().sendAsync(request, bounded);
        try {
            // The request's own timeout ends with the headers; this one holds for the body too.
            HttpResponse<String> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } finally {
            exchange.cancel(true);
        }
    }

    /** Lines of {@code SUFFIX:COUNT}; a count of 0 is padding. */
    private static boolean lists(String answer, String suffix) {
        for (String line : answer.lines().toList()) {
            if (line.regionMatches(true, 0, suffix, 0, suffix.length()) && line.startsWith(":", suffix.length())) {
                return !line.substring(suffix.length() + 1).strip().equals("0");
            }
        }
        return false;
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder().connectTimeout(timeout).build();
        }
        return client;
    }

    static String sha1(String password) {
        try {
            // What the service is keyed by; it protects nothing here.
            byte[] digest = MessageDigest.getInstance("SHA-1").digest(password.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().withUpperCase().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-1", e);
        }
    }
}
