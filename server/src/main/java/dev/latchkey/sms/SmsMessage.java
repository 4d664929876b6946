package dev.latchkey.sms;

import dev.latchkey.core.PhoneNumber;
import dev.latchkey.core.TenantId;
import dev.latchkey.outbox.OutboxMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One text message to send.
 *
 * @param to always a stored number, never one that a request brought, but to prove it
 * @param values by the names below, exactly those of {@link SmsTemplate#requires()}
 * @param locale the reader's language; without one, or one there are no texts in, the server's first
 */
public record SmsMessage(
        TenantId tenant, PhoneNumber to, SmsTemplate template, Map<String, String> values, Locale locale)
        implements OutboxMessage {
    /** What is typed to sign in. */
    public static final String CODE = "code";
    /** When the code ends, as {@link Instant#toString()}; it is not sent later. */
    public static final String EXPIRES_AT = "expiresAt";

    static final String KIND = "sms";

    /** @throws IllegalArgumentException if a value is missing or none of the template's */
    public SmsMessage {
        values = Map.copyOf(values);
        if (!values.keySet().equals(new HashSet<>(template.requires()))) {
            throw new IllegalArgumentException(
                    template + " takes the values " + template.requires() + ", not " + values.keySet());
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public byte[] payload() {
        return SmsCodec.encode(this);
    }

    @Override
    public Optional<Instant> uselessFrom() {
        return Optional.ofNullable(values.get(EXPIRES_AT)).map(Instant::parse);
    }

    // A record's own would put codes into a log.
    @Override
    public String toString() {
        return "SmsMessage[" + template + "]";
    }
}
