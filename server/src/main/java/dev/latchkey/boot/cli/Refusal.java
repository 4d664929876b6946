package dev.latchkey.boot.cli;

/** A verb cannot do what was asked. The message is one sentence for people that says what to do about it. */
public final class Refusal extends RuntimeException {
    private final int exitCode;

    public Refusal(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }

    String sentence() {
        return String.valueOf(getMessage());
    }
}
