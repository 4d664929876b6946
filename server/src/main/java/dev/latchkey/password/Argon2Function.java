package dev.latchkey.password;

/** The Argon2 function of RFC 9106, once in native code and once in Java for platforms where that does not load. */
interface Argon2Function {
    /**
     * The digest of {@code password}, as long as {@code cost.digest()}.
     *
     * @param password UTF-8; not changed
     */
    byte[] digest(Argon2Hash cost, byte[] password);

    /** For the log and the operator's health detail. */
    String name();
}
