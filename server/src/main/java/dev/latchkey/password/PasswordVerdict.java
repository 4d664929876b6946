package dev.latchkey.password;

/**
 * What verifying found.
 *
 * @param matches whether the password is right
 * @param needsRehash whether a right password should be hashed anew and stored with {@link PasswordService#upgrade}; never set
 *     where {@code matches} is false
 */
public record PasswordVerdict(boolean matches, boolean needsRehash) {
    static final PasswordVerdict WRONG = new PasswordVerdict(false, false);
}
