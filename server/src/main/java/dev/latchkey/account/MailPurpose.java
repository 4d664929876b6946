package dev.latchkey.account;

import dev.latchkey.core.EmailAddress;

/** Why a person without a session has us write to an address. Pages and programs ask for the same mails, and are counted together. */
public enum MailPurpose {
    SIGN_UP("register"),
    VERIFICATION("verify"),
    NEW_PASSWORD("forgot");

    private final String label;

    MailPurpose(String label) {
        this.label = label;
    }

    /** What a limit on mails of this purpose to this address counts by. */
    public String limitKey(EmailAddress address) {
        return label + "|" + address.folded();
    }
}
