package dev.latchkey.password;

import dev.latchkey.config.Settings;
import dev.latchkey.crypto.Secrets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Hashes where no native library loads, as where {@code /tmp} forbids execution or none fits the processor. */
final class HashingWithoutNative {
    static final String DONE = "in Java on three threads";
    private static final int CALLERS = 6;

    private HashingWithoutNative() {}

    public static void main(String[] arguments) throws Exception {
        // Before the first use of what they tell.
        System.setProperty("jna.nosys", "true");
        System.setProperty("jna.noclasspath", "true");
        PasswordConfig config =
                PasswordConfig.from(Settings.of(PasswordConfig.settings(), Map.of("password.hashing-threads", "3")));
        try (PasswordService passwords =
                        new PasswordService(config, new Secrets(Clock.systemUTC()), Clock.systemUTC());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            passwords.warm();
            List<Future<Boolean>> right = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                int number = i;
                right.add(callers.submit(() -> {
                    String hash = passwords.hash("correct horse", Addresses.number(number));
                    return passwords
                            .verify(Optional.of(hash), "correct horse", Addresses.number(number))
                            .matches();
                }));
            }
            for (Future<Boolean> each : right) {
                if (!each.get()) {
                    throw new AssertionError("a right password was refused");
                }
            }
        }
        if (PasswordService.argon2() instanceof JavaArgon2) {
            System.out.println(DONE);
        }
        System.exit(0);
    }
}
