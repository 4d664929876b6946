package dev.latchkey.sms;

import java.net.URI;
import java.time.Duration;

/**
 * A gateway that takes text messages by HTTP POST.
 *
 * @param credential a header line such as {@code Authorization: Bearer …}; empty for a gateway that asks for none
 * @param body with {@code {to}}, {@code {text}}, {@code {from}} and {@code {id}} to be filled in
 * @param from what {@code {from}} is
 * @param timeout for the whole exchange
 */
public record GatewayConfig(URI url, String credential, BodyFormat format, String body, String from, Duration timeout) {
    /** What the body is, and so how values are escaped in it. */
    public enum BodyFormat {
        JSON("application/json"),
        FORM("application/x-www-form-urlencoded");

        private final String contentType;

        BodyFormat(String contentType) {
            this.contentType = contentType;
        }

        String contentType() {
            return contentType;
        }
    }

    // A record's own would show the credential.
    @Override
    public String toString() {
        return "GatewayConfig[" + url.getHost() + "]";
    }
}
