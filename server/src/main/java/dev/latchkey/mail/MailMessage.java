package dev.latchkey.mail;

import dev.latchkey.core.EmailAddress;
import dev.latchkey.core.TenantId;
import dev.latchkey.outbox.OutboxMessage;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One mail to send. Carries tokens, never links: those are built from the configured public URL alone.
 *
 * @param to always the stored address, never one that a request brought
 * @param values by the names below, exactly those of {@link MailTemplate#requires()}
 * @param locale the reader's language; without one, or one there are no texts in, the server's first
 */
public record MailMessage(
        TenantId tenant, EmailAddress to, MailTemplate template, Map<String, String> values, Locale locale)
        implements OutboxMessage {
    /** The token of the page that the mail's button opens. */
    public static final String TOKEN = "token";
    /** When that token ends, as {@link Instant#toString()}. */
    public static final String EXPIRES_AT = "expiresAt";
    /** The token of the page that undoes what somebody else did. */
    public static final String NOT_ME_TOKEN = "notMeToken";
    /** When it happened, as {@link Instant#toString()}. */
    public static final String TIME = "time";
    /** The client's address. */
    public static final String IP = "ip";
    /** Browser and system, in words. */
    public static final String DEVICE = "device";
    /** The other e-mail address of an e-mail change. */
    public static final String NEW_EMAIL = "newEmail";
    /** When a lock ends by itself, as {@link Instant#toString()}. */
    public static final String UNTIL = "until";

    /** What is typed to sign in. */
    public static final String CODE = "code";
    /** How many backup codes still work. */
    public static final String LEFT = "left";
    /** What kind of factor it is about: one of {@link #FACTORS}. */
    public static final String FACTOR = "factor";
    /** What the user calls the factor; may be empty. */
    public static final String FACTOR_NAME = "factorName";

    /** The words that {@link #FACTOR} takes. */
    public static final Set<String> FACTORS = Set.of("totp", "passkey", "sms", "backup-codes");
    /** From when on a link works, as {@link Instant#toString()}. */
    public static final String READY_AT = "readyAt";

    static final String KIND = "mail";

    /** @throws IllegalArgumentException if a value is missing or none of the template's */
    public MailMessage {
        values = Map.copyOf(values);
        if (!values.keySet().equals(new HashSet<>(template.requires()))) {
            throw new IllegalArgumentException(
                    template + " takes the values " + template.requires() + ", not " + values.keySet());
        }
        if (values.containsKey(FACTOR) && !FACTORS.contains(values.get(FACTOR))) {
            throw new IllegalArgumentException("no factor is called " + values.get(FACTOR));
        }
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public byte[] payload() {
        return MailCodec.encode(this);
    }

    @Override
    public Optional<Instant> uselessFrom() {
        return Optional.ofNullable(values.get(EXPIRES_AT)).map(Instant::parse);
    }

    // A record's own would put tokens and addresses into a log.
    @Override
    public String toString() {
        return "MailMessage[" + template + "]";
    }
}
