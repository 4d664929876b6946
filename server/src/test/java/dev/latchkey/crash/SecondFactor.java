package dev.latchkey.crash;

import dev.latchkey.boot.AuthenticatorApp;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** An account's authenticator app and backup codes, and which codes may still be used. */
final class SecondFactor {
    private static final int STEP_SECONDS = 30;

    private final AuthenticatorApp app;
    private final Clock clock = Clock.systemUTC();
    private final Deque<String> backupCodes = new ArrayDeque<>();
    private final List<String> spent = new ArrayList<>();
    private long lastStep;

    SecondFactor(String secret) {
        this.app = new AuthenticatorApp(secret, clock);
    }

    /** What the app shows, once in each step. */
    Optional<String> appCode() {
        long step = step();
        if (step <= lastStep) {
            return Optional.empty();
        }
        lastStep = step;
        return Optional.of(app.code());
    }

    /** Whether there is a code to sign in with now. */
    boolean hasCode() {
        return !backupCodes.isEmpty() || step() > lastStep;
    }

    void received(List<String> codes) {
        backupCodes.addAll(codes);
    }

    /** Not handed out twice, unless it is {@linkplain #unspent given back}. */
    Optional<String> backupCode() {
        return Optional.ofNullable(backupCodes.poll());
    }

    /** The login that used it was done. */
    void spent(String code) {
        spent.add(code);
    }

    /** The login that was to use it never was: a backup code must still work. */
    void unspent(String code) {
        if (code.contains("-")) {
            backupCodes.push(code);
        }
    }

    List<String> spent() {
        return spent;
    }

    private long step() {
        return clock.instant().getEpochSecond() / STEP_SECONDS;
    }
}
