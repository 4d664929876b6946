package dev.latchkey.sms;

import java.util.List;
import java.util.Locale;

/** The texts we send, each with the values its {@link SmsMessage} needs. Their words stand in {@code messages.properties}. */
public enum SmsTemplate {
    /** The code of a sign-in. Needs CODE, EXPIRES_AT. */
    LOGIN_CODE(SmsMessage.CODE, SmsMessage.EXPIRES_AT),
    /** Somebody wants in without the account's second factors. Needs nothing. */
    RECOVERY_REQUESTED,
    /** The second factors are gone, this number among them. Needs nothing. */
    FACTORS_RECOVERED,
    /** An operator tries the gateway. Needs nothing. */
    TEST;

    private final List<String> requires;

    SmsTemplate(String... requires) {
        this.requires = List.of(requires);
    }

    /** The names of the values a message of this template must have; it may have no others. */
    public List<String> requires() {
        return requires;
    }

    /** This text's key. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
