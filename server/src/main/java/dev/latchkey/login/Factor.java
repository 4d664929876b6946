package dev.latchkey.login;

/** The kinds of proof, as the audit names them. */
public enum Factor {
    PASSWORD("password");

    private final String method;

    Factor(String method) {
        this.method = method;
    }

    public String method() {
        return method;
    }
}
