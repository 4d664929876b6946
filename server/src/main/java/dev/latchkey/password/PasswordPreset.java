package dev.latchkey.password;

/** A policy and the cost of hashing under one name. */
public enum PasswordPreset {
    BALANCED(PasswordPolicy.BALANCED, Argon2Parameters.STANDARD),
    CLASSIC(PasswordPolicy.CLASSIC, Argon2Parameters.STANDARD),
    STRICT(PasswordPolicy.STRICT, Argon2Parameters.STRICT);

    private final PasswordPolicy policy;
    private final Argon2Parameters argon2;

    PasswordPreset(PasswordPolicy policy, Argon2Parameters argon2) {
        this.policy = policy;
        this.argon2 = argon2;
    }

    public PasswordPolicy policy() {
        return policy;
    }

    public Argon2Parameters argon2() {
        return argon2;
    }
}
