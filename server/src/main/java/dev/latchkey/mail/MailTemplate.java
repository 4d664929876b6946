package dev.latchkey.mail;

import dev.latchkey.page.PagePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The mails we send, each with the values its {@link MailMessage} needs. Their words stand in {@code messages.properties} under
 * {@link #key()}.
 *
 * <p>A mail to an address that nobody has proved yet takes no value from whoever typed the address: else a stranger could have
 * us deliver his text.
 */
public enum MailTemplate {
    /** What {@code mail test} sends. Needs TIME. */
    TEST(false, MailMessage.TIME),
    /** Confirm an address, at registration or as a new address. Needs TOKEN, EXPIRES_AT. */
    VERIFY_EMAIL(PagePath.VERIFY_EMAIL),
    /** To the owner of an address that somebody tried to register again. Needs TIME. */
    EMAIL_TAKEN(false, MailMessage.TIME),
    /** Needs TOKEN, EXPIRES_AT. */
    RESET_PASSWORD(PagePath.RESET_PASSWORD),
    /** To whom an administrator made an account for. Needs TOKEN, EXPIRES_AT. */
    INVITE(PagePath.RESET_PASSWORD),
    /** Needs NOT_ME_TOKEN, TIME, IP, DEVICE. */
    PASSWORD_CHANGED(true, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** To the address in force, when another was asked for. Needs NOT_ME_TOKEN, NEW_EMAIL, TIME, IP, DEVICE. */
    EMAIL_CHANGE_REQUESTED(true, MailMessage.NEW_EMAIL, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** To the old address, when the new one was confirmed. Needs NOT_ME_TOKEN, NEW_EMAIL, TIME. */
    EMAIL_CHANGED(true, MailMessage.NEW_EMAIL, MailMessage.TIME),
    /** Needs NOT_ME_TOKEN, TIME, IP, DEVICE. */
    NEW_DEVICE(true, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** Needs TOKEN (unlocks), EXPIRES_AT, TIME, IP, UNTIL. */
    ACCOUNT_LOCKED(PagePath.UNLOCK_ACCOUNT, MailMessage.TIME, MailMessage.IP, MailMessage.UNTIL),
    /** Logins ask for the password alone from now on. Needs NOT_ME_TOKEN, TIME, IP, DEVICE. */
    MFA_DISABLED(true, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** Needs NOT_ME_TOKEN, TIME, IP, DEVICE. */
    BACKUP_CODES_RENEWED(true, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** So many wrong codes that none is taken any more. Needs NOT_ME_TOKEN, TIME, IP. */
    SECOND_FACTOR_BLOCKED(true, MailMessage.TIME, MailMessage.IP),
    /** So many wrong mailed codes to sign in with that none is taken until another login. Needs TIME, IP. */
    LOGIN_CODES_BLOCKED(false, MailMessage.TIME, MailMessage.IP),
    /** A passkey seems to have been copied and is refused. Needs FACTOR_NAME, TIME, IP, DEVICE. */
    PASSKEY_SUSPECTED(false, MailMessage.FACTOR_NAME, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** Somebody who passed the first step of a login says that the second factor is lost. Needs TOKEN, EXPIRES_AT, READY_AT, TIME, IP, DEVICE. */
    RECOVERY_REQUESTED(PagePath.RECOVERY, MailMessage.READY_AT, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** The wait was over and the lost second factors are gone. Needs NOT_ME_TOKEN, TIME, IP, DEVICE. */
    FACTORS_RECOVERED(true, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** A stranger had registered this address; proving it removed what he had set. Needs TIME. */
    ACCOUNT_RECLAIMED(false, MailMessage.TIME),
    /** Needs TIME. */
    ACCOUNT_DELETED(false, MailMessage.TIME),
    /** The code of a sign-in, with a link for the browser that asked. Needs CODE, TOKEN (the link's), EXPIRES_AT, TIME. */
    LOGIN_CODE(PagePath.LOGIN_LINK, MailMessage.CODE, MailMessage.TIME),
    /** Needs NOT_ME_TOKEN, LEFT, TIME, IP, DEVICE. */
    BACKUP_CODE_USED(true, MailMessage.LEFT, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** Needs LEFT. */
    BACKUP_CODES_FEW(false, MailMessage.LEFT),
    /** Needs NOT_ME_TOKEN, FACTOR, FACTOR_NAME, TIME, IP, DEVICE. */
    FACTOR_ADDED(
            true, MailMessage.FACTOR, MailMessage.FACTOR_NAME, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE),
    /** Needs NOT_ME_TOKEN, FACTOR, FACTOR_NAME, TIME, IP, DEVICE. */
    FACTOR_REMOVED(
            true, MailMessage.FACTOR, MailMessage.FACTOR_NAME, MailMessage.TIME, MailMessage.IP, MailMessage.DEVICE);

    private final Optional<PagePath> action;
    private final boolean offersNotMe;
    private final List<String> facts;

    MailTemplate(PagePath action, String... facts) {
        this.action = Optional.of(action);
        this.offersNotMe = false;
        this.facts = List.of(facts);
    }

    MailTemplate(boolean offersNotMe, String... facts) {
        this.action = Optional.empty();
        this.offersNotMe = offersNotMe;
        this.facts = List.of(facts);
    }

    /** The names of the values a message of this template must have; it may have no others. */
    public List<String> requires() {
        List<String> names = new ArrayList<>(facts);
        if (action.isPresent()) {
            names.add(MailMessage.TOKEN);
            names.add(MailMessage.EXPIRES_AT);
        }
        if (offersNotMe) {
            names.add(MailMessage.NOT_ME_TOKEN);
        }
        return List.copyOf(names);
    }

    /** The page that the mail's button opens. */
    Optional<PagePath> action() {
        return action;
    }

    boolean offersNotMe() {
        return offersNotMe;
    }

    /** The values listed in the mail, in this order. */
    List<String> facts() {
        return facts;
    }

    /** The first part of this mail's keys among the texts. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
