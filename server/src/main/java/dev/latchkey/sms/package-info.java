/**
 * Text messages to people: which there are, what they say, and how they leave.
 *
 * <p>Owns: the templates and their texts, and the gateway that takes them by HTTP. Does not own: the queue and its retries
 * ({@code outbox}), the codes inside, whose number it is and whether it was proved. No tables. In development texts are shown
 * beside the mails; {@code boot} binds that.
 *
 * <pre>
 * use case ─ outbox.enqueue(tx, SmsMessage) ··· outbox ─ SmsDelivery ─ SmsRenderer ─ SmsTransport: gateway | development mailbox
 * </pre>
 *
 * <p>ITU-T E.164 (numbers), W3C/WICG "Origin-bound one-time codes delivered via SMS" (the last line of a code's text).
 */
@NullMarked
package dev.latchkey.sms;

import org.jspecify.annotations.NullMarked;
