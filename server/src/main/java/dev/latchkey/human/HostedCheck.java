package dev.latchkey.human;

import dev.latchkey.core.CircuitBreaker;
import dev.latchkey.core.HumanChallenge;
import dev.latchkey.core.RequestContext;
import dev.latchkey.trace.Span;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A check that a provider shows in the browser and this server has verified by the provider: one POST to a fixed address, without
 * redirects, bounded in time, size and number. The client's address is not passed on.
 */
final class HostedCheck implements HumanCheck, AutoCloseable {
    private static final Logger LOG = System.getLogger(HostedCheck.class.getName());
    private static final int MOST_TOKEN = 8 * 1024;
    private static final long MOST_ANSWER_BYTES = 64 * 1024;
    private static final int AT_ONCE = 32;
    private static final int FAILURES_TO_OPEN = 3;
    private static final Duration PAUSE = Duration.ofSeconds(30);
    /** Longer than any provider accepts one of its answers. */
    private static final Duration SPENT_FOR = Duration.ofMinutes(10);

    private final HumanConfig.Hosted config;
    private final HostedProvider provider;
    private final SpentAnswers spent;
    private final CircuitBreaker breaker;
    private final Semaphore places = new Semaphore(AT_ONCE);
    private @Nullable HttpClient client;

    HostedCheck(HumanConfig.Hosted config, SpentAnswers spent, Clock clock) {
        this.config = config;
        this.provider = HostedProvider.of(config.kind()).orElseThrow();
        this.spent = spent;
        this.breaker = new CircuitBreaker(clock, FAILURES_TO_OPEN, PAUSE);
    }

    /** Whether asking the provider is of no use at present. */
    boolean isAway() {
        return breaker.isPausing();
    }

    @Override
    public HumanChallenge challenge(HumanPurpose purpose, int surplus, RequestContext context) {
        return new HumanChallenge(
                config.kind().wireName(),
                purpose.action(),
                Optional.of(provider.script()),
                Optional.of(config.siteKey()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                OptionalInt.empty(),
                OptionalLong.empty(),
                Optional.empty());
    }

    @Override
    public HumanVerdict judge(HumanPurpose purpose, String answer, RequestContext context) {
        if (answer.length() > MOST_TOKEN) {
            return new HumanVerdict.Refused("malformed");
        }
        if (!places.tryAcquire()) {
            return new HumanVerdict.Undecided();
        }
        try {
            return breaker.allows()
                    ? Span.calling("POST", config.verifyUrl(), () -> ask(purpose, answer))
                    : new HumanVerdict.Undecided();
        } finally {
            places.release();
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private HumanVerdict ask(HumanPurpose purpose, String answer) {
        try {
            HostedAnswer verified = HostedAnswer.parse(post(answer));
            if (verified.isUndecided()) {
                breaker.failed();
                LOG.log(
                        Level.WARNING,
                        "The human check''s provider judges nothing: {0}. If it names the secret or the site key, check"
                                + " human-check.secret and human-check.site-key",
                        verified.errors());
                return new HumanVerdict.Undecided();
            }
            breaker.succeeded();
            return judge(purpose, answer, verified);
        } catch (IOException | ExecutionException | TimeoutException e) {
            breaker.failed();
            LOG.log(Level.WARNING, "The human check''s provider could not be asked: {0}", e.toString());
            return new HumanVerdict.Undecided();
        } catch (InterruptedException e) {
            breaker.failed();
            Thread.currentThread().interrupt();
            return new HumanVerdict.Undecided();
        }
    }

    private HumanVerdict judge(HumanPurpose purpose, String answer, HostedAnswer verified) {
        Optional<String> wrong = verified.fault(config, provider, purpose);
        if (wrong.isPresent()) {
            return new HumanVerdict.Refused(wrong.get());
        }
        return spent.spend(answer, SPENT_FOR) ? new HumanVerdict.Passed() : new HumanVerdict.Refused("spent");
    }

    private String post(String answer) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        String form = "secret=" + encoded(config.secret()) + "&response=" + encoded(answer)
                + (provider.wantsSiteKey() ? "&sitekey=" + encoded(config.siteKey()) : "");
        HttpRequest request = HttpRequest.newBuilder(config.verifyUrl())
                .timeout(config.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("User-Agent", "Latchkey")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        BodyHandler<String> bounded =
                BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_ANSWER_BYTES);
        CompletableFuture<HttpResponse<String>> exchange = client().sendAsync(request, bounded);
        try {
            // The request's own timeout ends with the headers; this one holds for the body too.
            HttpResponse<String> response = exchange.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
            // Some providers answer 400 to a bad token, with the same body.
            if (response.statusCode() != 200 && response.statusCode() != 400) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } finally {
            exchange.cancel(true);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(config.timeout())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }
}
