/**
 * Mails to people: which there are, what they say, and how they leave.
 *
 * <p>Owns: the templates and their texts, an operator's own templates ({@link dev.latchkey.mail.MailLayouts}), SMTP, and the development mailbox with its routes. Does not own: the queue and its
 * retries ({@code outbox}), the tokens inside links, the pages that links open. Table: {@code unproved_mail}, how often addresses
 * that nobody proved were written to.
 *
 * <pre>
 * use case ─ outbox.enqueue(tx, MailMessage) ··· outbox ─ MailDelivery ─ MailRenderer ─ MailTransport: SMTP | development mailbox
 * </pre>
 *
 * <p>RFC 5321 (SMTP), RFC 5322 (messages), RFC 3207 (STARTTLS), RFC 8314 (implicit TLS), RFC 3834 (automatic mail).
 */
@NullMarked
package dev.latchkey.mail;

import org.jspecify.annotations.NullMarked;
