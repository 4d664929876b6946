package dev.latchkey.boot.doctor;

/**
 * What one look at one thing found.
 *
 * @param check the name of the check
 * @param says what is so, and unless all is well what to do
 */
public record Finding(Level level, String check, String says) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** The server works, and something should be better. */
        WARN,
        /** Something is broken, or what is guarded is open. */
        FAIL
    }
}
