package dev.latchkey.human;

import java.util.Optional;

/**
 * Somebody is about to do what a program must not do often.
 *
 * @param subject the name typed, folded as look-up folds it, whether or not anybody has it
 * @param knownDevice the stored hash of a browser that completed a login to this very account before: it is counted for itself,
 *     and failures of others behind the same address are not held against it
 * @param answer to a challenge, where one came along
 */
public record HumanEntry(HumanPurpose purpose, String subject, Optional<String> knownDevice, Optional<String> answer) {
    @Override
    public String toString() {
        return "HumanEntry[" + purpose + "]";
    }
}
