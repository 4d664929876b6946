package dev.latchkey.mail;

/**
 * One step of trying out the way that mails leave.
 *
 * @param what it is about, in a word or two
 * @param says what was found, and where it is not well what to do
 */
public record MailStep(Result result, String what, String says) {
    /** How a step went. */
    public enum Result {
        OK,
        /** Mails leave, but may not arrive. */
        WARNING,
        /** No mail leaves. */
        FAILED
    }

    static MailStep ok(String what, String says) {
        return new MailStep(Result.OK, what, says);
    }

    static MailStep warning(String what, String says) {
        return new MailStep(Result.WARNING, what, says);
    }

    static MailStep failed(String what, String says) {
        return new MailStep(Result.FAILED, what, says);
    }
}
