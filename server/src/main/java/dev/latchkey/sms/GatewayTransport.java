package dev.latchkey.sms;

import dev.latchkey.outbox.Outcome;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts text messages to a gateway. Follows no redirect and reads nothing of the answer but its status: an answer may quote the
 * message.
 */
public final class GatewayTransport implements SmsTransport, AutoCloseable {
    private final GatewayConfig gateway;
    private @Nullable HttpClient client;

    public GatewayTransport(GatewayConfig gateway) {
        this.gateway = gateway;
    }

    @Override
    public Outcome send(RenderedSms message) {
        CompletableFuture<HttpResponse<Void>> exchange =
                client().sendAsync(request(message), BodyHandlers.discarding());
        try {
            // The request's own timeout ends with the headers; this one holds for the body too.
            return outcome(exchange.get(gateway.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .statusCode());
        } catch (ExecutionException e) {
            return new Outcome.Failed("the SMS gateway cannot be reached: "
                    + (e.getCause() == null ? e : e.getCause()).getClass().getSimpleName());
        } catch (TimeoutException e) {
            return new Outcome.Failed("the SMS gateway did not answer in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Failed("interrupted");
        } finally {
            exchange.cancel(true);
        }
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.shutdownNow();
        }
    }

    private HttpRequest request(RenderedSms message) {
        HttpRequest.Builder request = HttpRequest.newBuilder(gateway.url())
                .timeout(gateway.timeout())
                .header("Content-Type", gateway.format().contentType())
                .header("User-Agent", "Latchkey")
                // Where the gateway knows it, a repetition is not sent twice.
                .header("Idempotency-Key", message.id())
                .POST(BodyPublishers.ofString(GatewayBody.fill(gateway, message)));
        int colon = gateway.credential().indexOf(':');
        if (colon > 0) {
            request.header(
                    gateway.credential().substring(0, colon),
                    gateway.credential().substring(colon + 1).strip());
        }
        return request.build();
    }

    /** Only a message that the gateway will never take is refused; the rest may pass, or an operator may mend it. */
    private static Outcome outcome(int status) {
        if (status >= 200 && status < 300) {
            return new Outcome.Delivered();
        }
        return switch (status) {
            case 400, 410, 413, 422 -> new Outcome.Refused("the SMS gateway refuses the message: HTTP " + status);
            case 401, 403 ->
                new Outcome.Failed("the SMS gateway refuses " + SmsConfig.CREDENTIAL.key() + ": HTTP " + status);
            default -> new Outcome.Failed("the SMS gateway answers HTTP " + status);
        };
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .connectTimeout(gateway.timeout())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }
}
