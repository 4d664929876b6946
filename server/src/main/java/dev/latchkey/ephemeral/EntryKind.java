package dev.latchkey.ephemeral;

/**
 * A kind of entry and how many of it may live at once.
 *
 * @param name unique, lower case, in the words of the feature; part of the stored key
 * @param capacity where it is reached new entries are refused; none is ever evicted, or an attacker could push out others'
 */
public record EntryKind(String name, int capacity) {
    public EntryKind {
        if (name.isEmpty() || capacity < 1) {
            throw new IllegalArgumentException("an entry kind has a name and room for at least one");
        }
    }
}
