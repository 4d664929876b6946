package dev.latchkey.sms;

import dev.latchkey.core.PhoneNumber;

/**
 * A text message ready to leave.
 *
 * @param id the same at every try to send it
 */
public record RenderedSms(String id, PhoneNumber to, String text) {
    // A record's own would put codes into a log.
    @Override
    public String toString() {
        return "RenderedSms[" + id + "]";
    }
}
